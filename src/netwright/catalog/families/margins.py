"""Steps added to, or taken from, the two ends of an axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, Refusal, is_integer, refusal, refused
from netwright.catalog.families.windows import layout, need_layout
from netwright.misfits import WrongSize
from netwright.paths import Path
from netwright.tensors import Dim, Tensor

# One number for both ends of an axis, or two: before and after.
Ends: TypeAlias = int | tuple[int, int]


def both(ends: Ends) -> int:
    """How many steps the two ends of an axis are together."""
    return 2 * ends if isinstance(ends, int) else sum(ends)


def padded(inputs: Tensor, data_format: str | None, margins: Sequence[Ends]) -> Tensor:
    """The input with steps added at the ends of its spatial axes.

    Raises:
        WrongRank: it has not one spatial axis for each of the `margins`, a batch and a channel axis.
    """
    return _moved(inputs, data_format, [both(ends) for ends in margins])


def cropped(inputs: Tensor, data_format: str | None, margins: Sequence[Ends], argument: str) -> Tensor:
    """The input without the steps at the ends of its spatial axes.

    Raises:
        WrongRank: it has not one spatial axis for each of the `margins`, a batch and a channel axis.
        WrongSize: nothing is left of an axis.
    """
    need_layout(inputs, data_format, len(margins))
    for axis, ends in zip(layout(data_format, len(margins))[0], margins, strict=True):
        size, taken = inputs.shape[axis], both(ends)
        if isinstance(size, int) and size <= taken:
            raise WrongSize(inputs, axis, f"more than {taken}, which `{argument}` takes away", argument)
    return _moved(inputs, data_format, [-both(ends) for ends in margins])


def _moved(inputs: Tensor, data_format: str | None, changes: Sequence[int]) -> Tensor:
    """The input with spatial axes longer or shorter by `changes`."""
    need_layout(inputs, data_format, len(changes))
    shape: list[Dim] = list(inputs.shape)
    for axis, change in zip(layout(data_format, len(changes))[0], changes, strict=True):
        size = shape[axis]
        if change:
            shape[axis] = size + change if isinstance(size, int) else None
    return inputs.with_shape(*shape)


@dataclass(frozen=True)
class Margins(ArgumentType):
    """One integer for all ends of all `axes`, or a list with one or a pair for each; a tuple once read."""

    axes: int

    def read(self, value: Any) -> tuple[Ends, ...]:
        """Return the ends of each axis, or raise a refusal."""
        if is_integer(value):
            value = [value] * self.axes
        if not isinstance(value, list):
            raise refusal("wrong_type", need=f"an integer or a list of {self.axes}")
        if len(value) != self.axes:
            raise refusal("wrong_length", need=self.axes, got=len(value), scalar=True)
        if faults := list(_faults(value)):
            raise refused("Margins", faults)
        return tuple(tuple(item) if isinstance(item, list) else item for item in value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        number = {"type": "integer", "minimum": 0}
        pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
        axes = {"type": "array", "items": {"anyOf": [number, pair]}}
        return {"anyOf": [number, axes | {"minItems": self.axes, "maxItems": self.axes}]}


def _faults(value: list[Any]) -> Iterator[Refusal]:
    for i, item in enumerate(value):
        if not isinstance(item, list):
            numbers: list[tuple[Path, Any]] = [((i,), item)]
        elif len(item) == 2:
            numbers = [((i, j), one) for j, one in enumerate(item)]
        else:
            yield (i,), refusal("wrong_length", need=2, got=len(item), scalar=True), item
            continue
        yield from ((at, fault, one) for at, one in numbers if (fault := _fault(one)))


def _fault(value: Any) -> PydanticCustomError | None:
    if not is_integer(value):
        return refusal("wrong_type", need="an integer")
    return refusal("out_of_range", need="at least 0") if value < 0 else None
