"""Symbolic tensors, and the algebra of sizes that may be known, named or unknown.

A shape always includes the batch axis, as Keras' own do, so that axis arguments mean here what they mean there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TypeAlias

from netwright.misfits import AxisOutOfRange, UnknownSize, WrongRank

# 3 is known; "time" is unknown but equal wherever the name stands; None is unknown and equal to nothing.
Dim: TypeAlias = int | str | None
Shape: TypeAlias = tuple[Dim, ...]

FLOATS = frozenset({"float16", "bfloat16", "float32", "float64"})


def differ(a: Dim, b: Dim) -> bool:
    """Whether two sizes are certainly different. What is not known is never held against anyone."""
    return isinstance(a, int) and isinstance(b, int) and a != b


def agree(a: Dim, b: Dim) -> Dim:
    """The more informative of two sizes that are taken to be equal."""
    if isinstance(a, int):
        return a
    if isinstance(b, int):
        return b
    return a if a is not None else b


def count(sizes: Shape) -> int | None:
    """The product of `sizes`, or None if one of them is not known."""
    known = [size for size in sizes if isinstance(size, int)]
    return prod(known) if len(known) == len(sizes) else None


def plain(shape: Shape) -> tuple[int | None, ...]:
    """A shape as Keras has it: sizes that are not known, named or not, are None."""
    return tuple(size if isinstance(size, int) else None for size in shape)


def written(shape: Shape) -> str:
    """A shape as people write it: `(batch, 28, 28, 1)`, with `?` for what is unknown."""
    first = ["batch" if shape[0] is None else str(shape[0])] if shape else []
    rest = ["?" if size is None else str(size) for size in shape[1:]]
    return f"({', '.join(first + rest)})"


@dataclass(frozen=True, slots=True)
class Tensor:
    """What is known about a tensor before it exists: `shape`, batch axis first, and `dtype` by Keras' name.

    `integers` says that integers or booleans flow, though Keras says that they are of `dtype`, which is one of floats:
    it takes the dtype of many layers without variables from their policy, and not from what they do.
    """

    shape: Shape
    dtype: str = "float32"
    integers: bool = False

    @property
    def rank(self) -> int:
        """The number of axes, the batch axis included."""
        return len(self.shape)

    @property
    def last(self) -> Dim:
        """The size of the last axis."""
        return self.shape[-1]

    def __str__(self) -> str:
        return written(self.shape)

    def need_rank(self, rank: int, axes: str = "") -> Tensor:
        """Return self if it has `rank` axes; `axes` names them for the message.

        Raises:
            WrongRank: it has another number of axes.
        """
        if self.rank != rank:
            raise WrongRank(self, str(rank), axes)
        return self

    def need_rank_at_least(self, rank: int, axes: str = "") -> Tensor:
        """Return self if it has `rank` axes or more.

        Raises:
            WrongRank: it has fewer.
        """
        if self.rank < rank:
            raise WrongRank(self, f"at least {rank}", axes)
        return self

    def axis(self, axis: int, argument: str = "axis") -> int:
        """The position from 0 of `axis`, which may count from the end; `argument` is where the user wrote it.

        Raises:
            AxisOutOfRange: there is no such axis.
        """
        if not -self.rank <= axis < self.rank:
            raise AxisOutOfRange(self, axis, argument)
        return axis % self.rank

    def known(self, axis: int, why: str) -> int:
        """The size of `axis`; `why` completes "its size must be known ..." for the message.

        Raises:
            UnknownSize: it is not known.
        """
        size = self.shape[axis]
        if not isinstance(size, int):
            raise UnknownSize(self, axis, why)
        return size

    def each_sample(self) -> int:
        """The number of entries of one sample.

        Raises:
            UnknownSize: a size is not known.
        """
        for axis in range(1, self.rank):
            self.known(axis, "to count the entries")
        return prod(size for size in self.shape[1:] if isinstance(size, int))

    def with_size(self, axis: int, size: Dim) -> Tensor:
        """The same tensor with another `size` on `axis`, a position from 0 or from the end."""
        axis %= self.rank
        return replace(self, shape=(*self.shape[:axis], size, *self.shape[axis + 1 :]))

    def with_last(self, size: Dim) -> Tensor:
        """The same tensor with another `size` on its last axis."""
        return self.with_size(-1, size)

    def with_shape(self, *shape: Dim) -> Tensor:
        """The same tensor with another shape."""
        return replace(self, shape=shape)

    def with_dtype(self, dtype: str) -> Tensor:
        """The same tensor with another dtype."""
        return replace(self, dtype=dtype, integers=False)

    def called(self, dtype: str, *others: Tensor) -> Tensor:
        """The same tensor where Keras says that it is of `dtype`, and where it is so only if it holds floats already.

        Or else one of the `others` from which it is made.
        """
        return replace(self, dtype=dtype, integers=not any(one.holds_floats for one in (self, *others)))

    @property
    def holds_floats(self) -> bool:
        """Whether floats flow."""
        return self.dtype in FLOATS and not self.integers


@dataclass(frozen=True, slots=True)
class Scalar(Tensor):
    """A number in place of a tensor: without axes, and of a dtype without a width, `int` or `float`, or `bool`."""

    value: int | float | bool = 0

    @classmethod
    def of(cls, value: float | bool) -> Scalar:
        """The number as a tensor."""
        return cls((), type(value).__name__, value=value)
