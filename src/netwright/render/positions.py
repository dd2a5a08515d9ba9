"""Lines and columns, both from 1, for what the formats show. Columns count characters."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from netwright.compiler import Analysis
from netwright.diagnostics import Diagnostic, Note


class Position(NamedTuple):
    """A range in a file, from `line` and `column` to just before `end_line` and `end_column`."""

    line: int
    column: int
    end_line: int
    end_column: int


class Positions:
    """The positions in one document."""

    def __init__(self, work: Analysis) -> None:
        self._work = work
        self._text = text = work.text
        self._starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text) + 1
        return self._text[start : end - 1].rstrip("\r")

    def of(self, one: Diagnostic | Note) -> Position:
        """The position of a diagnostic or note, which must have a place."""
        assert one.place is not None
        start, end = self._work.locate(one.place)
        return Position(*self._at(start), *self._at(max(start, end)))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
