"""`allow`: warnings that the author of a spec has accepted at one node, input or output.

Errors can't be allowed. An allowance that silences nothing is told, so that none outlives its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from netwright import checks
from netwright.diagnostics import Diagnostic, Severity
from netwright.drafts import UnknownAllowance, UnusedAllowance
from netwright.nearest import nearest
from netwright.paths import Path, Place
from netwright.spec import Spec


class Allowances:
    """All `allow` lists of a spec."""

    def __init__(self, spec: Spec) -> None:
        self.at: dict[Path, tuple[str, ...]] = {}
        for part, holders in (("inputs", spec.inputs), ("outputs", spec.outputs)):
            self.at |= {(part, name): one.allow for name, one in holders.items() if one.allow}
        self.at |= {("nodes", name): node.keys.allow for name, node in spec.nodes.items() if node.keys.allow}

    def apply(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """What is left to tell."""
        found = list(diagnostics)
        if not self.at:
            yield from found
            return
        used: set[tuple[Path, str]] = set()
        for one in found:
            covering = [path for path in _about(one) if one.name in self.at.get(path, ())]
            used.update((path, one.name) for path in covering)
            if not covering or one.severity is Severity.ERROR:
                yield one
        errors = {one.name for one in found if one.severity is Severity.ERROR}
        for path, names in self.at.items():
            for i, name in enumerate(names):
                yield from self._judge(Place((*path, "allow", i)), name, (path, name) in used, name in errors)

    def _judge(self, place: Place, name: str, used: bool, error: bool) -> Iterator[Diagnostic]:
        known = checks.names()
        if name not in known:
            fault: object = UnknownAllowance(place, name, nearest(name, known))
        elif error or not used:
            fault = UnusedAllowance(place, name, error)
        else:
            return
        yield from checks.for_fault(fault).run(fault)


def _about(one: Diagnostic) -> Iterator[Path]:
    """The parts that a diagnostic is about: those it names or points into, the output that a compile key is for."""
    at = one.place.path
    if one.about:
        yield one.about
    if len(at) > 1:
        yield at[:2]
    if len(at) > 2 and at[0] == "compile":
        yield ("outputs", at[2])
