"""bytes -> CheckedModel, or diagnostics: the stages in their order, and nothing else."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from netwright import checks
from netwright.allowances import Allowances
from netwright.connect import connect
from netwright.diagnostics import Diagnostic, Severity
from netwright.drafts import validate
from netwright.paths import Place
from netwright.shapes import ShapedModel, infer
from netwright.syntax import DEFAULT_LIMITS, Limits, Tree, decoded, parse

Product = TypeVar("Product")


class CheckedModel(NamedTuple):
    """A model without errors: the only thing a backend accepts."""

    shaped: ShapedModel
    source: bytes


@dataclass
class Analysis:
    """What is known about one document. `name` is what its diagnostics are told under."""

    name: str
    data: bytes
    tree: Tree | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    model: CheckedModel | None = None

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

    def tell(self, found: Iterable[Diagnostic]) -> None:
        """Add diagnostics."""
        self.diagnostics += found

    def locate(self, place: Place) -> tuple[int, int]:
        """The range of characters that a place stands for."""
        return (self.tree or Tree(self.text, None)).locate(place)

    def offsets(self, one: Diagnostic) -> tuple[int, int]:
        """The range of characters that a diagnostic points at."""
        return self.locate(one.place)


def analyse(data: bytes, name: str = "-", limits: Limits = DEFAULT_LIMITS) -> Analysis:
    """Find everything that is wrong with a document, or what is needed to build it."""
    work = Analysis(name, data)
    with _without_collection():
        shaped = _through(work, limits)
    if shaped is not None:
        work.diagnostics = list(Allowances(shaped.graph.spec).apply(work.diagnostics))
    if work.diagnostics:
        work.diagnostics.sort(key=work.offsets)
    if shaped is not None and not work.errors:
        work.model = CheckedModel(shaped, data)
    return work


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
    """The pipeline: parse, validate, connect, infer, and look at the whole."""
    work.tree = work.vet(parse(work.data, limits))
    if work.tree is None:
        return None
    draft = work.vet(validate(work.tree))
    if draft is None:
        return None
    graph = work.vet(connect(draft))
    shaped = work.vet(infer(graph))
    for check in checks.on_models():
        work.tell(check.run(shaped))
    return shaped
