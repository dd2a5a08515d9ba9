"""`Solarization`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed
from netwright.catalog.families.imaging import AnyImageLayer, Factor, FactorOf, ValueRange
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case


class Solarization(AnyImageLayer):
    """In training, turn the bright values of each image into their negatives.

    Arguments:
        addition_factor: what is added first, as a part of the range of values: from the first number to the second,
            or up to the one number; the first counts as a 255th of that
        threshold_factor: from where on a value is bright, in the same way
    """

    addition_factor: Annotated[Factor, FactorOf(0, 1)] = 0.0
    threshold_factor: Annotated[Factor, FactorOf(0, 1)] = 0.0
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N h ? c", addition_factor=0.2, threshold_factor=[0.5, 1], value_range=[-1, 1.5], seed=-1, to="N h ? c"),
        case("N 8 8 3:uint8", threshold_factor=0.5, to="N 8 8 3"),
        case("2 8 8 1:bool", addition_factor=1, call={"training": True}, to="2 8 8 1"),
        case("N 8 8 3", dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
    )
