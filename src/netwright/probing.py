"""Tries of a graph with other sizes of its inputs: what is inferred then, and which numbers must divide them.

The work of all tries together is bounded: what would take more is not found out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import lcm
from typing import NamedTuple

from netwright.graph import Graph
from netwright.misfits import SizesDiffer
from netwright.shapes import ShapeFault, infer
from netwright.spec import Input
from netwright.tensors import Dim

DIVISORS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 24, 32, 48, 64, 128, 256)
BASE = lcm(*DIVISORS)
# How many nodes are inferred at most, in all tries together.
MOST_WORK = 100_000


class Slot(NamedTuple):
    """One axis of an input, counted with the batch axis."""

    input: str
    axis: int


# Slots that have one size: those of a name, or a single one.
Sizes = dict[tuple[Slot, ...], int]


class Multiple(NamedTuple):
    """What must divide the size of each of `slots`, for the tensors that meet at `node` to have equal sizes.

    `only` says that no other size fits; else some do.
    """

    node: str
    slots: tuple[Slot, ...]
    divisor: int
    only: bool


class Outcome(NamedTuple):
    """What came of one try: the nodes that got tensors, and those where sizes differ, with the axes that do."""

    fits: frozenset[str]
    differ: Mapping[str, tuple[int, int]]


class Probe:
    """Tries of one graph with other sizes of its inputs, as long as the work is bearable."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.left = MOST_WORK
        self.known: dict[frozenset[tuple[tuple[Slot, ...], int]], Outcome] = {}

    def outcome(self, sizes: Sizes) -> Outcome | None:
        """What comes of these sizes, all others being as they are; None if there was too much work already."""
        key = frozenset(sizes.items())
        if key not in self.known:
            self.left -= len(self.graph.order)
            if self.left < 0:
                return None
            model, faults = infer(resized(self.graph, sizes))
            self.known[key] = Outcome(frozenset(model.tensors), dict(_differing(faults)))
        return self.known[key]

    def divisor(self, sizes: Sizes, slots: tuple[Slot, ...], node: str) -> Multiple | None:
        """The least number whose multiples fit at `node` where all other sizes are `sizes`, if one does not fit."""
        for divisor in DIVISORS:
            # One multiple could fit for another reason than that it is one.
            if all(self._fits(sizes, slots, node, times * divisor) for times in (1, 2, 3, 5)):
                only = not any(self._fits(sizes, slots, node, more) for more in _no_multiples(divisor))
                return Multiple(node, slots, divisor, only)
        return None

    def _fits(self, sizes: Sizes, slots: tuple[Slot, ...], node: str, more: int) -> bool:
        found = self.outcome({**sizes, slots: BASE + more})
        return found is not None and node in found.fits


def _no_multiples(divisor: int) -> list[int]:
    """Some numbers that are no multiples, to be tried; of small divisors, all that are less."""
    tried = {*range(1, 17), *DIVISORS, divisor // 2 + divisor // 4, divisor - 1, divisor + 1}
    return sorted(one for one in tried if one <= divisor + 1 and one % divisor)


def _differing(faults: Iterable[object]) -> Iterator[tuple[str, tuple[int, int]]]:
    for one in faults:
        if isinstance(one, ShapeFault) and isinstance(one.misfit, SizesDiffer):
            yield one.node, one.misfit.axes


def resized(graph: Graph, sizes: Mapping[tuple[Slot, ...], Dim]) -> Graph:
    """The graph with other sizes of its inputs."""
    inputs: dict[str, Input] = dict(graph.spec.inputs)
    for slots, size in sizes.items():
        for slot in slots:
            shape = list(inputs[slot.input].shape)
            shape[slot.axis - 1] = size
            inputs[slot.input] = inputs[slot.input].model_copy(update={"shape": tuple(shape)})
    spec = graph.spec.model_copy(update={"inputs": inputs})
    return replace(graph, draft=graph.draft._replace(spec=spec))


def slots_of(graph: Graph) -> Iterator[tuple[Slot, Dim]]:
    """Every axis of every input, with its size."""
    for name, one in graph.spec.inputs.items():
        for axis, size in enumerate(one.shape, 1):
            yield Slot(name, axis), size
