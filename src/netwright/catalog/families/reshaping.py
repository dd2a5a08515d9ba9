"""Other shapes for the same elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, is_integer, refusal, refused
from netwright.tensors import Dim

# An open size is -1 if Keras is to work it out, and None if it stays unknown until data arrives.
Target: TypeAlias = tuple[int | None, ...]


def remaining(sizes: Sequence[Dim], taken: int) -> Dim:
    """What is left of the product of `sizes` once it is divided by `taken`."""
    unknown = [size for size in sizes if not isinstance(size, int)]
    known = prod(size for size in sizes if isinstance(size, int))
    if not unknown:
        return known // taken
    return unknown[0] if len(unknown) == 1 and known == taken else None


@dataclass(frozen=True)
class TargetShape(ArgumentType):
    """A list of sizes, each positive, or open: -1 or null; a tuple once read."""

    def read(self, value: Any) -> Target:
        """Return the sizes, or raise a refusal."""
        if not isinstance(value, list):
            raise refusal("wrong_type", need="a list of integers")
        faults = [((i,), fault, size) for i, size in enumerate(value) if (fault := _fault(size))]
        if faults:
            raise refused("TargetShape", faults)
        return tuple(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        size = {"anyOf": [{"type": "integer", "minimum": 1}, {"enum": [-1, None]}]}
        return {"type": "array", "items": size}


def _fault(size: Any) -> PydanticCustomError | None:
    if size in (-1, None):
        return None
    if not is_integer(size):
        return refusal("wrong_type", need="an integer or null")
    # Keras takes 0, but no tensor with elements has such a shape.
    return refusal("out_of_range", need="at least 1, or -1") if size < 1 else None
