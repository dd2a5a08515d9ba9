"""Text -> Tree: strict JSON (RFC 8259), with places for whatever is wrong.

A clean document is read by the standard library's C parser, with hooks for what that one lets through. Only when it
objects, or when a diagnostic must be shown, does the scanner in `scanner` read the text again and note positions.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from math import isinf
from typing import TYPE_CHECKING, Any, NamedTuple

from netwright.paths import Place

if TYPE_CHECKING:
    # Loaded when there is something to tell; most documents are clean.
    from netwright.scanner import NotJson, Scan


class Limits(NamedTuple):
    """What a document may at most be.

    `size` is in bytes, `depth` in nested arrays and objects; `nodes` counts nodes and copies of blocks once expanded.
    """

    size: int = 4 * 1024 * 1024
    depth: int = 64
    nodes: int = 100_000


@dataclass(frozen=True)
class Tree:
    """A document: its `text` and its `value` as plain dicts, lists, strings, numbers, booleans and None."""

    text: str
    value: Any

    @cached_property
    def _scan(self) -> Scan:
        from netwright.scanner import scan

        return scan(self.text)

    def locate(self, place: Place) -> tuple[int, int]:
        """The range of characters at `place`: the nearest enclosing value, if the place itself is not there."""
        if place.offsets is not None:
            return place.offsets
        span = self._scan.root
        for step in place.path:
            child = span.children.get(step)
            if child is None:
                return span.start, span.start + 1 if span.children else span.end
            span = child
        if place.key and span.key is not None:
            return span.key
        if not place.path and span.children:
            return span.start, span.start + 1
        if place.inside is not None:
            return _inside(self.text, span.start + 1, place.inside)
        return span.start, span.end


# One character of a string, as it is written in JSON; beyond the first plane, two escapes are one.
_WRITTEN = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)


def _inside(text: str, start: int, inside: tuple[int, int]) -> tuple[int, int]:
    """Where a range of characters of a string is written, whose text begins at `start`."""
    at, found = start, []
    for number, one in enumerate(_WRITTEN.finditer(text, start)):
        if number in inside:
            found.append(at)
        if number >= inside[1]:
            break
        at = one.end()
    return found[0], found[-1]


class FileTooLarge(NamedTuple):
    """The document has more than `limit` bytes."""

    place: Place
    limit: int


class NotUtf8(NamedTuple):
    """The bytes are no UTF-8. `looks_like` is the encoding they seem to have, if that can be told."""

    place: Place
    byte: int
    looks_like: str | None


class TooDeep(NamedTuple):
    """Arrays and objects are nested deeper than `limit`."""

    place: Place
    limit: int


Unread = FileTooLarge | NotUtf8 | TooDeep

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


DEFAULT_LIMITS = Limits()


def parse(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[Tree | None, tuple[Unread | NotJson, ...]]:
    """Read a document. Without a fault there is always a tree; with one, there is if the value is beyond doubt."""
    if len(data) > limits.size:
        # Not looked at any further: a limit that is enforced after reading is none.
        return None, (FileTooLarge(Place(offsets=(0, 1)), limits.size),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode("utf-8"))
        return None, (NotUtf8(Place(offsets=(start, start + 1)), data[error.start], _encoding(data)),)
    try:
        return Tree(text, value_of(text, limits.depth)), ()
    except (ValueError, RecursionError):
        return _parse_slowly(text, limits)


def value_of(text: str, depth: int = DEFAULT_LIMITS.depth) -> Any:
    """The value of a document in which nothing is even in doubt.

    Raises:
        ValueError, RecursionError: something is.
    """
    value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse, parse_int=_integer, parse_float=_number)
    if _SURROGATE_ESCAPE.search(text) or _deeper_than(depth, value):
        raise ValueError("an escaped surrogate, or too deep")
    return value


def decoded(data: bytes) -> str:
    """The text to show places in, also where the bytes are no UTF-8."""
    return data.decode("utf-8", "replace")


def _parse_slowly(text: str, limits: Limits) -> tuple[Tree | None, tuple[Unread | NotJson, ...]]:
    from netwright.scanner import scan

    found = scan(text, limits.depth)
    faults: list[Unread | NotJson] = list(found.faults)
    if found.too_deep is not None:
        faults.append(TooDeep(Place(offsets=(found.too_deep, found.too_deep + 1)), limits.depth))
    return (Tree(text, found.value) if found.certain else None), tuple(faults)


def _encoding(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _refuse(word: str) -> None:
    raise ValueError(word)


def _integer(text: str) -> int:
    if len(text) > 20:
        raise ValueError("out of range")
    value = int(text)
    if not -(2**63) <= value < 2**63:
        raise ValueError("out of range")
    return value


def _number(text: str) -> float | int:
    """A number without a fractional part is an integer, as in JSON Schema, as far as floats are exact."""
    value = float(text)
    if isinf(value):
        raise ValueError("out of range")
    return int(value) if value.is_integer() and abs(value) <= 2**53 else value


# No union, which would be made anew for each value of the document.
_CONTAINERS = (dict, list)


def _deeper_than(limit: int, value: Any) -> bool:
    level = [value] if isinstance(value, _CONTAINERS) else []
    for _ in range(limit):
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, _CONTAINERS)
        ]
        if not level:
            return False
    return True
