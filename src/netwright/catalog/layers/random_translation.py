"""`RandomTranslation`."""

from __future__ import annotations

from typing import Annotated

from netwright.catalog.families.imaging import Factor, FactorOf
from netwright.catalog.families.warping import Warping
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case


class RandomTranslation(Warping):
    """In training, shift each image at random.

    Arguments:
        height_factor: how far down, as a part of the height: from the first number to the second, or up to the one
            number down or up
        width_factor: how far to the right, as a part of the width, written like `height_factor`
    """

    height_factor: Annotated[Factor, FactorOf(-1, 1)]
    width_factor: Annotated[Factor, FactorOf(-1, 1)]

    cases = (
        case("N 8 8 3", height_factor=0.2, width_factor=0.3, to="N 8 8 3", params=0),
        case("N h ? c", height_factor=[-1, 0.25], width_factor=0, fill_mode="nearest", to="N h ? c"),
        case("N 3 8 9", height_factor=1, width_factor=-1, data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", height_factor=[0.5, -0.5], width_factor=0.1, interpolation="nearest", to="N 8 8 3"),
        case("2 8 8 3", height_factor=0.2, width_factor=0.3, call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", height_factor=0.2, width_factor=0.3, dtype="mixed_float16", to="N 8 8 3:float16"),
        case(
            "N 8 3", height_factor=0, width_factor=0, fails=WrongRank, silent="the batch would be taken for one image"
        ),
        case("N 2 8 8 3", height_factor=0, width_factor=0, fails=WrongRank, late=True),
        case("N 8 8 3:string", height_factor=0, width_factor=0, fails=WrongDtype, late=True),
    )
