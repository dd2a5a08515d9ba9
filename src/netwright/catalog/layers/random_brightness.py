"""`RandomBrightness`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed, is_integer
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.imaging import AnyImageLayer, Factor, FactorOf, ValueRange
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class RandomBrightness(AnyImageLayer):
    """In training, make each image brighter or darker by a random number.

    Arguments:
        factor: what is added, as a part of the range of values: from the first number to the second, or up to the one
            number more or less
    """

    factor: Annotated[Factor, FactorOf(-1, 1)]
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None

    keeps_integers = True

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        # What stays an integer can't be held between fractions, and nothing is added to booleans.
        if data.dtype == "bool" or not all(is_integer(end) for end in self.value_range):
            need_floats(data)
        return self.images(data)

    cases = (
        case("N 8 8 3", factor=0.2, to="N 8 8 3", params=0),
        case("N h ? c", factor=[-0.1, 1], value_range=[-1, 1.5], seed=-1, to="N h ? c"),
        case("N 8 8 3:uint8", factor=-0.5, to="N 8 8 3"),
        case("2 8 8 4", factor=0, call={"training": True}, trainable=False, to="2 8 8 4"),
        case("N 8 8 3", factor=0.2, dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 3:uint8", factor=0.2, value_range=[0, 255.0], fails=WrongDtype, late=True),
        case("N 8 8 3:uint8", factor=0.2, activity_regularizer="l2", fails=WrongDtype, late=True),
        case("N 8 8 3:bool", factor=0.2, fails=WrongDtype, late=True),
        case("N 8 8 3:string", factor=0.2, fails=WrongDtype, late=True),
        case("N 8 3", factor=0.2, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", factor=0.2, fails=WrongRank, late=True),
    )
