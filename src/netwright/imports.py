"""The files that a document imports: found inside the project, read once each."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from netwright.paths import Place
from netwright.syntax import Limits, Tree, decoded, parse

MOST_FILES = 256
# What the root of a project has.
MARKS = ("pyproject.toml", ".git", "netwright.toml")


class CantImport(NamedTuple):
    """A file that can't be imported; `why` says it."""

    place: Place
    path: str
    why: str


class ImportCycle(NamedTuple):
    """Files import each other in a circle."""

    place: Place
    files: tuple[str, ...]


ImportFault: TypeAlias = CantImport | ImportCycle


class NotImported(Exception):
    """Why a file can't be imported."""


class Files:
    """Access to the files of a project, for one document of it.

    Names are paths as people write them: that of the document, and others relative to where it is.
    """

    def __init__(self, main: str | None, limits: Limits) -> None:
        self.limits = limits
        self.trees: dict[str, Tree] = {}
        self.texts: dict[str, str] = {}
        self._real: dict[Path, str] = {}
        self._main = None if main is None else Path(main)
        self._root: Path | None = None
        if self._main is not None:
            self._real[self._main.resolve()] = ""

    @property
    def root(self) -> Path:
        """The directory that no import leaves."""
        if self._root is None:
            assert self._main is not None
            own = self._main.resolve().parent
            marked = (one for one in (own, *own.parents) if any((one / mark).exists() for mark in MARKS))
            self._root = next(marked, own)
        return self._root

    def name_of(self, importer: str, path: str) -> str:
        """The name of the file that `path` leads to from the file `importer`, which is empty for the document.

        Raises:
            NotImported: it may not be read, or does not exist.
        """
        if self._main is None:
            raise NotImported("only a document that is a file can import others")
        if "\\" in path or path.startswith("/") or ":" in path:
            raise NotImported("a path is relative to the file that has it, and uses `/`")
        base = Path(importer) if importer else self._main
        target = base.parent / path
        try:
            real = target.resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise NotImported("the path can't be followed") from error
        if not real.is_relative_to(self.root):
            raise NotImported("it is outside of the project")
        if real not in self._real:
            if len(self._real) >= MOST_FILES:
                raise NotImported(f"a document imports at most {MOST_FILES} files")
            self._real[real] = os.path.normpath(target)
        return self._real[real]

    def sources(self) -> dict[str, str]:
        """The text of each file that was imported, by its path from the document."""
        home = self._main.parent if self._main else None
        return {Path(os.path.relpath(name, home)).as_posix(): text for name, text in self.texts.items()}

    def read(self, name: str) -> tuple[Tree | None, Iterable[Any]]:
        """The document in a file, and what is wrong with its text.

        Raises:
            NotImported: it can't be read.
        """
        if name in self.trees:
            return self.trees[name], ()
        try:
            with Path(name).open("rb") as file:
                data = file.read(self.limits.size + 1)
        except OSError as error:
            why = "there is no such file" if isinstance(error, FileNotFoundError) else f"{error.strerror}".lower()
            raise NotImported(why) from error
        tree, faults = parse(data, self.limits)
        self.texts[name] = tree.text if tree else decoded(data)
        if tree is not None:
            self.trees[name] = tree
        return tree, faults
