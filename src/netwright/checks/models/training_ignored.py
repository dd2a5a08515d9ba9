"""`training` is set at a node, and has no effect.

It holds only where somebody calls the model without saying whether it trains. `fit`, `evaluate`, `predict` and the exported
signatures all say it, and they win. For a dropout that stays on in predictions, call the model with `training=True`.

## Bad

```json
{
  "netwright": 1,
  "name": "uncertain",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"dropped": {"type": "Dropout", "rate": 0.5, "call": {"training": true}}},
                                                                             ^^^^ `training` of `dropped` (Dropout) has no effect: `fit`, `predict` and the exports say it for the whole model
  "edges": [["x", "dropped"]],
  "outputs": {"dropped": "dropped"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "uncertain",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"dropped": {"type": "Dropout", "rate": 0.5}},
  "edges": [["x", "dropped"]],
  "outputs": {"dropped": "dropped"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import layer


@check("T430", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each; not a null, which says nothing."""
    for node, _, names in model.alike:
        for name in names if getattr(node.call, "training", None) is not None else ():
            yield Finding(
                value_at("nodes", name, "call", "training"),
                f"`training` of {layer(name, node.operation.kind())} has no effect: `fit`, `predict` and the exports say "
                "it for the whole model",
                help="remove it",
            )
