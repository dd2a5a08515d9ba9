"""A JSON scanner that knows where everything stands, and reads on after the usual slips.

It is slower than the standard library's and is used only when there is something to tell: to find every slip at once,
and to find the characters that a place stands for.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from math import isinf
from typing import Any, NamedTuple

from netwright.paths import Place, Step


@dataclass(slots=True)
class Span:
    """The half-open range of characters of a value, of its key, and the spans of what it holds."""

    start: int
    end: int
    key: tuple[int, int] | None = None
    children: dict[Step, Span] = field(default_factory=dict)


class InvalidJson(NamedTuple):
    """Something stands where the grammar has no place for it. `opened` is the bracket that was never closed."""

    place: Place
    found: str
    expected: str
    opened: Place | None = None


class TrailingComma(NamedTuple):
    """A comma before a closing bracket."""

    place: Place
    bracket: str


class Comment(NamedTuple):
    """A comment."""

    place: Place


class ByteOrderMark(NamedTuple):
    """A byte order mark at the start."""

    place: Place


class SingleQuotes(NamedTuple):
    """A string in single quotes."""

    place: Place


class ForeignWord(NamedTuple):
    """A bare word of another language: NaN, Infinity, True, None. `meant` is the JSON word for it, if there is one."""

    place: Place
    word: str
    meant: str | None


class DuplicateKey(NamedTuple):
    """A key that its object has already."""

    place: Place
    key: str
    first: Place


class LoneSurrogate(NamedTuple):
    """An escape for half a character."""

    place: Place


class NumberOutOfRange(NamedTuple):
    """An integer beyond 64 bits, or a number beyond what a double can hold."""

    place: Place
    integer: bool


class BadString(NamedTuple):
    """A string with a raw control character or an escape that JSON does not have."""

    place: Place
    what: str


NotJson = (
    InvalidJson
    | TrailingComma
    | Comment
    | ByteOrderMark
    | SingleQuotes
    | ForeignWord
    | DuplicateKey
    | LoneSurrogate
    | NumberOutOfRange
    | BadString
)
# Slips after which the value is still beyond doubt, so that later stages may go on with it.
HARMLESS = (TrailingComma, Comment, ByteOrderMark, SingleQuotes, DuplicateKey)


@dataclass(slots=True)
class Scan:
    """What the scanner found. `value` is to be trusted only if `certain`."""

    root: Span
    value: Any = None
    faults: list[NotJson] = field(default_factory=list)
    certain: bool = False
    too_deep: int | None = None


_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_BROKEN_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\Z)', re.DOTALL)
_BAD_PART = re.compile(r'[\x00-\x1f]|\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4}).?', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^'\\\n\x00-\x1f]|\\.)*)'")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?(?![0-9A-Za-z_.+-])")
_WORD = re.compile(r"-?[A-Za-z_$][A-Za-z0-9_$]*")
_COMMENT = re.compile(r"//[^\n]*|#[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_OTHER = re.compile(r"[^\s,:\[\]{}\"]+|.", re.DOTALL)

_WORDS = {"true": True, "false": False, "null": None}
_FOREIGN = {"True": "true", "False": "false", "None": "null", "undefined": "null", "NULL": "null", "nil": "null"}
_NUMBERS = ("NaN", "Infinity", "-Infinity", "-NaN", "nan", "inf", "-inf")


def scan(text: str, depth: int | None = None) -> Scan:
    """Read `text`, note where everything stands, and stop only where nothing sensible can be made of it."""
    return _Scanner(text, depth).run()


@dataclass(slots=True)
class _Open:
    """A container that is being read."""

    value: Any
    span: Span
    key: str = ""
    key_range: tuple[int, int] = (0, 0)


class _Stop(Exception):
    """Nothing sensible can be made of the rest."""


class _Scanner:
    def __init__(self, text: str, depth: int | None) -> None:
        self.text = text
        self.depth = depth
        self.at = 0
        self.found = Scan(Span(0, len(text)))
        self.open: list[_Open] = []
        self.sure = True

    def run(self) -> Scan:
        if self.text.startswith("\ufeff"):
            self.fault(ByteOrderMark(self.here(0, 1)))
            self.at = 1
        try:
            self.value()
            while self.open:
                self.member()
            self.space()
            if self.at < len(self.text):
                self.unexpected("the end of the file")
        except _Stop:
            self.sure = False
        self.found.certain = self.sure
        return self.found

    # Reporting

    def here(self, start: int, end: int) -> Place:
        return Place(offsets=(start, end))

    def fault(self, fault: NotJson) -> None:
        self.found.faults.append(fault)
        self.sure = self.sure and isinstance(fault, HARMLESS)

    def unexpected(self, expected: str) -> None:
        """Tell what stands here instead of what is expected, and stop."""
        start = self.at
        match = _OTHER.match(self.text, start)
        found = match.group() if match else ""
        opened = None
        if not match and self.open:
            first = self.open[-1].span.start
            opened = self.here(first, first + 1)
        start = start if match else len(self.text.rstrip(" \t\r\n"))
        self.fault(InvalidJson(self.here(start, start + max(1, len(found))), found, expected, opened))
        raise _Stop

    # Reading

    def space(self) -> None:
        """Skip white space, and comments, which are told."""
        while True:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # matches the empty string
            comment = _COMMENT.match(self.text, self.at)
            if comment is None:
                return
            self.fault(Comment(self.here(*comment.span())))
            self.at = comment.end()

    def value(self) -> None:
        """Read one value; of a container, only the opening bracket."""
        self.space()
        start = self.at
        char = self.text[start : start + 1]
        if char in ("{", "["):
            self.enter({} if char == "{" else [])
        elif char in ('"', "'"):
            self.put(self.string(), start)
        else:
            self.put(self.scalar(), start)

    def enter(self, container: Any) -> None:
        if self.depth is not None and len(self.open) >= self.depth:
            self.found.too_deep = self.at
            raise _Stop
        span = Span(self.at, len(self.text))
        self.attach(container, span)
        self.open.append(_Open(container, span))
        self.at += 1

    def put(self, value: Any, start: int) -> None:
        self.attach(value, Span(start, self.at))

    def attach(self, value: Any, span: Span) -> None:
        """Add a value to the container that is open, under the key or position that is due."""
        if not self.open:
            self.found.root, self.found.value = span, value
            return
        into = self.open[-1]
        if isinstance(into.value, list):
            into.span.children[len(into.value)] = span
            into.value.append(value)
            return
        span.key = into.key_range
        if into.key in into.value:
            first = into.span.children[into.key].key
            self.fault(DuplicateKey(self.here(*into.key_range), into.key, self.here(*(first or (0, 0)))))
            return
        into.span.children[into.key] = span
        into.value[into.key] = value

    def member(self) -> None:
        """Read what comes next in the container that is open: a member after a comma, or the closing bracket."""
        top = self.open[-1]
        closing = "}" if isinstance(top.value, dict) else "]"
        self.space()
        comma = None
        if top.span.children:
            if self.text.startswith(",", self.at):
                comma = self.at
                self.at += 1
                self.space()
            elif not self.text.startswith(closing, self.at):
                self.unexpected(f"`,` or `{closing}`")
        if self.text.startswith(closing, self.at):
            if comma is not None:
                self.fault(TrailingComma(self.here(comma, comma + 1), closing))
            self.at += 1
            top.span.end = self.at
            self.open.pop()
            return
        if isinstance(top.value, dict):
            self.key(top)
        self.value()

    def key(self, top: _Open) -> None:
        start = self.at
        if self.text[start : start + 1] not in ('"', "'"):
            self.unexpected("a key in double quotes" if top.value else "a key in double quotes or `}`")
        top.key = self.string()
        top.key_range = (start, self.at)
        self.space()
        if not self.text.startswith(":", self.at):
            self.unexpected("`:`")
        self.at += 1

    def string(self) -> str:
        start = self.at
        if match := _STRING.match(self.text, start):
            self.at = match.end()
            value: str = json.loads(match.group())
            if any("\ud800" <= char <= "\udfff" for char in value):
                self.fault(LoneSurrogate(self.here(start, self.at)))
            return value
        if match := _SINGLE.match(self.text, start):
            self.at = match.end()
            self.fault(SingleQuotes(self.here(start, self.at)))
            # What an escape means in there is anyone's guess.
            self.sure = self.sure and "\\" not in match.group(1)
            return match.group(1)
        match = _BROKEN_STRING.match(self.text, start)
        if match is None or not match.group().endswith('"') or len(match.group()) < 2:
            if match is None:
                self.unexpected("a value")
            end = match.end() if match else start + 1
            self.fault(InvalidJson(self.here(start, end), self.text[start:end], 'a closing `"`'))
            raise _Stop
        self.at = match.end()
        bad = _BAD_PART.search(self.text, start + 1)
        where = bad.span() if bad else match.span()
        self.fault(BadString(self.here(*where), self.text[slice(*where)]))
        return ""

    def scalar(self) -> Any:
        start = self.at
        if match := _NUMBER.match(self.text, start):
            self.at = match.end()
            return self.number(match.group(), whole=not (match.group(1) or match.group(2)))
        if match := _WORD.match(self.text, start):
            word = match.group()
            if word in _WORDS:
                self.at = match.end()
                return _WORDS[word]
            if word in _FOREIGN or word in _NUMBERS:
                self.at = match.end()
                self.fault(ForeignWord(self.here(start, self.at), word, _FOREIGN.get(word)))
                return None
        self.unexpected("a value")
        return None

    def number(self, text: str, *, whole: bool) -> float | int | None:
        start = self.at - len(text)
        if whole:
            if len(text) <= 20 and -(2**63) <= int(text) < 2**63:
                return int(text)
        elif not isinf(value := float(text)):
            return int(value) if value.is_integer() and abs(value) <= 2**53 else value
        self.fault(NumberOutOfRange(self.here(start, self.at), whole))
        return None
