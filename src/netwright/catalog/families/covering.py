"""One tensor that keeps its shape, over which others are spread. Keras promises that shape without a look at them."""

from __future__ import annotations

from netwright.catalog.families.broadcasting import broadcast
from netwright.misfits import RanksDiffer, SizesDiffer
from netwright.tensors import Dim, Shape, Tensor


def cover(x: Tensor, *others: Tensor) -> Shape:
    """The shape of the first, if all others can be spread over it.

    Raises:
        RanksDiffer: one has more axes.
        SizesDiffer: two do not go together, or one has or may have more entries on an axis than the first.
    """
    for one in others:
        if one.rank > x.rank:
            raise RanksDiffer(x, one)
    broadcast(x, *others)
    shape = list(x.shape)
    for one in others:
        for back in range(1, one.rank + 1):
            shape[-back] = _size(x, one, back) and shape[-back]
    return tuple(shape)


def _size(x: Tensor, one: Tensor, back: int) -> Dim:
    """The size of an axis, counted from the end, of both together."""
    mine, other = x.shape[-back], one.shape[-back]
    if other in (1, mine):
        return mine
    if not isinstance(mine, int):
        # It may be 1, and the other more.
        return None
    if isinstance(other, int) or mine == 1:
        raise SizesDiffer(x, one, (x.rank - back, one.rank - back))
    return mine
