"""The explanation in a check's own docstring: read once for `explain`, for the documentation and for the tests."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from typing import NamedTuple

from netwright.diagnostics import Check

_SECTION = re.compile(r"^## (Bad|Good)\n+```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CARET = re.compile(r"^( *)(\^+)(?: (.*))?$")


class Mark(NamedTuple):
    """Where a bad example is marked: line and column from 1, width in characters, and the words beside the mark."""

    line: int
    column: int
    width: int
    message: str


class Example(NamedTuple):
    """A document in an explanation. `shown` has the mark drawn in, `data` is the document itself.

    `size` is the limit in bytes under which the example is read, if it is about that.
    """

    shown: str
    data: bytes
    mark: Mark | None
    language: str
    size: int | None = None


class Explanation(NamedTuple):
    """What a diagnostic means."""

    check: Check
    title: str
    text: str
    bad: Example
    good: Example


def explain(check: Check) -> Explanation:
    """The explanation of a check, from the docstring of its module.

    Raises:
        ValueError: the docstring has not the form of one.
    """
    doc = import_module(check.module).__doc__ or ""
    found = {match.group(1): _example(*match.groups()[1:]) for match in _SECTION.finditer(doc)}
    if set(found) != {"Bad", "Good"}:
        raise ValueError(f"{check.module} needs a `## Bad` and a `## Good` example")
    title, _, rest = doc.partition("\n")
    return Explanation(check, title.strip(), rest.split("## Bad")[0].strip(), found["Bad"], found["Good"])


def _example(language: str, options: str, shown: str) -> Example:
    lines: list[str] = []
    mark = None
    for line in shown.splitlines():
        caret = _CARET.match(line)
        if caret:
            indent, carets, message = caret.groups()
            mark = Mark(len(lines), len(indent) + 1, len(carets), message or "")
        else:
            lines.append(line)
    text = "\n".join(lines) + "\n"
    data = ast.literal_eval(text.strip()) if language == "python" else text.encode()
    size = re.search(r"size=(\d+)", options)
    return Example(shown, data, mark, language, int(size.group(1)) if size else None)
