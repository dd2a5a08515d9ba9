"""Positions in a tensor: integers that come by an edge, or stand in the spec as nested lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from netwright.arguments import ArgumentType, Refusal, is_integer, refusal, refused
from netwright.catalog.families.arrays import DEEPEST, shape_of
from netwright.misfits import WrongDtype
from netwright.op import Op
from netwright.operation import ports_of
from netwright.paths import Path
from netwright.tensors import Dim, Tensor, count

LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Positions(ArgumentType):
    """Integers in equally long lists, `least` to `most` deep; tuples once read.

    Like a number in place of a tensor, it is None where an edge feeds the port, which can't be written.
    """

    least: int = 0
    most: int = DEEPEST
    minimum: int = -(2**63)

    def read(self, value: Any) -> Any:
        """Return the integers, or raise a refusal."""
        shape = shape_of(value)
        if shape is None or not self.least <= len(shape) <= self.most:
            raise refusal("wrong_type", need=f"{self._need()}; a tensor comes by an edge")
        if faults := list(self._faults((), value)):
            raise refused("Positions", faults)
        return _frozen(value)

    def _need(self) -> str:
        if self.most == 1:
            return "a list of integers"
        lists = "a list of equally long lists of integers"
        return lists if self.least else f"an integer, a list of integers, or {lists}"

    def _faults(self, at: Path, value: Any) -> Iterator[Refusal]:
        if isinstance(value, list):
            for i, item in enumerate(value):
                yield from self._faults((*at, i), item)
        elif not is_integer(value):
            yield at, refusal("wrong_type", need="an integer"), value
        elif not self.minimum <= value <= LARGEST:
            need = "at least 0" if self.minimum == 0 and value < 0 else "an integer of 64 bits"
            yield at, refusal("out_of_range", need=need), value

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type, as far as it goes: equal lengths can't be said."""
        integer: dict[str, Any] = {"type": "integer", "minimum": self.minimum, "maximum": LARGEST}
        one = integer
        for level in reversed(range(self.most)):
            array = {"type": "array", "items": one, "minItems": 1}
            one = array if level < self.least else {"anyOf": [integer, array]}
        return one


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Listed(Tensor):
    """Integers of a spec in place of a tensor: one after the other, those of the last axis together."""

    entries: tuple[int, ...] = ()

    @classmethod
    def of(cls, value: Any) -> Listed:
        """The lists as a tensor."""
        return cls(shape_of(value) or (), "int32", entries=tuple(_flat(value)))

    @property
    def columns(self) -> tuple[tuple[int, ...], ...]:
        """The integers at each place of the last axis."""
        width = self.last if isinstance(self.last, int) else 1
        return tuple(self.entries[place::width] for place in range(width))


def _flat(value: Any) -> Iterator[int]:
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    else:
        yield value


class WithLists(Op):
    """An op that takes positions."""

    @property
    def given(self) -> Mapping[str, Tensor]:
        """The ports that lists fill."""
        ports = ports_of(type(self))
        found = {name: getattr(self, name) for name in type(self).model_fields if name in ports}
        return {name: Listed.of(value) for name, value in found.items() if value is not None}


def need_positions(tensor: Tensor) -> Tensor:
    """Return `tensor` if TensorFlow takes its entries for positions.

    Raises:
        WrongDtype: they are of another dtype.
    """
    if tensor.dtype not in {"int32", "int64"}:
        raise WrongDtype(tensor, "integers of 32 or 64 bits as positions")
    return tensor


def everything(tensor: Tensor) -> Dim:
    """The number of all entries, if it is known."""
    return tensor.shape[0] if tensor.rank == 1 else count(tensor.shape)
