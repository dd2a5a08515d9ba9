"""How tensors are joined along an axis."""

from __future__ import annotations

from collections.abc import Sequence

from netwright.catalog.families.dtypes import need_numbers
from netwright.misfits import RanksDiffer, SizesDiffer, WrongDtype
from netwright.promotion import result_type
from netwright.tensors import Dim, Shape, Tensor, differ


def check_alike(tensors: Sequence[Tensor], joined: int | None = None) -> None:
    """Refuse sizes that differ on another axis than `joined`; each is compared with the first that is known.

    Raises:
        RanksDiffer: not all have the same number of axes.
        SizesDiffer: two sizes differ.
    """
    known: dict[int, Tensor] = {}
    for one in tensors:
        if one.rank != tensors[0].rank:
            raise RanksDiffer(tensors[0], one)
        for axis in range(one.rank):
            first = known.get(axis)
            if axis == joined or not isinstance(one.shape[axis], int):
                continue
            if first is not None and differ(first.shape[axis], one.shape[axis]):
                raise SizesDiffer(first, one, (axis, axis))
            known.setdefault(axis, one)


def total(sizes: Shape) -> Dim:
    """The sum of all sizes."""
    if len(sizes) == 1:
        return sizes[0]
    known = [size for size in sizes if isinstance(size, int)]
    return sum(known) if len(known) == len(sizes) else None


def joined_dtype(tensors: Sequence[Tensor]) -> str:
    """The dtype that all tensors become together: text goes with text only.

    Raises:
        WrongDtype: there is text beside numbers, or all are of the dtype of which Keras says that it becomes another.
    """
    dtypes = {one.dtype for one in tensors}
    if dtypes == {"string"}:
        return "string"
    if dtypes == {"uint64"}:
        raise WrongDtype(tensors[0], "another dtype than uint64")
    return result_type(*(need_numbers(one).dtype for one in tensors))
