"""Two tensors, entry by entry, into numbers."""

from __future__ import annotations

from netwright.catalog.families.broadcasting import broadcast
from netwright.catalog.families.dtypes import need_numbers
from netwright.misfits import SizesDiffer, WrongDtype
from netwright.op import Number, Op
from netwright.operation import case
from netwright.promotion import result_type
from netwright.tensors import Tensor


class Binary(Op):
    """Two tensors of which one may be a number.

    Arguments:
        x1: a number in place of the first tensor
        x2: a number in place of the second tensor
    """

    x1: Number = None
    x2: Number = None

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The shape over which both can be spread, in the dtype that both become."""
        return Tensor(broadcast(x1, x2), self.dtype_of(need_numbers(x1).dtype, need_numbers(x2).dtype))

    def dtype_of(self, first: str, second: str) -> str:
        """The dtype of the result, from those of the tensors."""
        return result_type(first, second)

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """One for each entry."""
        return self.infer(x1, x2).each_sample()


class Add(Binary):
    """The sum, entry by entry."""

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 3 4", "N 1 4", to="N 3 4"),
        case("N t 4", "N t 1", to="N t 4"),
        case("N ? 4", "N 5 4", to="N 5 4"),
        case("N 4:int32", x2=1, to="N 4:int32"),
        case("N 4:int32", x1=0.5, to="N 4"),
        case("N 4:uint8", "N 4:int8", to="N 4:int16"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4", "N 4:string", fails=WrongDtype),
    )


class Subtract(Binary):
    """The first less the second, entry by entry."""

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 4:int32", x2=1, to="N 4:int32"),
        case("N 4", "N 5", fails=SizesDiffer),
    )
