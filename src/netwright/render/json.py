"""For programs: one JSON object for the run, with a list of diagnostics in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from netwright.compiler import Analysis
from netwright.diagnostics import Diagnostic, Note
from netwright.render.positions import Positions

# Raised when a key changes its meaning or goes; new keys may come at any time.
FORMAT = 1


def render(analyses: Iterable[Analysis]) -> str:
    """The whole run. Lines and columns count from 1; the end is just behind the last character."""
    files = list(analyses)
    found = [one for work in files for one in _diagnostics(work)]
    document = {
        "format": FORMAT,
        "files": [work.name for work in files],
        "errors": sum(work.errors for work in files),
        "warnings": sum(work.warnings for work in files),
        "diagnostics": found,
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostics(work: Analysis) -> Iterator[dict[str, Any]]:
    if work.diagnostics:
        positions = Positions(work)
        yield from (_diagnostic(work.name, one, positions) for one in work.diagnostics)


def _diagnostic(name: str, one: Diagnostic, positions: Positions) -> dict[str, Any]:
    return {
        "file": positions.of(one).file,
        **_position(positions, one),
        "path": list(one.place.path),
        "severity": one.severity.value,
        "code": one.code,
        "name": one.name,
        "message": one.message,
        "help": one.help,
        "notes": [
            {"message": note.message, **(_noted(positions, note, name) if note.place else {})} for note in one.notes
        ],
    }


def _noted(positions: Positions, note: Note, name: str) -> dict[str, Any]:
    """The position of a note, with its file if that is another."""
    file = positions.of(note).file
    return {**({"file": file} if file != name else {}), **_position(positions, note)}


def _position(positions: Positions, one: Diagnostic | Note) -> dict[str, int]:
    at = positions.of(one)
    return {"line": at.line, "column": at.column, "end_line": at.end_line, "end_column": at.end_column}
