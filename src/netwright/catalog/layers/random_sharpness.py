"""`RandomSharpness`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed
from netwright.catalog.families.imaging import Factor, FactorOf, ImageLayer, ValueRange
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class RandomSharpness(ImageLayer):
    """In training, blur each image or make its edges stand out.

    Arguments:
        factor: how sharp an image gets, where 0 is blurred, 0.5 leaves it, and 1 is sharpest: from the first number
            to the second, or up to the one number
    """

    factor: Annotated[Factor, FactorOf(0, 1)]
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None

    def flops(self, data: Tensor) -> int:
        """The random numbers, which are drawn even where nothing is changed."""
        return 7

    cases = (
        case("N 8 8 3", factor=0.2, to="N 8 8 3", params=0),
        case("N h ? c", factor=[0.5, 1], value_range=[-1, 1.5], seed=-1, to="N h ? c"),
        case("N 3 8 9", factor=0.5, data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", factor=0, to="N 8 8 3"),
        case("2 8 8 1:bool", factor=1, call={"training": True}, to="2 8 8 1"),
        case("N 8 8 3", factor=0.2, dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 3:string", factor=0.2, fails=WrongDtype, late=True),
        case("N 8 3", factor=0.2, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", factor=0.2, fails=WrongRank, late=True),
    )
