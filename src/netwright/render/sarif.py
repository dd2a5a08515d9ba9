"""For code scanning: SARIF 2.1.0 (OASIS), one run with a rule for each diagnostic that was told."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from netwright import checks
from netwright.compiler import Analysis
from netwright.diagnostics import Check, Diagnostic, Note
from netwright.explanations import explain
from netwright.render.positions import Positions
from netwright.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(analyses: Iterable[Analysis]) -> str:
    """The whole run as one SARIF log."""
    files = list(analyses)
    told = {one.code for work in files for one in work.diagnostics}
    rules = [check for check in checks.every() if check.code in told]
    order = {check.code: i for i, check in enumerate(rules)}
    results = [one for work in files for one in _results(work, order)]
    driver = {"name": "netwright", "version": __version__, "rules": [_rule(check) for check in rules]}
    # Columns of ours count code points; SARIF counts UTF-16 units unless told.
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(check: Check) -> dict[str, Any]:
    explanation = explain(check)
    return {
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": explanation.title},
        "fullDescription": {"text": " ".join((explanation.text or explanation.title).split())},
        "defaultConfiguration": {"level": check.severity.value},
    }


def _results(work: Analysis, order: dict[str, int]) -> Iterator[dict[str, Any]]:
    if work.diagnostics:
        positions = Positions(work)
        yield from (_result(one, positions, order) for one in work.diagnostics)


def _result(one: Diagnostic, positions: Positions, order: dict[str, int]) -> dict[str, Any]:
    text = one.message if one.help is None else f"{one.message}. Help: {one.help}"
    related = [{**_location(note, positions), "message": {"text": note.message}} for note in one.notes if note.place]
    return {
        "ruleId": one.code,
        "ruleIndex": order[one.code],
        "level": one.severity.value,
        "message": {"text": text},
        "locations": [_location(one, positions)],
        **({"relatedLocations": related} if related else {}),
    }


def _location(one: Diagnostic | Note, positions: Positions) -> dict[str, Any]:
    at = positions.of(one)
    region = {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(os.fsencode(PurePath(at.file).as_posix()))},
            "region": region,
        }
    }
