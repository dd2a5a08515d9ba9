"""Other shapes for the same elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, conflict, is_integer, refusal, refused
from netwright.tensors import Dim, Shape, count

# An open size is -1 if Keras is to work it out, and None if it stays unknown until data arrives.
Target: TypeAlias = tuple[int | None, ...]


def check_open(target: Target, argument: str, by: str) -> None:
    """Refuse a target, the value of `argument`, with several open sizes; `by` says what leaves a size open.

    Raises:
        PydanticCustomError: it has several.
    """
    if _open(target) > 1:
        raise conflict(argument, f"only one size can be left open, by {by}")


def _open(target: Target) -> int:
    return sum(size in (-1, None) for size in target)


def _taken(target: Target) -> int:
    return prod(size for size in target if size is not None and size != -1)


def too_many(sizes: Sequence[Dim], target: Target) -> int | None:
    """The number of elements, or what divides it, of a tensor that can't take the shape `target`; None if it can."""
    taken, have = _taken(target), count(tuple(sizes))
    if have is not None:
        return have if (have % taken if _open(target) else have != taken) else None
    some = prod(size for size in sizes if isinstance(size, int))
    return some if not _open(target) and taken % some else None


def reshaped(sizes: Sequence[Dim], target: Target) -> Shape:
    """The target with -1 worked out."""
    return tuple(remaining(sizes, _taken(target)) if size == -1 else size for size in target)


def remaining(sizes: Sequence[Dim], taken: int) -> Dim:
    """What is left of the product of `sizes` once it is divided by `taken`."""
    unknown = [size for size in sizes if not isinstance(size, int)]
    known = prod(size for size in sizes if isinstance(size, int))
    if not unknown:
        return known // taken
    return unknown[0] if len(unknown) == 1 and known == taken else None


@dataclass(frozen=True)
class TargetShape(ArgumentType):
    """A list of sizes, each positive, or open: -1 or, with `holes`, null; a tuple once read.

    Where `scalar`, one size will do for a list of one.
    """

    holes: bool = True
    scalar: bool = False

    def read(self, value: Any) -> Target:
        """Return the sizes, or raise a refusal."""
        if self.scalar and is_integer(value):
            if fault := self._fault(value):
                raise fault
            return (value,)
        if not isinstance(value, list):
            raise refusal("wrong_type", need=f"{'an integer or ' if self.scalar else ''}a list of integers")
        faults = [((i,), fault, size) for i, size in enumerate(value) if (fault := self._fault(size))]
        if faults:
            raise refused("TargetShape", faults)
        return tuple(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        size = {"anyOf": [{"type": "integer", "minimum": 1}, {"enum": [-1, None] if self.holes else [-1]}]}
        array = {"type": "array", "items": size}
        return {"anyOf": [*size["anyOf"], array]} if self.scalar else array

    def _fault(self, size: Any) -> PydanticCustomError | None:
        if size is None and self.holes:
            return None
        if not is_integer(size):
            return refusal("wrong_type", need="an integer or null" if self.holes else "an integer")
        # Keras takes 0, but no tensor with elements has such a shape.
        return refusal("out_of_range", need="at least 1, or -1") if size < 1 and size != -1 else None
