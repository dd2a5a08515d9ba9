"""The model costs more than its `budget` allows.

A budget is checked on every change: parameters are the elements of all variables, `flops` the operations of one forward
pass for one sample (a multiplication and an addition are two), `memory` the bytes of the outputs of all nodes for one
sample. Keras has no such limit.

## Bad

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [100]}},
  "nodes": {"hidden": {"type": "Dense", "units": 64}, "price": {"type": "Dense", "units": 1}},
  "edges": [["x", "hidden", "price"]],
  "outputs": {"price": "price"},
  "budget": {"parameters": 5000}
                           ^^^^ the model has 6,529 parameters, 1,529 more than its budget
}
```

## Good

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [100]}},
  "nodes": {"hidden": {"type": "Dense", "units": 32}, "price": {"type": "Dense", "units": 1}},
  "edges": [["x", "hidden", "price"]],
  "outputs": {"price": "price"},
  "budget": {"parameters": 5000}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.budgets import Item, items
from netwright.diagnostics import Finding, Noticed, check
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import layer

WORDS = {
    "parameters": "the model has {} parameters",
    "flops": "the model takes {} operations for a sample",
    "memory": "the activations of a sample take {} bytes",
}


@check("T416", keras=Noticed.NOWHERE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each limit that is exceeded, at least by what is known, and what costs most."""
    for item in items(model):
        if item.known > item.limit:
            least = "at least " if item.unknown else ""
            spent = WORDS[item.name].format(f"{least}{item.known:,}")
            message = f"{spent}, {item.known - item.limit:,} more than its budget"
            yield Finding(value_at("budget", item.name), message, help=_most(model, item))


def _most(model: ShapedModel, item: Item) -> str:
    """The nodes that cost most."""
    spending = [pair for pair in item.by_node.items() if pair[1]]
    most = sorted(spending, key=lambda pair: -pair[1])[:3]
    kinds = ((name, model.operations[name].kind(), cost) for name, cost in most)
    return "most of it is " + ", ".join(f"{layer(name, kind)} {cost:,}" for name, kind, cost in kinds)
