"""`RandomPosterization`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Pair, Seed
from netwright.catalog.families.imaging import FactorOf, ImageLayer, ValueRange
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class RandomPosterization(ImageLayer):
    """In training, leave each image fewer values: only the first of the 8 bits of each.

    Arguments:
        factor: how many bits are kept: from the first number up to the second, itself left out if they differ; one
            number is the second, and the first is then 1
    """

    factor: Annotated[int | Pair, FactorOf(1, 8, whole=True)]
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None

    keeps_integers = True

    def flops(self, data: Tensor) -> int:
        """The number of bits, which is drawn even where nothing is changed."""
        first, last = (1, self.factor) if isinstance(self.factor, int) else self.factor
        return 2 if first == last else 5

    cases = (
        case("N 8 8 3", factor=3, to="N 8 8 3", params=0),
        case("N h ? c", factor=[8, 2], value_range=[-1, 1.5], seed=-1, to="N h ? c"),
        case("N 8 8 3:uint8", factor=[4, 4], to="N 8 8 3"),
        case("N 3 8 9", factor=1, data_format="channels_first", to="N 3 8 9"),
        case("2 8 8 1:bool", factor=8, call={"training": True}, to="2 8 8 1"),
        case("N 8 8 3", factor=3, dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case(
            "N 8 8 3:uint8", factor=3, activity_regularizer="l2", call={"training": False}, fails=WrongDtype, late=True
        ),
        case("N 8 8 3:string", factor=3, fails=WrongDtype, late=True),
        case("N 8 3", factor=3, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", factor=3, fails=WrongRank, late=True),
    )
