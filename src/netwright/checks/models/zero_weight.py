"""The loss of an output counts 0 times.

The output is then not trained, and what only it depends on stays as it was initialised. An output that
is not to be trained has the loss `null`.

## Bad

```json
{
  "netwright": 1,
  "name": "price_and_category",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "price": {"type": "Dense", "units": 1},
    "category": {"type": "Dense", "units": 3, "activation": "softmax"}
  },
  "edges": [["x", ["price", "category"]]],
  "outputs": {"price": "price", "category": "category"},
  "compile": {
    "optimizer": "adam",
    "loss": {"price": "mse", "category": "categorical_crossentropy"},
    "loss_weights": {"price": 0.0}
                              ^^^ the loss of `price` counts 0 times: nothing is learned from it
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "price_and_category",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "price": {"type": "Dense", "units": 1},
    "category": {"type": "Dense", "units": 3, "activation": "softmax"}
  },
  "edges": [["x", ["price", "category"]]],
  "outputs": {"price": "price", "category": "category"},
  "compile": {"optimizer": "adam", "loss": {"price": null, "category": "categorical_crossentropy"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.compile_keys import trained_only_for
from netwright.diagnostics import Finding, Note, Noticed, Severity, check
from netwright.objectives import losses
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import listed, tick


@check("C521", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each, and the nodes that are never trained for it."""
    section = model.graph.spec.compile
    weights = section.loss_weights if section else {}
    for one in losses(model):
        if weights.get(one.output) == 0:
            idle = trained_only_for(model, one.output)
            yield Finding(
                value_at("compile", "loss_weights", one.output),
                f"the loss of {tick(one.output)} counts 0 times: nothing is learned from it",
                help="give it another weight, or the output the loss `null`",
                notes=(Note(f"{listed(idle)} would never be trained"),) if idle else (),
            )
