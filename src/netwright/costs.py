"""ShapedModel -> what it costs: parameters, operations and the memory of activations, node by node.

Operations are those of one forward pass in inference for one sample, counted as TensorFlow's profiler does: a
multiplication and the addition after it are two. Memory is that of all outputs of all nodes for one sample, which is
what training keeps for the way back; texts, whose length nobody knows, count for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from netwright.misfits import Misfit
from netwright.operation import flops_of
from netwright.shapes import ShapedModel, values_at
from netwright.tensors import Tensor

# Bytes of one element.
SIZES = {
    "float16": 2, "bfloat16": 2, "float32": 4, "float64": 8, "int8": 1, "int16": 2, "int32": 4, "int64": 8,
    "uint8": 1, "uint16": 2, "uint32": 4, "uint64": 8, "bool": 1, "string": 0,
}  # fmt: skip


class Cost(NamedTuple):
    """What one node costs, or all of them. What depends on a size that is not known is None."""

    trainable: int
    frozen: int
    flops: int | None
    memory: int | None

    @property
    def parameters(self) -> int:
        """The elements of all variables."""
        return self.trainable + self.frozen


def cost_of(model: ShapedModel, name: str) -> Cost:
    """The cost of one node of a model without errors."""
    node, layer = model.graph.node(name), model.operations[name]
    made = model.variables[name]
    return Cost(
        sum(one.size for one in made if one.trainable),
        sum(one.size for one in made if not one.trainable),
        _known(lambda: flops_of(layer, values_at(model, name), node.call)),
        memory_of(model.tensors[name]),
    )


def memory_of(tensors: Iterable[Tensor]) -> int | None:
    """The bytes of one sample of the tensors."""
    return _known(lambda: sum(SIZES[one.dtype] * one.each_sample() for one in tensors))


def total(costs: Iterable[Cost]) -> Cost:
    """The sum of costs."""
    rows = list(costs)
    flops, memory = [one.flops for one in rows], [one.memory for one in rows]
    return Cost(sum(one.trainable for one in rows), sum(one.frozen for one in rows), _sum(flops), _sum(memory))


def costs(model: ShapedModel) -> dict[str, Cost]:
    """The cost of each node that is built: what no output depends on is not."""
    return {name: cost_of(model, name) for name in model.graph.order if name in model.graph.used}


def _known(count: Callable[[], int]) -> int | None:
    try:
        return count()
    except Misfit:
        return None


def _sum(numbers: list[int | None]) -> int | None:
    known = [one for one in numbers if one is not None]
    return sum(known) if len(known) == len(numbers) else None
