"""`RandomRotation`."""

from __future__ import annotations

from typing import Annotated

from netwright.catalog.families.imaging import Factor, FactorOf
from netwright.catalog.families.warping import Warping
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case


class RandomRotation(Warping):
    """In training, turn each image around its middle by a random angle.

    Arguments:
        factor: the angle as a part of a full turn: from the first number to the second, or up to the one number
            to either side
    """

    factor: Annotated[Factor, FactorOf(-1, 1)]

    cases = (
        case("N 8 8 3", factor=0.2, to="N 8 8 3", params=0),
        case("N h ? c", factor=[-0.1, 0.25], fill_mode="wrap", seed=3, to="N h ? c"),
        case("N 3 8 9", factor=-1, data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", factor=0, interpolation="nearest", to="N 8 8 3"),
        case("2 8 8 3", factor=1, fill_mode="constant", fill_value=0.5, call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", factor=0.1, dtype="mixed_float16", to="N 8 8 3:float16"),
        case("N 8 3", factor=0.2, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", factor=0.2, fails=WrongRank, late=True),
        case("N 8 8 3:string", factor=0.2, fails=WrongDtype, late=True),
    )
