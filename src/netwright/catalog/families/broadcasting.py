"""How tensors of different shapes meet, entry by entry, as in NumPy: axes of size 1, and those missing, are spread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from netwright.misfits import SizesDiffer
from netwright.tensors import Dim, Shape, Tensor


def broadcast(*tensors: Tensor) -> Shape:
    """The shape over which all tensors can be spread. Axes are aligned at their ends; the batch axis is one of them.

    Raises:
        SizesDiffer: two sizes are known, differ, and neither is 1.
    """
    rank = max(one.rank for one in tensors)
    return tuple(_size([(one, one.rank - back) for one in tensors if one.rank >= back]) for back in range(rank, 0, -1))


def _size(places: Sequence[tuple[Tensor, int]]) -> Dim:
    """The size of one axis of the result, from the axes that meet there."""
    known = [(one, axis) for one, axis in places if isinstance(one.shape[axis], int) and one.shape[axis] != 1]
    for one, axis in known[1:]:
        if one.shape[axis] != known[0][0].shape[known[0][1]]:
            raise SizesDiffer(known[0][0], one, (known[0][1], axis))
    return reduce(_met, (one.shape[axis] for one, axis in places))


def _met(first: Dim, second: Dim) -> Dim:
    """The size of two, which is unknown where either may be spread."""
    if first == 1 or (isinstance(second, int) and second != 1):
        return second
    if second == 1 or isinstance(first, int):
        return first
    return first if first == second else None
