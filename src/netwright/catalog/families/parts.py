"""Into how many parts an axis is split, or where."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from netwright.arguments import ArgumentType, is_integer, refusal, refused

# Each part is an output with a name, which somebody has to write.
MOST = 10_000
PartCount: TypeAlias = Annotated[int, Field(ge=1, le=MOST)]


@dataclass(frozen=True)
class Cuts(ArgumentType):
    """A number of equal parts; or the positions at which parts begin, but for the first, in a tuple once read."""

    def read(self, value: Any) -> int | tuple[int, ...]:
        """Return the number or the positions, or raise a refusal."""
        if is_integer(value):
            if not 1 <= value <= MOST:
                raise refusal("out_of_range", need=f"from 1 to {MOST}")
            number: int = value
            return number
        if not isinstance(value, list) or not value or not all(map(is_integer, value)):
            raise refusal("wrong_type", need="an integer, or a list of integers")
        # Keras takes 0 and the same position twice, but the part between them is empty.
        faults = [
            ((i,), refusal("out_of_range", need=f"at least {before + 1}"), one)
            for i, (before, one) in enumerate(pairwise([0, *value]))
            if one <= before
        ]
        if faults:
            raise refused("Cuts", faults)
        return tuple(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type; it can't say that the positions grow."""
        one = {"type": "integer", "minimum": 1}
        return {"anyOf": [one | {"maximum": MOST}, {"type": "array", "items": one, "minItems": 1}]}


def part_names(count: int) -> tuple[str, ...]:
    """The names of the outputs."""
    return tuple(f"part_{number}" for number in range(count))
