"""Graph -> ShapedModel: shape and dtype of every tensor, and every variable, by the layers' own rules.

Where a rule can't know, the size stays unknown. A node that does not fit is told and left without outputs; only what
depends on it is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from netwright.graph import Feed, Feeds, Graph, Source
from netwright.misfits import Misfit, SharedDiffer
from netwright.operation import Operation, Variable, mask_of, outputs_of, ports_of, variables_of
from netwright.paths import Place
from netwright.spec import Node
from netwright.tensors import Tensor

Tensors = dict[str, tuple[Tensor, ...]]
Masks = dict[str, tuple[Tensor | None, ...]]
Values = dict[str, Tensor | tuple[Tensor, ...]]


class Arrival(NamedTuple):
    """A tensor as it stands at a port: what feeds it, as written, and the stop of the edge that brings it.

    `given` is its dtype before the layer casts it, `origin` the output or input that it is.
    """

    port: str
    source: str
    tensor: Tensor
    place: Place
    given: str
    origin: Source


class ShapeFault(NamedTuple):
    """A node whose tensors do not fit. `at_fault` are the arrivals that the misfit is about, `arrivals` all of them.

    `model` is what could be inferred of the whole.
    """

    node: str
    type: str
    misfit: Misfit
    at_fault: tuple[Arrival, ...]
    arrivals: tuple[Arrival, ...]
    model: ShapedModel

    @property
    def operation(self) -> Operation:
        """What the node does."""
        return self.model.operations[self.node]

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


class MaskLost(NamedTuple):
    """A mask that arrives at a node and goes no further: what makes it, and why it is lost.

    `how` is `unsupported` if the layer knows no masks, `unused` if Keras does not hand it to the layer beside tensors
    at other ports, `dropped` if the layer makes none for its output from those that arrive.
    """

    place: Place
    node: str
    type: str
    source: str
    how: str


class Alike(NamedTuple):
    """The nodes that are written alike, and what they do."""

    node: Node
    operation: Operation
    names: tuple[str, ...]


# Compared as objects, as graphs are.
@dataclass(frozen=True, eq=False)
class ShapedModel:
    """A graph with its tensors: `tensors` of each node and input that could be inferred, `variables` of each node.

    `masks` has an entry for each node of which some output has a mask: the mask of each output, or None.
    """

    graph: Graph
    operations: dict[str, Operation]
    tensors: Tensors
    variables: dict[str, tuple[Variable, ...]]
    masks: Masks

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        """The nodes by what is written: a check of what a node does need not look at each of thousands."""
        found: dict[int, list[str]] = {}
        for name in self.operations:
            found.setdefault(id(self.graph.node(name)), []).append(name)
        return tuple(
            Alike(self.graph.node(names[0]), self.operations[names[0]], tuple(names)) for names in found.values()
        )

    @cached_property
    def channels_first(self) -> bool:
        """Whether any layer has its channels before the axes of space."""
        return any(getattr(one, "data_format", None) == "channels_first" for one in self.operations.values())

    def tensor(self, source: Source) -> Tensor | None:
        """The tensor of a source, or None if it could not be inferred."""
        found = self.tensors.get(source.name)
        return found[source.position] if found else None

    def output(self, public: str) -> Tensor | None:
        """The tensor of an output of the model, or None if it could not be inferred."""
        source = self.graph.outputs.get(public)
        return None if source is None else self.tensor(source)


def infer(graph: Graph) -> tuple[ShapedModel, tuple[ShapeFault | MaskLost, ...]]:
    """Infer every tensor of the graph that can be inferred."""
    tensors: Tensors = {
        name: (Tensor((one.batch_size, *one.shape), one.dtype),) for name, one in graph.spec.inputs.items()
    }
    model = ShapedModel(graph, {}, tensors, {}, {})
    faults: list[ShapeFault | MaskLost] = []
    known: dict[Any, tuple[tuple[Tensor, ...], tuple[Variable, ...]]] = {}
    under: dict[int, Operation] = {}
    owners: dict[str, tuple[Variable, ...]] = {}
    shared = {node.owner for node in graph.spec.nodes.values() if node.owner}
    for name in graph.order:
        node, feeds = graph.node(name), graph.feeds.get(name)
        # Under a policy, a copy for each node would be much to keep.
        layer = under.get(id(node))
        if layer is None:
            layer = under[id(node)] = node.operation.under(graph.spec.dtype_policy)
        model.operations[name] = layer
        # What was inferred of a node that is written alike, for tensors that are alike.
        key = None if feeds is None else _key(model, node, feeds)
        if feeds is None or key is None:
            continue
        found = known.get(key)
        if found is not None and name not in shared:
            tensors[name], model.variables[name] = found
            continue
        arriving = _arriving(model, name, feeds)
        values = _at_ports(layer, arriving)
        try:
            before = _masks_before(model, name, feeds, values)
            outputs = outputs_of(layer, values, node.call)
            variables = variables_of(layer, values, node.call)
            variables = _own_variables(owners, node.owner or name, variables)
            if before or layer.makes_mask:
                faults += _hand_on(model, name, before, values)
        except Misfit as misfit:
            faults.append(_fault(model, name, misfit, feeds, arriving))
        else:
            tensors[name], model.variables[name] = outputs, variables
            # Of a layer that is shared another call may have made the variables.
            if not before and not layer.makes_mask and name not in shared:
                known[key] = outputs, variables
    return model, tuple(faults)


def _own_variables(
    owners: dict[str, tuple[Variable, ...]], owner: str, variables: tuple[Variable, ...]
) -> tuple[Variable, ...]:
    """The variables that a call makes: those of a shared layer are made by the first, and the others need the same.

    Raises:
        SharedDiffer: they need others.
    """
    made = owners.setdefault(owner, variables)
    if made is variables:
        return variables
    for one, other in zip(made, variables, strict=True):
        if one.shape != other.shape:
            raise SharedDiffer(owner, one.name, one.shape, other.shape)
    return ()


def _key(model: ShapedModel, node: Node, feeds: Feeds) -> tuple[Any, ...] | None:
    """All that the tensors of a node depend on, but for masks, of which it has one of its own; None without tensors."""
    key: list[Any] = [id(node)]
    for port, fed in feeds.items():
        key.append(port)
        for feed in fed:
            source = feed.source
            found = model.tensors.get(source.name)
            if found is None:
                return None
            key.append(found[source.position])
            if source.name in model.masks:
                key.append(source)
    return tuple(key)


def values_at(model: ShapedModel, name: str) -> Values:
    """The tensors at the ports of a node, as its layer sees them; with the masks that Keras puts there by itself."""
    feeds = model.graph.feeds[name]
    values = _at_ports(model.operations[name], _arriving(model, name, feeds))
    _masks_before(model, name, feeds, values)
    return values


def _arriving(model: ShapedModel, name: str, feeds: Feeds) -> dict[str, tuple[Tensor, ...]]:
    layer, tensors = model.operations[name], model.tensors
    return {
        port: tuple(layer.cast(tensors[feed.source.name][feed.source.position]) for feed in fed)
        for port, fed in feeds.items()
    }


def _at_ports(layer: Operation, arriving: dict[str, tuple[Tensor, ...]]) -> Values:
    ports = ports_of(type(layer))
    return {port: many if ports[port].many else many[0] for port, many in arriving.items()}


class _Before(NamedTuple):
    """The masks of what arrives at a node, port by port, and the port `mask` was filled with them or by an edge."""

    masks: dict[str, tuple[Tensor | None, ...]]
    feeds: Feeds

    def first(self, port: str) -> Feed:
        """What brings the first mask to a port."""
        return next(feed for feed, mask in zip(self.feeds[port], self.masks[port], strict=True) if mask is not None)


def _masks_before(model: ShapedModel, name: str, feeds: Feeds, values: Values) -> _Before | None:
    """The masks that arrive at a node, after Keras' rule put them into `values` where its layer takes them.

    Keras fills `mask` if one argument alone has tensors, and else `query_mask` beside `query`, and so on.
    """
    if not model.masks or not any(feed.source.name in model.masks for fed in feeds.values() for feed in fed):
        return None
    masks = {port: tuple(_mask(model, feed.source) for feed in fed) for port, fed in feeds.items()}
    ports = ports_of(type(model.operations[name]))
    for port, found in masks.items():
        taker = "mask" if len(feeds) == 1 else f"{port}_mask"
        if taker in ports and not ports[taker].many and taker not in values and found[0] is not None:
            values[taker] = found[0]
    return _Before(masks, feeds) if any(mask is not None for found in masks.values() for mask in found) else None


def _mask(model: ShapedModel, source: Source) -> Tensor | None:
    found = model.masks.get(source.name)
    return found[source.position] if found else None


def _hand_on(model: ShapedModel, name: str, before: _Before | None, values: Values) -> Iterator[MaskLost]:
    """Give the outputs of a node their masks, and tell where one is lost."""
    node, layer = model.graph.node(name), model.operations[name]
    ports = ports_of(type(layer))
    first = next(iter(values))
    arriving = before.masks.get(first, ()) if before else ()
    implied: Any = arriving if ports[first].many else next(iter(arriving), None)
    given = values.get("mask", implied)
    has_mask = any(mask is not None for mask in arriving)
    if not (layer.supports_masking or layer.makes_mask):
        if before and has_mask:
            yield _lost(model, name, before.first(first), "unsupported")
        return
    handed = mask_of(layer, given, values[first], node.call)
    outputs = len(layer.outputs(node.call))
    if any(mask is not None for mask in handed):
        model.masks[name] = (*handed, *[None] * outputs)[:outputs]
    if before and has_mask and not layer.makes_mask:
        if "mask" in ports and "mask" not in values and not ports["mask"].many:
            yield _lost(model, name, before.first(first), "unused")
        elif name not in model.masks and "mask" not in ports and f"{first}_mask" not in ports:
            yield _lost(model, name, before.first(first), "dropped")


def _lost(model: ShapedModel, name: str, feed: Feed, how: str) -> MaskLost:
    return MaskLost(feed.place, name, model.operations[name].kind(), model.graph.label(feed.source), how)


def _fault(
    model: ShapedModel, name: str, misfit: Misfit, feeds: Feeds, arriving: dict[str, tuple[Tensor, ...]]
) -> ShapeFault:
    graph = model.graph
    arrivals = tuple(
        Arrival(
            port,
            graph.label(feed.source),
            tensor,
            feed.place,
            model.tensors[feed.source.name][feed.source.position].dtype,
            feed.source,
        )
        for port, fed in feeds.items()
        for feed, tensor in zip(fed, arriving[port], strict=True)
    )
    kind = graph.node(name).operation.kind()
    return ShapeFault(name, kind, misfit, _concerned(arrivals, misfit.tensors), arrivals, model)


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
