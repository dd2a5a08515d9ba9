"""`RandomContrast`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.imaging import AnyImageLayer, Factor, FactorOf, ValueRange
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class RandomContrast(AnyImageLayer):
    """In training, move the values of each channel away from their mean, or closer to it.

    Channels are last: there is no argument to say otherwise.

    Arguments:
        factor: the distance to the mean is multiplied by a random number, from 1 less the first number to 1 plus the
            second; one number is the second, and the first is then 0
    """

    factor: Annotated[Factor, FactorOf(0, 1)]
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        # Called directly, the layer keeps integers, and can't take a mean from them.
        return self.images(need_floats(data))

    cases = (
        case("N 8 8 3", factor=0.2, to="N 8 8 3", params=0),
        case("N h ? c", factor=[0.5, 0.1], value_range=[-1, 1.5], seed=-1, to="N h ? c"),
        case("N 8 8 3", factor=0, dtype="mixed_float16", to="N 8 8 3:float16"),
        case("2 8 8 4", factor=1, call={"training": True}, to="2 8 8 4"),
        case("N 8 8 3:uint8", factor=0.2, fails=WrongDtype, late=True),
        case("N 8 8 3:bool", factor=0.2, fails=WrongDtype, late=True),
        case("N 8 8 3:string", factor=0.2, fails=WrongDtype, late=True),
        case("N 8 3", factor=0.2, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", factor=0.2, fails=WrongRank, late=True),
    )
