"""ShapedModel -> the layer table: what each node is, what it makes, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from netwright.compiler import CheckedModel
from netwright.costs import Cost, cost_of, memory_of
from netwright.tensors import Tensor


class Row(NamedTuple):
    """One input or node: `outputs` by port, what it costs, what feeds it."""

    name: str
    type: str
    outputs: dict[str, Tensor]
    cost: Cost
    fed_by: tuple[str, ...]
    used: bool = True


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
        yield Row(name, node.operation.kind(), outputs, cost_of(shaped, name), feeds, name in graph.used)
