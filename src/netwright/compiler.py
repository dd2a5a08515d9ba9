"""bytes -> CheckedModel, or diagnostics: the stages in their order, and nothing else."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from netwright import checks
from netwright.allowances import Allowances
from netwright.blocks import Flat, Origin, Whole, expand
from netwright.connect import connect
from netwright.diagnostics import Diagnostic, Severity
from netwright.drafts import Draft, validate
from netwright.imports import Files
from netwright.origins import relocated
from netwright.params import NO_SETTINGS, Settings
from netwright.paths import Path, Place
from netwright.shapes import ShapedModel, infer
from netwright.syntax import DEFAULT_LIMITS, Limits, Tree, decoded, parse

Product = TypeVar("Product")


class CheckedModel(NamedTuple):
    """A model without errors: the only thing a backend accepts.

    `expanded` is the document as one graph, as values; `imported` the text of each file that it imports.
    """

    shaped: ShapedModel
    source: bytes
    params: Mapping[str, Any]
    uses: Mapping[str, Whole]
    expanded: Mapping[str, Any]
    imported: Mapping[str, str]


@dataclass
class Analysis:
    """What is known about one document. `name` is what its diagnostics are told under."""

    name: str
    data: bytes
    settings: Settings = field(default_factory=dict)
    files: Files = field(default_factory=lambda: Files(None, DEFAULT_LIMITS))
    params: Mapping[str, Any] = field(default_factory=dict)
    tree: Tree | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    model: CheckedModel | None = None
    origins: Mapping[Path, Origin] = field(default_factory=dict)
    uses: Mapping[str, Whole] = field(default_factory=dict)
    expanded: Mapping[str, Any] = field(default_factory=dict)
    _told: set[object] = field(default_factory=set)

    @cached_property
    def text(self) -> str:
        """The text of the document, for showing places in it."""
        return self.tree.text if self.tree else decoded(self.data)

    @property
    def errors(self) -> int:
        """How many diagnostics are errors."""
        return sum(one.severity is Severity.ERROR for one in self.diagnostics)

    @property
    def warnings(self) -> int:
        """How many diagnostics are warnings."""
        return len(self.diagnostics) - self.errors

    def vet(self, result: tuple[Product, Iterable[object]]) -> Product:
        """Tell the faults of a stage, and return its product."""
        product, faults = result
        for fault in faults:
            self.tell(checks.for_fault(fault).run(fault))
        return product

    def read(self, flat: Flat) -> Draft | None:
        """Read what was expanded; from here on, places are those of it."""
        self.origins = flat.origins
        return self.vet(validate(flat.tree, flat.lost, made=bool(flat.origins)))

    def tell(self, found: Iterable[Diagnostic]) -> None:
        """Add diagnostics, at the places that people wrote; what is wrong in every copy of a block is told once."""
        if not self.origins:
            self.diagnostics += found
            return
        for one in found:
            moved, mark = relocated(one, self.origins, self.written)
            if mark not in self._told:
                self._told.add(mark)
                self.diagnostics.append(moved)

    def written(self, place: Place) -> Any:
        """The value at a place, or the nearest around it."""
        tree = self.files.trees.get(place.file) if place.file else self.tree
        value: Any = tree.value if tree else None
        for step in place.path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                break
        return value

    def allowed(self) -> Mapping[str, tuple[str, ...]]:
        """What each use of a block in the document's own graph allows."""
        return {name: tuple(self.written(Place(("nodes", name))).get("allow", ())) for name in self.uses}

    def file_of(self, place: Place) -> str:
        """The file that a place is in, as it is told."""
        return place.file or self.name

    def text_of(self, file: str) -> str:
        """The text of the document, or of an imported file."""
        return self.files.texts[file] if file else self.text

    def locate(self, place: Place) -> tuple[int, int]:
        """The range of characters that a place stands for, in its file."""
        if place.file:
            return self.files.trees.get(place.file, Tree(self.files.texts[place.file], None)).locate(place)
        return (self.tree or Tree(self.text, None)).locate(place)

    def offsets(self, one: Diagnostic) -> tuple[int, int]:
        """The range of characters that a diagnostic points at."""
        return self.locate(one.place)


def analyse(
    data: bytes,
    name: str = "-",
    limits: Limits = DEFAULT_LIMITS,
    settings: Settings = NO_SETTINGS,
    path: str | None = None,
) -> Analysis:
    """Find everything that is wrong with a document, or what is needed to build it.

    Args:
        data: the document.
        name: what its diagnostics are told under.
        limits: what it may at most be.
        settings: values of params; text is read by the type of the param.
        path: where the document is, if it is a file: what it imports is relative to that.
    """
    work = Analysis(name, data, settings, Files(path, limits))
    with _without_collection():
        shaped = _through(work, limits)
    if shaped is not None:
        allowances = Allowances(shaped.graph.spec, work.allowed(), work.origins)
        work.diagnostics = list(allowances.apply(work.diagnostics))
    if work.diagnostics:
        work.diagnostics.sort(key=lambda one: (one.place.file, work.offsets(one)))
    if shaped is not None and not work.errors:
        work.model = CheckedModel(shaped, data, work.params, work.uses, work.expanded, work.files.sources())
    return work


def analyse_expanded(value: Mapping[str, Any], name: str) -> tuple[ShapedModel | None, Analysis]:
    """Analyse what `CheckedModel.expanded` held, which a manifest keeps: a document that has no blocks any more."""
    work = Analysis(name, b"", tree=Tree("", value))
    with _without_collection():
        draft = work.vet(validate(Tree("", value), made=True))
        shaped = None if draft is None else _shaped(work, draft)
    return (None if work.errors else shaped), work


@contextmanager
def _without_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: nothing here makes cycles, and each search would go through all nodes so far."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _through(work: Analysis, limits: Limits) -> ShapedModel | None:
    """The pipeline: parse, expand, validate, connect, infer, and look at the whole."""
    work.tree = work.vet(parse(work.data, limits))
    if work.tree is None:
        return None
    expanded = work.vet(expand(work.tree, work.settings, work.files))
    work.params = expanded.params
    for block in expanded.alone:
        if (draft := work.read(block)) is not None:
            work.vet(connect(draft))
    if expanded.whole is None:
        return None
    work.expanded, work.uses = expanded.whole.tree.value, expanded.whole.uses
    draft = work.read(expanded.whole)
    return None if draft is None else _shaped(work, draft)


def _shaped(work: Analysis, draft: Draft) -> ShapedModel:
    graph = work.vet(connect(draft))
    shaped = work.vet(infer(graph))
    for check in checks.on_models():
        work.tell(check.run(shaped))
    return shaped
