"""`UpSampling1D`."""

from __future__ import annotations

from netwright.arguments import PositiveInt
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.enlarging import enlarged
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class UpSampling1D(Stateless):
    """Repeat each step of a sequence.

    Arguments:
        size: how often each step is there
    """

    size: PositiveInt = 2

    def infer(self, inputs: Tensor) -> Tensor:
        """The steps as many times."""
        return need_floats(enlarged(inputs, None, (self.size,)))

    def flops(self, inputs: Tensor) -> int:
        """The new number of steps."""
        return 1

    cases = (
        case("N 5 3", to="N 10 3", params=0),
        case("N 5 3", size=3, to="N 15 3"),
        case("N t c", size=1, to="N t c"),
        case("N t c", to="N ? c"),
        case("N 5 ?", trainable=False, to="N 10 ?"),
        case("N 5 3:float64", dtype="mixed_float16", to="N 10 3:float16"),
        case("N 5", fails=WrongRank),
        case("N 5 5 3", fails=WrongRank),
        case("N 5 3:int32", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
