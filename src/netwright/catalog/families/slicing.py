"""Keys as they stand between Python's brackets, `:, 0` or `..., 1:-1`, and lists of sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import EllipsisType
from typing import Annotated, Any, NamedTuple, TypeAlias

from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, is_integer, refusal, refused
from netwright.catalog.families.encoding import LONGEST
from netwright.misfits import WrongRank, WrongSize
from netwright.tensors import Dim, Shape, Tensor

# No more digits than fit into 64 bits.
INTEGER = "-?(?:0|[1-9][0-9]{0,17})"
SPAN = f"(?:{INTEGER})? *: *(?:{INTEGER})?(?: *: *(?:{INTEGER})?)?"
PART = rf" *(?:\.\.\.|None|{INTEGER}|{SPAN}) *"
# For editors to offer.
USUAL = (":, 0", ":, -1", ":, 1:", ":, ::2", ":, ::-1", ":, None", "..., 0", "..., -1", "..., :1", "..., None")
NEED = "integers, slices, `...` and `None`, separated by commas, as in `:, 1:-1, 0`"


class Span(NamedTuple):
    """A slice. What is left out is None."""

    start: int | None
    stop: int | None
    step: int | None

    def __str__(self) -> str:
        start, stop, step = ("" if one is None else str(one) for one in self)
        return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"

    @property
    def whole(self) -> bool:
        """Whether everything is taken, however much there is."""
        first = (None, 0) if self.step in (None, 1) else (None,)
        return self.start in first and self.stop is None and self.step in (None, 1, -1)


Part: TypeAlias = int | Span | EllipsisType | None


@dataclass(frozen=True)
class Key:
    """What stands between the brackets: the text, and its parts."""

    text: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return self.text

    @property
    def axes(self) -> int:
        """The number of axes that the parts are about, but for `...`."""
        return sum(isinstance(part, int | Span) for part in self.parts)

    def spread(self, rank: int) -> Iterator[Part]:
        """The parts, with one of each axis of a tensor that `...`, or the end, leaves as it is."""
        rest = (Span(None, None, None),) * (rank - self.axes)
        for part in self.parts if ... in self.parts else (*self.parts, ...):
            yield from rest if isinstance(part, EllipsisType) else (part,)


class KeyType(ArgumentType):
    """A key, written as text; a `Key` once read."""

    def read(self, value: Any) -> Key:
        """Return the key, or raise a refusal."""
        if not isinstance(value, str):
            raise refusal("wrong_type", need=NEED)
        parts = tuple(_part(word.strip(" ")) for word in value.split(","))
        if parts.count(...) > 1:
            raise refusal("wrong_type", need="a key in which `...` stands only once")
        if any(isinstance(part, Span) and part.step == 0 for part in parts):
            raise refusal("wrong_type", need="a key without a step of 0")
        return Key(value, parts)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type, as far as a pattern can tell."""
        return {"anyOf": [{"enum": list(USUAL)}, {"type": "string", "pattern": f"^{PART}(?:,{PART})*$"}]}


def _part(word: str) -> Part:
    if word == "...":
        return ...
    if word == "None":
        return None
    ends = [_end(end.strip(" ")) for end in word.split(":")]
    if len(ends) == 1 and ends[0] is not None:
        return ends[0]
    if not 2 <= len(ends) <= len(Span._fields):
        raise refusal("wrong_type", need=NEED)
    return Span(*ends, *(None,) * (len(Span._fields) - len(ends)))


def _end(word: str) -> int | None:
    if word and not re.fullmatch(INTEGER, word):
        raise refusal("wrong_type", need=NEED)
    return int(word) if word else None


def taken(tensor: Tensor, key: Key) -> Shape:
    """The shape of what `key` takes of a tensor.

    Raises:
        WrongRank: the key is about more axes than there are.
        WrongSize: an entry is not there, or a slice leaves nothing.
    """
    if key.axes > tensor.rank:
        raise WrongRank(tensor, f"at least {key.axes}")
    shape: list[Dim] = []
    axis = 0
    for part in key.spread(tensor.rank):
        if part is None:
            shape.append(1)
            continue
        if isinstance(part, Span):
            shape.append(_left(tensor, axis, part))
        elif isinstance(part, int):
            check_entry(tensor, axis, part, "key")
        axis += 1
    return tuple(shape)


def check_entry(tensor: Tensor, axis: int, entry: int, argument: str) -> None:
    """Refuse an `entry`, counted from 0 or from the end, that `axis` does not have.

    Raises:
        WrongSize: the size is known, and too small.
    """
    size, need = tensor.shape[axis], entry + 1 if entry >= 0 else -entry
    if isinstance(size, int) and size < need:
        raise WrongSize(tensor, axis, f"at least {need}, as `{argument}` takes entry {entry}", argument)


def _left(tensor: Tensor, axis: int, span: Span) -> Dim:
    size = tensor.shape[axis]
    if not isinstance(size, int):
        return size if span.whole else None
    left = len(range(*slice(*span).indices(size)))
    if not left:
        raise WrongSize(tensor, axis, f"one of which `{span}` leaves something", "key")
    return left


@dataclass(frozen=True)
class Lengths(ArgumentType):
    """A list of one or more sizes from 1, or, where `rest`, -1 for all that is left; a tuple once read."""

    rest: bool = False

    def read(self, value: Any) -> tuple[int, ...]:
        """Return the sizes, or raise a refusal."""
        if not isinstance(value, list):
            raise refusal("wrong_type", need="a list of integers")
        if not value:
            raise refusal("wrong_length", need="at least 1", got=0, scalar=False)
        faults = [((i,), fault, size) for i, size in enumerate(value) if (fault := self._fault(size))]
        if faults:
            raise refused("Lengths", faults)
        return tuple(value)

    def _fault(self, size: Any) -> PydanticCustomError | None:
        if not is_integer(size):
            return refusal("wrong_type", need="an integer")
        if 1 <= size <= LONGEST or (self.rest and size == -1):
            return None
        return refusal("out_of_range", need=f"from 1 to {LONGEST}{', or -1' if self.rest else ''}")

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        size: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": LONGEST}
        item = {"anyOf": [size, {"const": -1}]} if self.rest else size
        return {"type": "array", "items": item, "minItems": 1}


Taken: TypeAlias = Annotated[Key, KeyType()]
