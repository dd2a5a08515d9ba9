"""`RepeatVector`."""

from __future__ import annotations

from typing import ClassVar

from netwright.arguments import PositiveInt
from netwright.catalog.families.dtypes import need_numbers
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class RepeatVector(Stateless):
    """Make a sequence of one vector, the same at each step.

    Arguments:
        n: number of steps
    """

    rearranges: ClassVar[bool] = True

    n: PositiveInt

    def infer(self, inputs: Tensor) -> Tensor:
        """A new axis of `n` steps after the batch axis."""
        batch, size = need_numbers(inputs).need_rank(2, "batch, features").shape
        return inputs.with_shape(batch, self.n, size).called(self.compute_dtype)

    def flops(self, inputs: Tensor) -> int:
        """The new number of steps."""
        return 1

    cases = (
        case("N 8", n=3, to="N 3 8", params=0),
        case("N ?", n=3, to="N 3 ?"),
        case("N d", n=1, to="N 1 d"),
        case("N 8:int32", n=3, to="N 3 8:float32!"),
        case("N 8", n=3, dtype="mixed_float16", to="N 3 8:float16"),
        case("N", n=3, fails=WrongRank),
        case("N 8:string", n=3, fails=WrongDtype, silent="Keras calls the text floats"),
        case("N 4 8", n=3, fails=WrongRank),
    )
