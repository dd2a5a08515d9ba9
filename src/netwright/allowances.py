"""`allow`: warnings that the author of a spec has accepted at one node, input or output.

Errors can't be allowed. An allowance that silences nothing is told, so that none outlives its reason; one in a block
has to silence something in one copy only. What a use of a block allows, it allows in all of the block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from netwright import checks
from netwright.blocks import Origin
from netwright.diagnostics import Diagnostic, Severity
from netwright.drafts import UnknownAllowance, UnusedAllowance
from netwright.nearest import nearest
from netwright.origins import origin_of
from netwright.paths import Path, Place
from netwright.spec import Spec


class Allowances:
    """All `allow` lists of a spec, and those of the uses of blocks in the document that it was made from."""

    def __init__(self, spec: Spec, uses: Mapping[str, tuple[str, ...]], origins: Mapping[Path, Origin]) -> None:
        self.origins = origins
        self.at: dict[Path, tuple[str, ...]] = {("nodes", name): allow for name, allow in uses.items() if allow}
        for part, holders in (("inputs", spec.inputs), ("outputs", spec.outputs)):
            self.at |= {(part, name): one.allow for name, one in holders.items() if one.allow}
        self.at |= {("nodes", name): node.keys.allow for name, node in spec.nodes.items() if node.keys.allow}

    def apply(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """What is left to tell."""
        found = list(diagnostics)
        if not self.at:
            yield from found
            return
        used: set[tuple[Place, str]] = set()
        for one in found:
            covering = [path for path in _about(one) if one.name in self.at.get(path, ())]
            used.update((self._written(path), one.name) for path in covering)
            if not covering or one.severity is Severity.ERROR:
                yield one
        errors = {one.name for one in found if one.severity is Severity.ERROR}
        for place, names in {self._written(path): names for path, names in self.at.items()}.items():
            for i, name in enumerate(names):
                yield from self._judge(place.below("allow", i), name, (place, name) in used, name in errors)

    def _written(self, path: Path) -> Place:
        """Where people wrote a part of the spec, once for all copies of a block."""
        return origin_of(Place(path), self.origins)[0]

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
