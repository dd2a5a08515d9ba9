"""What is spread over a tensor, entry by entry, and must not make it larger."""

from __future__ import annotations

from netwright.misfits import SizesDiffer, UnknownSize, WrongRank
from netwright.tensors import Tensor


def check_spread(value: Tensor, over: Tensor) -> None:
    """Refuse a `value` that can't be spread over `over`, their axes aligned at their ends, without changing its shape.

    Raises:
        WrongRank: it has more axes.
        SizesDiffer: a size is neither 1 nor that of the other.
        UnknownSize: a size is not known where it must be 1.
    """
    if value.rank > over.rank:
        raise WrongRank(value, f"at most {over.rank}")
    for axis, size in enumerate(value.shape):
        other = over.rank - value.rank + axis
        need = over.shape[other]
        if size == 1 or not isinstance(need, int):
            continue
        if isinstance(size, int) and size != need:
            raise SizesDiffer(over, value, (other, axis))
        if not isinstance(size, int) and need == 1:
            raise UnknownSize(value, axis, "because only 1 fits there")
