"""ShapedModel -> the layer table: what each node is, what it makes, and how many parameters it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from netwright.compiler import CheckedModel
from netwright.tensors import Tensor


class Row(NamedTuple):
    """One input or node: `outputs` by port, parameters that training changes and that it does not, what feeds it."""

    name: str
    type: str
    outputs: dict[str, Tensor]
    trainable: int
    frozen: int
    fed_by: tuple[str, ...]
    used: bool = True


def rows(model: CheckedModel) -> Iterator[Row]:
    """The inputs, and then the nodes in the order in which they are computed."""
    shaped = model.shaped
    graph = shaped.graph
    for name in graph.spec.inputs:
        yield Row(name, "input", {"output": shaped.tensors[name][0]}, 0, 0, ())
    for name in graph.order:
        node = graph.node(name)
        outputs = dict(zip(node.layer.outputs(node.call), shaped.tensors[name], strict=True))
        trainable = sum(one.size for one in shaped.variables[name] if one.trainable)
        frozen = sum(one.size for one in shaped.variables[name] if not one.trainable)
        feeds = tuple(graph.label(feed.source) for fed in graph.feeds[name].values() for feed in fed)
        yield Row(name, type(node.layer).__name__, outputs, trainable, frozen, feeds, name in graph.used)
