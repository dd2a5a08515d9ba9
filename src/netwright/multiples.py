"""Graph -> what must divide the sizes of inputs, so that tensors fit where they meet.

Windows that halve a size and double it again give that size back only if it was even; so a network of several levels
fits only inputs whose sizes are multiples of some number. No rule of a layer can say that, but trying shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from netwright.graph import Graph, each_feed
from netwright.probing import BASE, MOST_WORK, Multiple, Outcome, Probe, Slot, resized, slots_of
from netwright.shapes import ShapedModel, infer


def open_multiples(model: ShapedModel) -> tuple[Multiple, ...]:
    """Where tensors meet that have equal sizes only for some of the sizes that inputs leave open.

    One for each node where that is so with the next larger size than one that fits, and each such size.
    """
    graph = model.graph
    groups = _open(graph)
    if not groups or not _may_differ(model, groups):
        return ()
    probe = Probe(graph)
    sizes = dict.fromkeys(groups, BASE)
    base = probe.outcome(sizes)
    # Elsewhere, what stands in the way is told already, or is so for every size.
    sound = base.fits & model.tensors.keys() if base else frozenset()
    tries = [(slots, other) for slots in groups if (other := probe.outcome({**sizes, slots: BASE + 1}))]
    found = (probe.divisor(sizes, slots, node) for slots, other in tries for node in other.differ if node in sound)
    return tuple(one for one in found if one)


def _open(graph: Graph) -> tuple[tuple[Slot, ...], ...]:
    """The sizes that are left open: those of a name together, each null alone."""
    named: dict[str, list[Slot]] = {}
    alone = []
    for slot, size in slots_of(graph):
        if isinstance(size, str):
            named.setdefault(size, []).append(slot)
        elif size is None:
            alone.append((slot,))
    return (*alone, *map(tuple, named.values()))


def _may_differ(model: ShapedModel, groups: Iterable[tuple[Slot, ...]]) -> bool:
    """Whether tensors meet of which one has a size that is no input's: what keeps a size hands its name on."""
    graph = model.graph
    meeting = [name for name in graph.order if len(tuple(each_feed(graph.feeds.get(name, {})))) > 1]
    if not meeting or len(graph.order) > MOST_WORK // 20:
        return False
    named = model
    if any(None in one.shape for one in graph.spec.inputs.values()):
        named = infer(resized(graph, {slots: f"size_{number}" for number, slots in enumerate(groups)}))[0]
    arriving = (named.tensor(feed.source) for name in meeting for feed in each_feed(graph.feeds[name]))
    return any(tensor is not None and None in tensor.shape[1:] for tensor in arriving)


# Each of the faults of a graph asks for it.
@lru_cache(maxsize=1)
def fixed_multiples(graph: Graph) -> dict[str, tuple[Multiple, ...]]:
    """What must divide given sizes of inputs for tensors to fit, by the nodes where sizes differ for no other reason.

    None where that is no number, or took too much work.
    """
    probe = Probe(graph)
    start = probe.outcome({})
    blamed = _blame(probe, start) if start else ()
    sizes = dict.fromkeys(blamed, BASE)
    then = probe.outcome(sizes)
    found = {}
    for node in start.differ if start and then and blamed else ():
        if then and node in then.fits:
            some = [probe.divisor(sizes, slots, node) for slots in blamed]
            found[node] = tuple(one for one in some if one)
    return found


def _blame(probe: Probe, now: Outcome) -> tuple[tuple[Slot, ...], ...]:
    """The sizes that have to change: until all nodes fit, or one is the first that does not whatever they are."""
    left = [(slot,) for slot, size in slots_of(probe.graph) if isinstance(size, int)]
    found: list[tuple[Slot, ...]] = []
    while now.differ:
        node, sizes = next(iter(now.differ)), dict.fromkeys(found, BASE)
        tries = ((slots, probe.outcome({**sizes, slots: BASE})) for slots in left)
        better = ((slots, then) for slots, then in tries if then and _further(node, now, then))
        slots, now = next(better, ((), now))
        if not slots:
            break
        left.remove(slots)
        found.append(slots)
    return tuple(found)


def _further(node: str, now: Outcome, then: Outcome) -> bool:
    """Whether a node fits, or it is other axes that differ."""
    return node in then.fits or then.differ.get(node, now.differ[node]) != now.differ[node]
