"""How many entries are added at the two ends of each axis of a tensor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from netwright.arguments import ArgumentType, Pair, Refusal, is_integer, refusal, refused
from netwright.paths import Path

Borders: TypeAlias = tuple[Pair, ...]
# TensorFlow counts them with 32 bits.
MOST = 2**31 - 1


@dataclass(frozen=True)
class Widths(ArgumentType):
    """A pair for each axis, before and after it, or what stands for pairs; a tuple of pairs once read.

    One integer, or one pair alone, is for the only axis. Lists of one integer stand for pairs of it twice.
    """

    def read(self, value: Any) -> Borders:
        """Return the pairs, or raise a refusal."""
        if is_integer(value):
            value = [[value]]
        if not isinstance(value, list) or not value:
            raise refusal("wrong_type", need="an integer, a pair of integers, or a list of pairs")
        if is_integer(value[0]):
            value = [value]
        lengths = {len(ends) if isinstance(ends, list) else 0 for ends in value}
        if lengths not in ({1}, {2}):
            raise refusal("wrong_type", need="an integer, a pair of integers, or a list of pairs")
        faults = [fault for i, ends in enumerate(value) for fault in _faults((i,), ends)]
        if faults:
            raise refused("Widths", faults)
        return tuple((ends[0], ends[-1]) for ends in value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type; it can't say that all lists are equally long."""
        number = {"type": "integer", "minimum": 0, "maximum": MOST}
        ends = {"type": "array", "items": number, "minItems": 1, "maxItems": 2}
        return {"anyOf": [number, ends | {"minItems": 2}, {"type": "array", "items": ends, "minItems": 1}]}


def _faults(at: Path, ends: list[Any]) -> list[Refusal]:
    found: list[Refusal] = []
    for i, one in enumerate(ends):
        if not is_integer(one):
            found.append(((*at, i), refusal("wrong_type", need="an integer"), one))
        elif not 0 <= one <= MOST:
            found.append(((*at, i), refusal("out_of_range", need=f"from 0 to {MOST}"), one))
    return found
