"""`RandomZoom`."""

from __future__ import annotations

from typing import Annotated

from netwright.catalog.families.imaging import Factor, FactorOf
from netwright.catalog.families.warping import Warping
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case


class RandomZoom(Warping):
    """In training, enlarge or shrink what each image shows, around its middle and at random.

    Arguments:
        height_factor: how much more of the height is shown: from the first number to the second, or up to the one
            number more or less; 0.5 shows half as much again, so that everything gets smaller
        width_factor: the same for the width; null takes what was drawn for the height
    """

    height_factor: Annotated[Factor, FactorOf(-1, 1, above=True)]
    width_factor: Annotated[Factor | None, FactorOf(-1, 1, above=True, nullable=True)] = None

    cases = (
        case("N 8 8 3", height_factor=0.2, to="N 8 8 3", params=0),
        case("N h ? c", height_factor=[-0.9, 0.25], width_factor=0, fill_mode="nearest", to="N h ? c"),
        case("N 3 8 9", height_factor=1, width_factor=[0.3, 0.2], data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", height_factor=-0.5, interpolation="nearest", to="N 8 8 3"),
        case("2 8 8 3", height_factor=0.2, fill_mode="constant", call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", height_factor=0.2, dtype="mixed_float16", to="N 8 8 3:float16"),
        case("N 8 3", height_factor=0.2, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", height_factor=0.2, fails=WrongRank, late=True),
        case("N 8 8 3:string", height_factor=0.2, fails=WrongDtype, late=True),
    )
