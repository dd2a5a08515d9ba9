"""Lines and columns, both from 1, for what the formats show. Columns count characters."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from netwright.compiler import Analysis
from netwright.diagnostics import Diagnostic, Note


class Position(NamedTuple):
    """A range in a file, from `line` and `column` to just before `end_line` and `end_column`.

    `file` is as it is told; `key` is empty for the document itself.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    file: str
    key: str


class Positions:
    """The positions in one document, and in the files that it imports."""

    def __init__(self, work: Analysis) -> None:
        self._work = work
        self._starts: dict[str, list[int]] = {}

    def line(self, at: Position) -> str:
        """The text of the line where a range begins, without its end."""
        text, starts = self._work.text_of(at.key), self._starts_of(at.key)
        start = starts[at.line - 1]
        end = starts[at.line] if at.line < len(starts) else len(text) + 1
        return text[start : end - 1].rstrip("\r")

    def of(self, one: Diagnostic | Note) -> Position:
        """The position of a diagnostic or note, which must have a place."""
        assert one.place is not None
        start, end = self._work.locate(one.place)
        key = one.place.file
        return Position(*self._at(key, start), *self._at(key, max(start, end)), self._work.file_of(one.place), key)

    def _at(self, key: str, offset: int) -> tuple[int, int]:
        starts = self._starts_of(key)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def _starts_of(self, key: str) -> list[int]:
        if key not in self._starts:
            text = self._work.text_of(key)
            self._starts[key] = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
        return self._starts[key]
