"""What the budget of a spec limits, and what the model spends of it: shared by the checks of budgets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from netwright.costs import costs
from netwright.shapes import ShapedModel

NAMES = ("parameters", "flops", "memory")


class Item(NamedTuple):
    """One limit, what is `known` to be spent of it `by_node`, and the nodes of which it is `unknown`."""

    name: str
    limit: int
    by_node: dict[str, int]
    unknown: tuple[str, ...]

    @property
    def known(self) -> int:
        """What all nodes of which it is known spend together."""
        return sum(self.by_node.values())


def items(model: ShapedModel) -> Iterator[Item]:
    """The limits of the spec. There are none to speak of while a node could not be inferred."""
    budget = model.graph.spec.budget
    if budget is None or any(name not in model.tensors for name in model.graph.used):
        return
    each = costs(model)
    for name in NAMES:
        limit = getattr(budget, name)
        if limit is not None:
            spent = {node: getattr(cost, name) for node, cost in each.items()}
            known = {node: cost for node, cost in spent.items() if cost is not None}
            yield Item(name, limit, known, tuple(node for node in spent if node not in known))
