"""`RandomFlip`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed, choice
from netwright.catalog.families.imaging import ImageLayer
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case


class RandomFlip(ImageLayer):
    """In training, mirror a random half of the images.

    Arguments:
        mode: whether left and right are swapped, top and bottom, or both
    """

    mode: Annotated[str, choice("horizontal", "vertical", "horizontal_and_vertical")] = "horizontal_and_vertical"
    seed: Seed | None = None

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N h ? c", mode="horizontal", seed=-1, to="N h ? c"),
        case("N 3 8 9", mode="vertical", data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", to="N 8 8 3"),
        case("2 8 8 1:bool", call={"training": True}, to="2 8 8 1"),
        case("N 8 8 3", dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
    )
