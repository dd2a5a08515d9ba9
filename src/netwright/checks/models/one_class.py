"""A loss or metric that compares classes is given an output with a single unit.

The probabilities of one class always sum to 1, so the loss is the same whatever the model predicts (for labels given
as indices, every label but 0 is out of range), and nothing is learned. Keras does not object.

## Bad

```json
{
  "netwright": 1,
  "name": "spam",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"spam": {"type": "Dense", "units": 1, "activation": "sigmoid"}},
  "edges": [["x", "spam"]],
  "outputs": {"spam": "spam"},
  "compile": {"optimizer": "adam", "loss": {"spam": "categorical_crossentropy"}}
                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ `categorical_crossentropy` needs a unit for each class, but the output `spam` has 1: (batch, 1)
}
```

## Good

```json
{
  "netwright": 1,
  "name": "spam",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"spam": {"type": "Dense", "units": 1, "activation": "sigmoid"}},
  "edges": [["x", "spam"]],
  "outputs": {"spam": "spam"},
  "compile": {"optimizer": "adam", "loss": {"spam": "binary_crossentropy"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.objectives import Objective, losses, metrics
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C505", keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each such loss or metric on an output whose last axis is known to have size 1."""
    for one in (*losses(model), *_of_classes(model)):
        if one.facts.get("constant") and one.tensor.rank >= max(2, one.least_rank) and one.tensor.last == 1:
            yield Finding(
                one.place,
                f"{tick(one.name)} needs a unit for each class, but the output {tick(one.output)} has 1: {one.tensor}",
                help="for two classes use `binary_crossentropy` on one sigmoid unit, or two units",
            )


def _of_classes(model: ShapedModel) -> Iterator[Objective]:
    """The metrics of classes; not where the loss is told already, or takes labels that they don't."""
    for one, loss in metrics(model):
        if one.target == "one_hot" and loss.target in ("elements", "one_hot") and not loss.facts.get("constant"):
            yield one
