"""ShapedModel -> the layer table: what each node is, what it makes, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from netwright.compiler import CheckedModel
from netwright.costs import Cost, cost_of, memory_of, total
from netwright.tensors import Tensor


class Row(NamedTuple):
    """One input, node or use of a block: `outputs` by port, what it costs, what feeds it."""

    name: str
    type: str
    outputs: dict[str, Tensor]
    cost: Cost
    fed_by: tuple[str, ...]
    used: bool = True
    shares: str = ""


def rows(model: CheckedModel) -> Iterator[Row]:
    """The inputs, and then the nodes in the order in which they are computed."""
    shaped = model.shaped
    graph = shaped.graph
    for name in graph.spec.inputs:
        tensor = shaped.tensors[name][0]
        yield Row(name, "input", {"output": tensor}, Cost(0, 0, 0, memory_of([tensor])), ())
    for name in graph.order:
        node = graph.node(name)
        outputs = dict(zip(node.operation.outputs(node.call), shaped.tensors[name], strict=True))
        feeds = tuple(graph.label(feed.source) for fed in graph.feeds[name].values() for feed in fed)
        cost, used = cost_of(shaped, name), name in graph.used
        yield Row(name, node.operation.kind(), outputs, cost, feeds, used, node.owner)


def grouped(model: CheckedModel, every: Iterable[Row]) -> Iterator[Row]:
    """The same with one row for each use of a block, where its first node is."""
    members: dict[str, list[Row]] = {}
    order: list[Row | str] = []
    for row in every:
        use = row.name.partition(".")[0]
        if use == row.name:
            order.append(row)
            continue
        if use not in members:
            order.append(use)
        members.setdefault(use, []).append(row)
    for one in order:
        if isinstance(one, Row):
            yield one._replace(fed_by=tuple(outside(model, feed) for feed in one.fed_by))
            continue
        whole, inner = model.uses[one], members[one]
        feeds = dict.fromkeys(
            outside(model, feed) for row in inner for feed in row.fed_by if feed.partition(".")[0] != one
        )
        outputs = {name: tensor for name, token in whole.outputs.items() if (tensor := _tensor(model, token))}
        shares = next((row.shares.partition(".")[0] for row in inner if row.shares), "")
        cost, used = total(row.cost for row in inner), any(row.used for row in inner)
        yield Row(one, whole.block, outputs, cost, tuple(feeds), used, shares)


def outside(model: CheckedModel, feed: str) -> str:
    """A tensor as the document's own graph has it: the output of a use, for what is inside of it."""
    use = feed.partition(".")[0]
    if use == feed or use not in model.uses:
        return feed
    outputs = model.uses[use].outputs
    name = next((name for name, token in outputs.items() if token == feed), "")
    return f"{use}:{name}" if len(outputs) > 1 and name else use


def _tensor(model: CheckedModel, token: str) -> Tensor | None:
    """The tensor of an endpoint of the expanded document."""
    name, _, port = token.partition(":")
    shaped = model.shaped
    tensors = shaped.tensors.get(name)
    if tensors is None:
        return None
    if not port or name in shaped.graph.spec.inputs:
        return tensors[0]
    node = shaped.graph.node(name)
    names = node.operation.outputs(node.call)
    return tensors[int(port) if port.isdigit() else names.index(port)]
