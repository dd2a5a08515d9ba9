"""A matrix written as a list of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netwright.arguments import ArgumentType, refusal


class Rows(tuple[tuple[float, ...], ...]):
    """Rows of numbers, equally long. Keras wants them as one array."""

    __slots__ = ()


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
