"""Sums of products of two tensors: which axes meet, which are left, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Annotated, Any, TypeAlias

from netwright.arguments import ArgumentType, Sizes, is_integer, refusal
from netwright.catalog.families.broadcasting import broadcast
from netwright.misfits import SizesDiffer, UnknownSize, WrongDtype
from netwright.tensors import Shape, Tensor, differ

WHY_PRODUCTS = "to count the products"

EACH = Sizes(None, minimum=None, scalar=False)


@dataclass(frozen=True)
class MeetingAxes(ArgumentType):
    """How many axes meet, or a list of two lists of axes, each with that of the other that it meets."""

    def read(self, value: Any) -> int | tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the axes, or raise a refusal."""
        if is_integer(value):
            if value < 0:
                raise refusal("out_of_range", need="at least 0")
            number: int = value
            return number
        if not isinstance(value, list) or len(value) != 2:
            raise refusal("wrong_type", need="an integer, or a list of two lists of axes")
        first, second = (EACH.read(axes) for axes in value)
        return first, second

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        pair = {"type": "array", "items": EACH.schema(), "minItems": 2, "maxItems": 2}
        return {"anyOf": [{"type": "integer", "minimum": 0}, pair]}


Axes: TypeAlias = Annotated[int | tuple[tuple[int, ...], tuple[int, ...]], MeetingAxes()]


def check_meeting(first: Tensor, second: Tensor, pairs: Iterable[tuple[int, int]]) -> None:
    """Refuse axes that meet, positions from 0, and are of different sizes.

    Raises:
        SizesDiffer: they are.
    """
    for pair in pairs:
        if differ(first.shape[pair[0]], second.shape[pair[1]]):
            raise SizesDiffer(first, second, pair)


def check_known_alike(first: Tensor, second: Tensor, pair: tuple[int, int]) -> None:
    """Refuse two axes that meet, of which Keras knows the size of one only: it takes them for different.

    Raises:
        SizesDiffer: both are known and differ.
        UnknownSize: one is known.
    """
    check_meeting(first, second, [pair])
    known = isinstance(first.shape[pair[0]], int)
    if known != isinstance(second.shape[pair[1]], int):
        unknown = (second, pair[1]) if known else (first, pair[0])
        raise UnknownSize(*unknown, "because that of the axis that meets it is")


def check_same_dtype(first: Tensor, second: Tensor, port: str) -> None:
    """Refuse a second tensor of another dtype than the first, which is at `port`.

    Raises:
        WrongDtype: it has another.
    """
    if first.dtype != second.dtype:
        raise WrongDtype(second, f"{first.dtype}, as `{port}` is")


def spread(first: Tensor, second: Tensor, last: int) -> Shape:
    """The shape over which the axes of both can be spread, but for the `last` of each.

    Raises:
        SizesDiffer: they can't.
    """
    try:
        return broadcast(*(one.with_shape(*one.shape[: max(0, one.rank - last)]) for one in (first, second)))
    except SizesDiffer as misfit:
        raise SizesDiffer(first, second, misfit.axes) from None


def entries(tensor: Tensor, axes: Iterable[int]) -> int:
    """The product of the sizes of some axes, those of one sample: the batch axis is 1.

    Raises:
        UnknownSize: a size is not known.
    """
    return prod(tensor.known(axis, WHY_PRODUCTS) for axis in axes if axis)


def left(tensor: Tensor, axes: Sequence[int]) -> list[int]:
    """The axes that are not among `axes`."""
    return [axis for axis in range(tensor.rank) if axis not in axes]
