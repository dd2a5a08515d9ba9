"""The pages of the guide that compile something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.test_golden import GOLDEN, PAGES
from tests.literate import Document, needs_keras


@pytest.mark.parametrize("path", [one for one in (*PAGES, *GOLDEN) if needs_keras(one)], ids=lambda path: path.name)
def test_page(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: bool) -> None:
    monkeypatch.chdir(tmp_path)
    document = Document(path, tmp_path)
    document.run()
    if update:
        document.update()
    for written, real in document.blocks:
        assert real == written
