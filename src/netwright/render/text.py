"""For people: the place, the fault, the line it is on with a mark under the words, and the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from netwright.compiler import Analysis
from netwright.diagnostics import Diagnostic, Note
from netwright.render.positions import Position, Positions
from netwright.words import printable

Paint: TypeAlias = Callable[[str, str], str]

WIDEST = 160
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "frame": "\x1b[1;34m", "bold": "\x1b[1m"}
_PLAIN = "\x1b[0m"


def render(analyses: Iterable[Analysis], *, colour: bool = False) -> str:
    """Every diagnostic, separated by empty lines."""
    paint = _paint if colour else _leave
    found = []
    for work in analyses:
        if work.diagnostics:
            positions = Positions(work)
            found += ["\n".join(_diagnostic(work, one, positions, paint)) for one in work.diagnostics]
    return "\n\n".join(found) + "\n" * bool(found)


def _paint(kind: str, text: str) -> str:
    return f"{_COLOURS[kind]}{text}{_PLAIN}"


def _leave(kind: str, text: str) -> str:
    return text


def _diagnostic(work: Analysis, one: Diagnostic, positions: Positions, paint: Paint) -> Iterator[str]:
    at = positions.of(one)
    notes = [(note, positions.of(note) if note.place else None) for note in one.notes]
    gutter = " " * len(str(max([at.line, *(where.line for _, where in notes if where)])))
    level = one.severity.value
    where = f"{printable(at.file)}:{at.line}:{at.column}"
    yield f"{paint('bold', where)}: {paint(level, f'{level}[{one.code}]')}: {paint('bold', one.message)}"
    yield from _snippet(at, positions, gutter, "^", level, paint)
    for note, place in notes:
        yield from _note(note, place, at, positions, gutter, paint)
    if one.help:
        yield f"{gutter} {paint('frame', '=')} {paint('bold', 'help')}: {one.help}"


def _note(
    note: Note, place: Position | None, at: Position, positions: Positions, gutter: str, paint: Paint
) -> Iterator[str]:
    if place is None:
        yield f"{gutter} {paint('frame', '=')} {paint('bold', 'note')}: {note.message}"
        return
    yield f"{gutter} {paint('frame', '=')} {paint('bold', 'note')}: {note.message}: {_where(place, at)}"
    yield from _snippet(place, positions, gutter, "-", "frame", paint)


def _where(place: Position, at: Position) -> str:
    return f"line {place.line}" if place.file == at.file else f"{printable(place.file)}:{place.line}:{place.column}"


def _snippet(at: Position, positions: Positions, gutter: str, mark: str, kind: str, paint: Paint) -> Iterator[str]:
    bar = paint("frame", "|")
    line = positions.line(at).expandtabs(1)
    end = at.end_column if at.end_line == at.line else len(line) + 1
    first = max(0, at.column - WIDEST // 2) if len(line) > WIDEST else 0
    cut = line[first : first + WIDEST]
    lead, tail = "..." * bool(first), "..." * (first + WIDEST < len(line))
    width = max(1, min(end, first + WIDEST + 1) - at.column)
    shown = "".join(char if char.isprintable() else "\ufffd" for char in cut)
    yield f"{gutter} {bar}"
    yield f"{paint('frame', str(at.line).rjust(len(gutter)))} {bar} {lead}{shown}{tail}".rstrip()
    yield f"{gutter} {bar} {' ' * (len(lead) + at.column - 1 - first)}{paint(kind, mark * width)}"
