"""Where `keras.ops.add` takes its second tensor for a bias, though it is none.

Before it adds, Keras drops all axes of size 1 of the second tensor. If one axis is left, and is as long as the last
axis of the first tensor, or as its axis 1, then the second is added along that axis, wherever it stood: four samples
of (4) and four of (1) give what broadcasting would not. It sees the sizes of the batch at hand.
"""

from __future__ import annotations

from netwright.misfits import RanksDiffer, WrongSize
from netwright.tensors import Dim, Tensor, agree

NEED = "as in `x1`: Keras may take `x2` for a bias and add it along another axis; swap them, or subtract the negative"


def check_no_bias(x1: Tensor, x2: Tensor) -> None:
    """Refuse tensors that Keras may add along the wrong axis, for some sizes that are not known.

    Sizes that are not known and meet are taken to be the same.

    Raises:
        RanksDiffer: `x2` has more axes than `x1`, and Keras may drop them.
        WrongSize: an axis of `x2` is 1 where that of `x1` is not.
    """
    first, second = _matched(x1, x2)
    if x1.rank < 2 or not any(_goes_wrong(first, second, axis) for axis in range(x2.rank)):
        return
    if x2.rank > x1.rank:
        raise RanksDiffer(x1, x2)
    pairs = zip(reversed(first), reversed(second), strict=False)
    spread = next(back for back, (one, other) in enumerate(pairs, 1) if other == 1 != one)
    raise WrongSize(x2, x2.rank - spread, NEED)


def _matched(x1: Tensor, x2: Tensor) -> tuple[list[Dim], list[Dim]]:
    """The sizes of both, with a name for each that is not known; where two meet, they have the same."""
    first, second = ([_named(one, axis) for axis in range(one.rank)] for one in (x1, x2))
    for back in range(1, min(x1.rank, x2.rank) + 1):
        one, other = first[-back], second[-back]
        if one != 1 != other:
            first[-back] = second[-back] = agree(one, other)
    return first, second


def _named(tensor: Tensor, axis: int) -> Dim:
    """The size of an axis; if it is not known, a name for it that no user can have given."""
    size = tensor.shape[axis]
    if size is not None:
        return size
    return "batch axis" if axis == 0 else f"axis {axis - tensor.rank}"


def _goes_wrong(first: list[Dim], second: list[Dim], left: int) -> bool:
    """Whether the second, if it has entries along its axis `left` alone, may be added along another."""
    size, ones = second[left], {one for axis, one in enumerate(second) if axis != left}
    if size == 1 or size in ones or any(isinstance(one, int) and one != 1 for one in ones):
        return False
    sizes = [1 if one in ones else one for one in first]
    stands, more = left - len(second), len(second) > len(first)
    for taken in (-1, 1 - len(first)):
        if _may_be(sizes[taken], size):
            return more or stands != taken
    return False


def _may_be(one: Dim, other: Dim) -> bool:
    """Whether two sizes may be the same, of which the second is not 1."""
    return one == other or (one != 1 and not (isinstance(one, int) and isinstance(other, int)))
