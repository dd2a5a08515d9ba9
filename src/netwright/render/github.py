"""For GitHub Actions: one workflow command per diagnostic, shown beside the changed line.

The form and its escapes are those of the toolkit's `core` package: data escapes `%`, CR and LF; properties escape `:`
and `,` as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from netwright.compiler import Analysis
from netwright.diagnostics import Diagnostic
from netwright.render.positions import Positions
from netwright.words import printable


def render(analyses: Iterable[Analysis]) -> str:
    """One line for each diagnostic."""
    lines = []
    for work in analyses:
        positions = Positions(work) if work.diagnostics else None
        lines += [_command(one, positions) for one in work.diagnostics if positions]
    return "".join(f"{line}\n" for line in lines)


def _command(one: Diagnostic, positions: Positions) -> str:
    at = positions.of(one)
    properties = {"file": at.file, "line": at.line, "endLine": at.end_line}
    # GitHub ignores columns on an annotation of several lines.
    if at.line == at.end_line:
        properties |= {"col": at.column, "endColumn": at.end_column}
    properties["title"] = f"{one.code} {one.name}"
    text = "\n".join([one.message, *(note.message for note in one.notes), *([f"help: {one.help}"] * bool(one.help))])
    head = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{one.severity.value} {head}::{_data(text)}"


def _data(text: str) -> str:
    return _plain(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _plain(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
