"""Golden files and the guide: what they show is what the commands print. `pytest --update` rewrites them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.literate import REPOSITORY, Document, needs_keras

PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs/guide").glob("*.md"))]
GOLDEN = sorted((REPOSITORY / "tests/golden").glob("*.md"))
HERE = [path for path in (*PAGES, *GOLDEN) if not needs_keras(path)]


@pytest.mark.parametrize("path", HERE, ids=lambda path: path.name)
def test_page(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: bool) -> None:
    monkeypatch.chdir(tmp_path)
    document = Document(path, tmp_path)
    document.run()
    if update:
        document.update()
    for written, real in document.blocks:
        assert real == written


def test_golden_files_show_commands() -> None:
    assert GOLDEN
    for path in GOLDEN:
        assert "\n$ netwright " in path.read_text("utf-8")
