"""Where gradients go: which nodes a loss reaches, and where the way back ends."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from netwright.graph import Feed, Source, each_feed
from netwright.objectives import losses
from netwright.shapes import ShapedModel
from netwright.tensors import FLOATS


class Gradients(NamedTuple):
    """Names of nodes and inputs, each in the order of the graph.

    `wanted` lead to an output with a loss, `reached` get a gradient of one. `able` depend on something that is trained,
    `frozen` on variables only that are not; `learning` pass what they get on to what is trained. `ends` are the nodes
    where a way back ends, with what feeds them and gets none. `lost` could be trained, and no loss reaches them, nor
    another call of the same layer.
    """

    wanted: frozenset[str]
    reached: frozenset[str]
    able: frozenset[str]
    frozen: frozenset[str]
    learning: frozenset[str]
    ends: dict[str, tuple[str, ...]]
    lost: frozenset[str]


# Each check of it asks for it.
@lru_cache(maxsize=1)
def gradients(model: ShapedModel) -> Gradients:
    """Follow the losses back through the graph, and the trained variables forth."""
    outputs = [model.graph.outputs[one.output] for one in losses(model)]
    wanted = {source.name for source in outputs}
    reached = {source.name for source in outputs if is_float(model, source)}
    ends: dict[str, tuple[str, ...]] = {}
    for name in reversed(model.graph.order):
        if name not in wanted or name not in model.graph.feeds:
            continue
        stopped = []
        for feed in each_feed(model.graph.feeds[name]):
            wanted.add(feed.source.name)
            if name in reached and passes(model, name, feed):
                reached.add(feed.source.name)
            elif name in reached:
                stopped.append(feed.source.name)
        if stopped:
            ends[name] = tuple(dict.fromkeys(stopped))
    taught = {_owner(model, name) for name in reached}
    lost = {name for name in wanted - reached if is_trained(model, name) and _owner(model, name) not in taught}
    return Gradients(frozenset(wanted), frozenset(reached), *_trained_before(model), ends, frozenset(lost))


def _trained_before(model: ShapedModel) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The nodes that are `able`, `frozen` and `learning`."""
    fixed: set[str] = set()
    able: set[str] = set()
    learning: set[str] = set()
    for name in model.graph.order:
        feeds = [*each_feed(model.graph.feeds.get(name, {}))]
        own = is_trained(model, name)
        if own or any(feed.source.name in able for feed in feeds):
            able.add(name)
        elif model.variables.get(name) or any(feed.source.name in fixed for feed in feeds):
            fixed.add(name)
        if own or any(feed.source.name in learning and passes(model, name, feed) for feed in feeds):
            learning.add(name)
    return frozenset(able), frozenset(fixed), frozenset(learning)


def is_trained(model: ShapedModel, name: str) -> bool:
    """Whether a node has variables that training changes, of its own or of the node whose layer it shares."""
    return any(one.trainable for one in model.variables.get(_owner(model, name), ()))


def _owner(model: ShapedModel, name: str) -> str:
    """The node that has the layer which a node calls; an input is its own."""
    node = model.graph.spec.nodes.get(name)
    return node.owner if node is not None and node.owner else name


def passes(model: ShapedModel, name: str, feed: Feed) -> bool:
    """Whether a gradient goes from a node to what feeds it; if nothing is known of either, it is taken to do so."""
    return model.operations[name].has_gradient and is_float(model, feed.source)


def is_float(model: ShapedModel, source: Source) -> bool:
    """Whether a tensor holds floats, as far as it is known."""
    tensor = model.tensor(source)
    return tensor is None or (tensor.dtype in FLOATS and not tensor.integers)
