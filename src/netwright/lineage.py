"""Where a tensor at a fault comes from: for advice, which must be right for the case."""

from __future__ import annotations

from typing import NamedTuple

from netwright.endings import only_source
from netwright.graph import MANY, Source, each_feed
from netwright.operation import Operation
from netwright.shapes import Arrival, ShapedModel, ShapeFault
from netwright.tensors import Tensor

# Longer chains of nodes that leave a shape as it is do not help to understand anything.
MOST_STEPS = 32


class Maker(NamedTuple):
    """The node that gave a tensor its shape. `alone` says that what is at fault is all that depends on it."""

    node: str
    operation: Operation
    position: int
    alone: bool


def maker(fault: ShapeFault, arrival: Arrival) -> Maker | None:
    """The nearest node behind an arrival that does more than keep the shape of what it gets; None for an input."""
    model, source, alone = fault.model, arrival.origin, True
    for _ in range(MOST_STEPS):
        if source.name in model.graph.spec.inputs:
            return None
        alone = alone and _used_once(model, source)
        before = _kept(model, source)
        if before is None:
            return Maker(source.name, model.operations[source.name], source.position, alone)
        source = before
    return None


def _used_once(model: ShapedModel, source: Source) -> bool:
    graph = model.graph
    users = graph.users.get(source.name, ())
    feeds = [feed for user in users[:MANY] for feed in each_feed(graph.feeds[user]) if feed.source == source]
    is_output = any(graph.outputs[public] == source for public in graph.public.get(source.name, ()))
    return len(users) < MANY and len(feeds) == 1 and not is_output


def _kept(model: ShapedModel, source: Source) -> Source | None:
    """What a node gets, if that is one tensor of the shape that it gives."""
    before = only_source(model, source.name)
    got, gives = model.tensor(before) if before else None, model.tensor(source)
    # A recurrent layer never only keeps a shape, though its steps may be as wide as what they read.
    kept = got is not None and gives is not None and got.shape == gives.shape
    return before if kept and sequences(model.operations[source.name]) is None else None


def fed_to(model: ShapedModel, name: str) -> Tensor | None:
    """What a node with a single input gets."""
    source = only_source(model, name)
    return model.tensor(source) if source else None


def is_input(fault: ShapeFault, arrival: Arrival) -> bool:
    """Whether an arrival is an input of the model as it is."""
    return arrival.origin.name in fault.model.graph.spec.inputs


def sequences(operation: Operation) -> bool | None:
    """Whether a recurrent layer, or one that reads both ways, returns all steps; None if it is neither."""
    inner = getattr(operation, "layer", operation) if operation.kind() == "Bidirectional" else operation
    return getattr(inner, "return_sequences", None)


def leads_to(model: ShapedModel, first: str, last: str, most: int = 1000) -> bool:
    """Whether one node or input leads to another; false if that takes looking at more than `most` nodes."""
    todo, seen = [last], {last}
    while todo and len(seen) <= most:
        name = todo.pop()
        if name == first:
            return True
        for feed in each_feed(model.graph.feeds.get(name, {})):
            if feed.source.name not in seen:
                seen.add(feed.source.name)
                todo.append(feed.source.name)
    return False
