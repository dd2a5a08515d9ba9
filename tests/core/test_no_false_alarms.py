"""Of what is right, nothing is told, however unusual it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import netwright
from tests.uses import USES

REPOSITORY = Path(__file__).parent.parent.parent
WHOLE = [*sorted((REPOSITORY / "specs").glob("*.json")), *sorted((REPOSITORY / "tests/keras/networks").glob("*.json"))]


@pytest.mark.parametrize("name", USES)
def test_nothing_is_told_of_an_unusual_use(name: str) -> None:
    report = netwright.validate(USES[name])
    assert not report.diagnostics, str(report)


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_nothing_is_told_of_a_whole_network(path: Path) -> None:
    report = netwright.validate(path)
    assert not report.diagnostics, str(report)
