"""A loss weight, or metrics, are given for an output that is not trained.

A `null` loss says that an output is not trained, on purpose. A weight of nothing, or a metric that no target comes in
for, says the opposite; one of the two is a leftover.

## Bad

```json
{
  "netwright": 1,
  "name": "price_and_embedding",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "trunk": {"type": "Dense", "units": 16, "activation": "relu"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["x", "trunk", "price"]],
  "outputs": {"price": "price", "embedding": "trunk"},
  "compile": {
    "optimizer": "adam",
    "loss": {"price": "mse", "embedding": null},
    "loss_weights": {"price": 1.0, "embedding": 0.5}
                                   ^^^^^^^^^^^ the output `embedding` has a loss weight, but its loss is `null`
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "price_and_embedding",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "trunk": {"type": "Dense", "units": 16, "activation": "relu"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["x", "trunk", "price"]],
  "outputs": {"price": "price", "embedding": "trunk"},
  "compile": {
    "optimizer": "adam",
    "loss": {"price": "mse", "embedding": null},
    "loss_weights": {"price": 1.0}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import tick

WORDS = {"loss_weights": "a loss weight", "metrics": "metrics", "weighted_metrics": "weighted metrics"}


@check("C503", keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each weight and each list of metrics of an output whose loss is null. An empty list says nothing."""
    section = model.graph.spec.compile
    if section is None:
        return
    for name, words in WORDS.items():
        for output, given in getattr(section, name).items():
            if section.loss.get(output, "missing") is None and given != []:
                yield Finding(
                    key_at("compile", name, output),
                    f"the output {tick(output)} has {words}, but its loss is `null`",
                    help="give it a loss, or remove this",
                )
