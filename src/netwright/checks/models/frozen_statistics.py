"""A batch normalization is frozen behind layers that are trained.

It then uses its moving averages in training too, and never updates them. In a new model these are mean 0 and variance 1: it
normalizes nothing. Behind a frozen backbone, whose weights are loaded later, it is right.

## Bad

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "h": {"type": "Dense", "units": 16},
    "norm": {"type": "BatchNormalization", "trainable": false},
    ^^^^^^ `norm` (BatchNormalization) is frozen, but `h` before it is trained: it normalizes nothing
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["x", "h", "norm", "price"]],
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "h": {"type": "Dense", "units": 16},
    "norm": {"type": "BatchNormalization"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["x", "h", "norm", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.gradients import is_trained
from netwright.graph import each_feed
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import layer, tick

KIND = "BatchNormalization"


@check("T426", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each, with the nearest node before it that is trained."""
    frozen = [
        one for one in model.alike if one.operation.kind() == KIND and not getattr(one.operation, "trainable", True)
    ]
    for name in (name for one in frozen for name in one.names):
        trained = _nearest_trained(model, name)
        if trained is not None:
            yield Finding(
                key_at("nodes", name),
                f"{layer(name, KIND)} is frozen, but {tick(trained)} before it is trained: it normalizes nothing",
                help="let it be trained, or freeze what is before it too",
            )


def _nearest_trained(model: ShapedModel, name: str) -> str | None:
    """The first node with weights of its own before another, if it is trained."""
    seen, todo = set[str](), [name]
    while todo:
        one = todo.pop(0)
        for feed in each_feed(model.graph.feeds.get(one, {})):
            before = feed.source.name
            if is_trained(model, before):
                return before
            if before not in seen and not model.variables.get(before):
                seen.add(before)
                todo.append(before)
    return None
