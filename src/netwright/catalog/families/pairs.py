"""Two tensors that meet entry by entry: what functions of two arguments share."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.broadcasting import broadcast
from netwright.op import Number, Op
from netwright.tensors import Tensor


class Pair(Op):
    """Two tensors, of which one may be spread over the other."""

    # What one entry of the result costs.
    cost: ClassVar[int] = 1

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The shape over which both can be spread, in the dtype that both become."""
        dtype = self.dtype_of(x1, x2)
        return Tensor(broadcast(x1, x2), dtype)

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """The dtype of the result.

        Raises:
            Misfit: the dtypes do not go together.
        """
        raise NotImplementedError

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """The same for each entry of the result."""
        return self.cost * self.infer(x1, x2).each_sample() if self.cost else 0


class PairOrNumber(Pair):
    """Two tensors, of which one may be a number.

    Arguments:
        x1: a number in place of the first tensor
        x2: a number in place of the second tensor
    """

    x1: Number = None
    x2: Number = None
