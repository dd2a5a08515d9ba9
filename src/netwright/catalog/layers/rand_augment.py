"""`RandAugment`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import PositiveInt
from netwright.catalog.families.augmenting import Augmenting
from netwright.catalog.families.imaging import Factor, FactorOf
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class RandAugment(Augmenting):
    """In training, change each batch by a few operations, drawn anew each time.

    The operations shear, shift, turn, brighten, bleach, sharpen, posterize, solarize, equalize, and change the
    contrast. Images have one channel or three.

    Arguments:
        num_ops: how many operations follow each other; the same one may come twice
    """

    factor: Annotated[Factor, FactorOf(0, 1)] = 0.5
    num_ops: PositiveInt = 2

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        return self.need_gray_or_color(self.images(data))

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N h ? 1", num_ops=1, factor=[0, 1], value_range=[0, 1], seed=1, to="N h ? 1"),
        case("N 3 8 9", value_range=[-1, 1.5], data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", factor=1, interpolation="nearest", to="N 8 8 3"),
        case("2 8 8 3", call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", dtype="mixed_float16", to="N 8 8 3:float16"),
        case("N 8 8 4", fails=WrongSize, late=True),
        case("N 8 8 ?", fails=UnknownSize, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
    )
