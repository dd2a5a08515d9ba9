"""Arrays of numbers: a matrix written as a list of rows, and a single row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, refusal, refused
from netwright.catalog.families.arrays import LARGEST


class Rows(tuple[tuple[float, ...], ...]):
    """Rows of numbers, equally long. Keras wants them as one array."""

    __slots__ = ()


class Row(tuple[float, ...]):
    """Numbers that Keras wants as an array of one axis."""

    __slots__ = ()


@dataclass(frozen=True)
class Ascending(ArgumentType):
    """A list of numbers of which none is less than the one before it; a `Row` once read."""

    def read(self, value: Any) -> Any:
        """Return the numbers, or raise a refusal."""
        if not isinstance(value, list) or not value:
            raise refusal("wrong_type", need="a list of numbers")
        if faults := [((i,), fault, one) for i, one in enumerate(value) if (fault := _fault(value, i))]:
            raise refused("Ascending", faults)
        return Row(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type; it can't say that the numbers ascend."""
        return {"type": "array", "items": {"type": "number"}, "minItems": 1}


def _fault(value: list[Any], i: int) -> PydanticCustomError | None:
    one, largest = value[i], LARGEST.get(type(value[i]))
    if largest is None:
        return refusal("wrong_type", need="a number")
    if not -largest <= one <= largest:
        return refusal("out_of_range", need=f"from -{largest} to {largest}")
    before = value[i - 1] if i else one
    if type(before) in LARGEST and one < before:
        return refusal("out_of_range", need=f"at least {before}, the number before it")
    return None


@dataclass(frozen=True)
class Matrix(ArgumentType):
    """A list of equally long lists of numbers, or null; `Rows` once read."""

    def read(self, value: Any) -> Any:
        """Return the rows, or raise a refusal."""
        if value is None:
            return None
        if not _is_matrix(value):
            raise refusal("wrong_type", need="a list of equally long lists of numbers")
        return Rows(tuple(float(number) for number in row) for row in value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type; it can't say that the rows are equally long."""
        row = {"type": "array", "items": {"type": "number"}, "minItems": 1}
        return {"anyOf": [{"type": "array", "items": row, "minItems": 1}, {"type": "null"}]}


def _is_matrix(value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(row, list) and row for row in value):
        return False
    return len({len(row) for row in value}) == 1 and all(type(one) in (int, float) for row in value for one in row)
