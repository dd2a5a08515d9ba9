"""Numbers in nested lists, like an array."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from netwright.arguments import ArgumentType, Refusal, refusal, refused
from netwright.misfits import WrongSize
from netwright.paths import Path
from netwright.tensors import Tensor, differ

DEEPEST = 8
FLOAT32 = float.fromhex("0x1.fffffep127")
LARGEST = {int: 2**63 - 1, float: FLOAT32}


def shape_of(value: Any) -> tuple[int, ...] | None:
    """The shape of nested lists of numbers; None if they are ragged, empty, too deep or no numbers."""
    shape: list[int] = []
    level = [value]
    while all(isinstance(one, list | tuple) for one in level) and len(shape) <= DEEPEST:
        lengths = {len(one) for one in level}
        if len(lengths) > 1 or lengths == {0}:
            return None
        shape += lengths
        level = [item for one in level for item in one]
    return tuple(shape) if all(type(one) in (int, float) for one in level) else None


@dataclass(frozen=True)
class Nested(ArgumentType):
    """One number, or lists of them, nested like an array; tuples once read.

    Where `narrow`, integers fit into 64 bits and floats into 32, as TensorFlow makes them of Python's.
    """

    nullable: bool = False
    minimum: int | None = None
    narrow: bool = False

    def read(self, value: Any) -> Any:
        """Return the numbers, or raise a refusal."""
        if value is None and self.nullable:
            return None
        if shape_of(value) is None:
            raise refusal("wrong_type", need="a number, or a list of numbers or of equally long lists of them")
        if faults := list(self._faults((), value)):
            raise refused("Nested", faults)
        return _frozen(value)

    def _faults(self, at: Path, value: Any) -> Iterator[Refusal]:
        if isinstance(value, list):
            for i, item in enumerate(value):
                yield from self._faults((*at, i), item)
            return
        largest = LARGEST[type(value)]
        if self.minimum is not None and value < self.minimum:
            yield at, refusal("out_of_range", need=f"at least {self.minimum}"), value
        elif self.narrow and not -largest <= value <= largest:
            yield at, refusal("out_of_range", need=f"from -{largest} to {largest}"), value

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type, as far as it goes: equal lengths can't be said."""
        number: dict[str, Any] = {"type": "number"}
        if self.minimum is not None:
            number["minimum"] = self.minimum
        one = number
        for _ in range(DEEPEST):
            one = {"anyOf": [number, {"type": "array", "items": one, "minItems": 1}]}
        return {"anyOf": [*one["anyOf"], {"type": "null"}]} if self.nullable else one


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def check_size(inputs: Tensor, axis: int, need: int, argument: str) -> None:
    """Refuse an axis that an array with `need` entries, the value of `argument`, can't be spread along.

    Raises:
        WrongSize: its size is another, and the array has more than one entry there.
    """
    if need != 1 and differ(inputs.shape[axis], need):
        raise WrongSize(inputs, axis, f"{need}, as many as `{argument}` has", argument)
