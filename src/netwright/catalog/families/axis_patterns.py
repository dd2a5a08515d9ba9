"""Patterns such as `b (h w) c -> b h w c`: how the axes of a tensor are split, ordered and merged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeAlias

from netwright.arguments import ArgumentType, is_integer, refusal, refused
from netwright.catalog.families.values import Text

NAME = "[a-zA-Z][a-zA-Z0-9_]*"
AXIS = rf"({NAME}|\( *{NAME}( +{NAME})* *\))"
SIDE = f" *{AXIS}( +{AXIS})* *"
NEED = "a pattern such as `b (h w) c -> b h w c`, of names and of names in brackets"
AxisPattern: TypeAlias = Annotated[str, Text(f"{SIDE}->{SIDE}", NEED, nullable=False)]
# What Keras has other arguments for.
TAKEN = ("self", "tensor", "pattern")


class Sides(NamedTuple):
    """The axes of the input and of the output: of each the names that stand in its brackets, or its own."""

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]


@cache
def sides_of(pattern: str) -> Sides:
    """The parts of a checked pattern."""
    before, after = pattern.split("->")
    return Sides(_axes(before), _axes(after))


def _axes(side: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(re.findall(r"\w+", axis)) for axis in re.findall(r"\(.*?\)|\w+", side))


@dataclass(frozen=True)
class Lengths(ArgumentType):
    """An object with a positive integer for each of some names of axes."""

    def read(self, value: Any) -> dict[str, int]:
        """Return the lengths, or raise a refusal."""
        if not isinstance(value, dict):
            raise refusal("wrong_type", need="an object with a length for each of some axes")
        faults = []
        for name, length in value.items():
            if not is_integer(length):
                faults.append(((name,), refusal("wrong_type", need="an integer"), length))
            elif length < 1:
                faults.append(((name,), refusal("out_of_range", need="at least 1"), length))
        if faults:
            raise refused("Lengths", faults)
        return dict(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        return {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}
