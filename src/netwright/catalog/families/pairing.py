"""Sizes that Keras compares as it knows them: one that it does not know is equal to nothing but another such."""

from __future__ import annotations

from netwright.misfits import RanksDiffer, SizesDiffer, UnknownSize
from netwright.tensors import Shape, Tensor, agree, differ


def check_paired(first: Tensor, second: Tensor, axes: tuple[int, int], names: str) -> None:
    """Refuse two axes that Keras does not take for equally long; `names` are the ports of the tensors.

    Raises:
        SizesDiffer: both sizes are known, and differ.
        UnknownSize: one is known and the other is not.
    """
    known = [isinstance(one.shape[axis], int) for one, axis in zip((first, second), axes, strict=True)]
    if differ(first.shape[axes[0]], second.shape[axes[1]]):
        raise SizesDiffer(first, second, axes)
    if known[0] != known[1]:
        unknown = 1 if known[0] else 0
        raise UnknownSize((first, second)[unknown], axes[unknown], f"because that of {names} beside it is")


def paired(first: Tensor, second: Tensor, names: str) -> Shape:
    """The shape that both tensors have.

    Raises:
        RanksDiffer: they have different numbers of axes.
        SizesDiffer, UnknownSize: an axis is not equally long in both, as far as Keras knows.
    """
    if first.rank != second.rank:
        raise RanksDiffer(first, second)
    for axis in range(first.rank):
        check_paired(first, second, (axis, axis), names)
    return tuple(agree(one, other) for one, other in zip(first.shape, second.shape, strict=True))
