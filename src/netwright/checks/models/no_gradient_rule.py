"""Training needs the gradient of a function that has none in TensorFlow.

TensorFlow fails when it looks for it, at the first batch.

## Bad

```json
{
  "netwright": 1,
  "name": "distinct",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "h": {"type": "Dense", "units": 4},
    "kept": {"op": "unique", "size": 2, "axis": 1},
    ^^^^^^ training needs the gradient of `kept` (unique), and TensorFlow has none
    "y": {"type": "Dense", "units": 1}
  },
  "edges": [["x", "h", "kept", "y"]],
  "outputs": {"y": "y"},
  "compile": {"optimizer": "adam", "loss": {"y": "mse"}}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "distinct",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "kept": {"op": "unique", "size": 2, "axis": 1},
    "y": {"type": "Dense", "units": 1}
  },
  "edges": [["x", "kept", "y"]],
  "outputs": {"y": "y"},
  "compile": {"optimizer": "adam", "loss": {"y": "mse"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.gradients import gradients, is_float
from netwright.graph import each_feed
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import layer


@check("C526", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each such node that a loss reaches, and that something trained leads to."""
    refusing = [name for one in model.alike if one.operation.refuses_gradient for name in one.names]
    if not refusing or model.graph.spec.compile is None:
        return
    found = gradients(model)
    for name in refusing:
        feeds = each_feed(model.graph.feeds.get(name, {}))
        asked = any(feed.source.name in found.learning and is_float(model, feed.source) for feed in feeds)
        if name in found.reached and asked:
            yield Finding(
                key_at("nodes", name),
                f"training needs the gradient of {layer(name, model.operations[name].kind())}, and TensorFlow has none",
                help="put `stop_gradient` before it, or freeze what leads to it",
            )
