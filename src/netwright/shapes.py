"""Graph -> ShapedModel: shape and dtype of every tensor, and every variable, by the layers' own rules.

Where a rule can't know, the size stays unknown. A node that does not fit is told and left without outputs; only what
depends on it is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from netwright.graph import Feed, Feeds, Graph, Source
from netwright.layer import Layer, Variable, outputs_of, ports_of, variables_of
from netwright.misfits import Misfit
from netwright.paths import Place
from netwright.tensors import Tensor

Tensors = dict[str, tuple[Tensor, ...]]


class Arrival(NamedTuple):
    """A tensor as it stands at a port: what feeds it, as written, and the stop of the edge that brings it."""

    port: str
    source: str
    tensor: Tensor
    place: Place


class ShapeFault(NamedTuple):
    """A node whose tensors do not fit. `at_fault` are the arrivals that the misfit is about, `arrivals` all of them."""

    node: str
    type: str
    misfit: Misfit
    at_fault: tuple[Arrival, ...]
    arrivals: tuple[Arrival, ...]

    @property
    def kind(self) -> str:
        """Which misfit it is: the check of that name tells it."""
        return type(self.misfit).__name__

    @property
    def place(self) -> Place:
        """The argument at fault, or else the edge that brings the last tensor at fault."""
        if self.misfit.argument is not None:
            return Place(("nodes", self.node, *self.misfit.argument.split(".")))
        return self.at_fault[-1].place if self.at_fault else Place(("nodes", self.node), key=True)


class ShapedModel(NamedTuple):
    """A graph with its tensors: `tensors` of each node and input that could be inferred, `variables` of each node."""

    graph: Graph
    layers: dict[str, Layer]
    tensors: Tensors
    variables: dict[str, tuple[Variable, ...]]

    def tensor(self, source: Source) -> Tensor | None:
        """The tensor of a source, or None if it could not be inferred."""
        found = self.tensors.get(source.name)
        return found[source.position] if found else None

    def output(self, public: str) -> Tensor | None:
        """The tensor of an output of the model, or None if it could not be inferred."""
        source = self.graph.outputs.get(public)
        return None if source is None else self.tensor(source)


def infer(graph: Graph) -> tuple[ShapedModel, tuple[ShapeFault, ...]]:
    """Infer every tensor of the graph that can be inferred."""
    tensors: Tensors = {
        name: (Tensor((one.batch_size, *one.shape), one.dtype),) for name, one in graph.spec.inputs.items()
    }
    variables: dict[str, tuple[Variable, ...]] = {}
    layers: dict[str, Layer] = {}
    faults = []
    for name in graph.order:
        node, feeds = graph.node(name), graph.feeds.get(name)
        layer = layers[name] = node.layer.under(graph.spec.dtype_policy)
        if feeds is None or not all(feed.source.name in tensors for fed in feeds.values() for feed in fed):
            continue
        arriving = {port: tuple(_arrive(layer, feed, tensors) for feed in fed) for port, fed in feeds.items()}
        ports = ports_of(type(layer))
        values = {port: many if ports[port].many else many[0] for port, many in arriving.items()}
        try:
            outputs = outputs_of(layer, values, node.call)
            variables[name] = variables_of(layer, values, node.call)
            tensors[name] = outputs
        except Misfit as misfit:
            faults.append(_fault(graph, name, misfit, feeds, arriving))
    return ShapedModel(graph, layers, tensors, variables), tuple(faults)


def _arrive(layer: Layer, feed: Feed, tensors: Tensors) -> Tensor:
    return layer.cast(tensors[feed.source.name][feed.source.position])


def _fault(
    graph: Graph, name: str, misfit: Misfit, feeds: Feeds, arriving: dict[str, tuple[Tensor, ...]]
) -> ShapeFault:
    arrivals = tuple(
        Arrival(port, graph.label(feed.source), tensor, feed.place)
        for port, fed in feeds.items()
        for feed, tensor in zip(fed, arriving[port], strict=True)
    )
    kind = type(graph.node(name).layer).__name__
    return ShapeFault(name, kind, misfit, _concerned(arrivals, misfit.tensors), arrivals)


def _concerned(arrivals: tuple[Arrival, ...], tensors: Iterable[Tensor]) -> tuple[Arrival, ...]:
    """The arrivals of those very tensors; the first, if the misfit is about tensors made on the way."""
    found = []
    left = list(arrivals)
    for tensor in tensors:
        match = next((one for one in left if one.tensor is tensor), None)
        if match is not None:
            left.remove(match)
            found.append(match)
    return tuple(found) or arrivals[:1]
