"""What outputs end in: the activation that makes their numbers, as far as the layers say it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from netwright.graph import Source
from netwright.operation import Activity, Operation
from netwright.shapes import ShapedModel
from netwright.words import layer, tick

# Activations whose numbers all lie between 0 and 1, and those among them that sum to 1.
DISTRIBUTIONS = frozenset({"softmax", "sparsemax"})
PROBABILITIES = DISTRIBUTIONS | {"sigmoid", "hard_sigmoid", "sparse_sigmoid"}
# Never below zero.
POSITIVE = PROBABILITIES | {"relu", "relu6", "softplus", "exponential", "exp", "squareplus", "sparse_plus"}
# What keeps probabilities what they are.
HARMLESS = frozenset({"linear", "relu", "relu6", "hard_tanh"})


class Ending(NamedTuple):
    """The node that makes the numbers of a tensor, and by what.

    `moved` is true if they were moved to other places since, so that the axis of the activation means another.
    """

    node: str
    kind: str
    activity: Activity
    moved: bool

    @property
    def function(self) -> str:
        """The name of the activation."""
        return self.activity.function

    @property
    def is_probabilities(self) -> bool:
        """Whether all numbers lie between 0 and 1."""
        return self.function in PROBABILITIES

    @property
    def is_distribution(self) -> bool:
        """Whether they also sum to 1."""
        return self.function in DISTRIBUTIONS

    def __str__(self) -> str:
        if self.function == "linear":
            return f"{layer(self.node, self.kind)} gives any numbers"
        return f"{layer(self.node, self.kind)} ends in {tick(self.function)}"


def ending(model: ShapedModel, source: Source | None) -> Ending | None:
    """What made the numbers of a tensor, or None if it can't be told.

    What is not `is_probabilities` can be any number that the activation gives: it is applied to sums that may be any.
    """
    moved = False
    outer: Ending | None = None
    for name, operation in straight_back(model, source):
        activity = operation.activity
        if operation.rearranges:
            moved = True
        elif activity is None:
            return None
        else:
            found = Ending(name, operation.kind(), activity, moved)
            if found.is_probabilities:
                return found if outer is None or outer.function in HARMLESS else None
            if activity.fresh and (outer is None or found.function == "linear"):
                return outer or found
            if activity.fresh or (outer is not None and found.function != "linear"):
                return None
            if found.function != "linear":
                outer = found
    return None


def output_ending(model: ShapedModel, output: str) -> Ending | None:
    """What made the numbers of an output, or None if it can't be told."""
    return ending(model, model.graph.outputs[output])


def straight_back(model: ShapedModel, source: Source | None) -> Iterator[tuple[str, Operation]]:
    """The nodes behind a tensor, the nearest first, as long as each has a single source."""
    while source is not None and source.name in model.operations:
        yield source.name, model.operations[source.name]
        source = only_source(model, source.name)


def own_endings(model: ShapedModel, functions: Collection[str]) -> Iterator[Ending]:
    """The nodes that end in one of these activations by themselves."""
    for _, operation, names in model.alike:
        activity = operation.activity
        if activity is not None and activity.function in functions:
            yield from (Ending(name, operation.kind(), activity, moved=False) for name in names)


def sole_axis(model: ShapedModel, made: Ending) -> int | None:
    """The axis over which probabilities sum to 1, if its size is 1."""
    tensor = model.tensor(Source(made.node))
    axis = made.activity.axis
    if tensor is None or not made.is_distribution or not isinstance(axis, int):
        return None
    return axis % tensor.rank if tensor.shape[axis] == 1 else None


def only_source(model: ShapedModel, name: str) -> Source | None:
    """What feeds a node, if that is one tensor only."""
    feeds = [feed for fed in model.graph.feeds.get(name, {}).values() for feed in fed]
    return feeds[0].source if len(feeds) == 1 else None
