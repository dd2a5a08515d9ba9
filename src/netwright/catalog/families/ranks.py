"""How many axes a tensor may have, and where new ones go."""

from __future__ import annotations

from netwright.misfits import WrongAxis, WrongRank
from netwright.tensors import Tensor

# Many of TensorFlow's kernels take so many axes and no more.
MOST = 8


def need_rank_at_most(tensor: Tensor, rank: int = MOST) -> Tensor:
    """Return `tensor` if it has `rank` axes or fewer.

    Raises:
        WrongRank: it has more.
    """
    if tensor.rank > rank:
        raise WrongRank(tensor, f"at most {rank}")
    return tensor


def new_axis(tensor: Tensor, axis: int, more: int = 1) -> int:
    """The position from 0 of a new axis among those of the output, which has `more` axes than `tensor`.

    Raises:
        WrongAxis: the output has no such axis.
    """
    rank = tensor.rank + more
    if not -rank <= axis < rank:
        raise WrongAxis(tensor, axis, f"from {-rank} to {rank - 1}, as the output has {rank} axes", "axis")
    return axis % rank
