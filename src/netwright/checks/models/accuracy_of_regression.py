"""The accuracy of an output that is trained on quantities.

Accuracy counts how often the right class is predicted. Keras counts all the same: how often label and output both lie above
0.5, or have their greatest number at the same place. That says nothing of an error.

## Bad

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["x", "price"]],
  "outputs": {"price": "price"},
  "compile": {"optimizer": "adam", "loss": {"price": "mse"}, "metrics": {"price": ["accuracy"]}}
                                                                                   ^^^^^^^^^^ `accuracy` counts right classes, but `mse` trains `price` on quantities
}
```

## Good

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["x", "price"]],
  "outputs": {"price": "price"},
  "compile": {"optimizer": "adam", "loss": {"price": "mse"}, "metrics": {"price": ["mae"]}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.objectives import is_accuracy_of_regression, metrics
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C520", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each, but of outputs that are probabilities, or whose target has classes."""
    for one, loss in metrics(model):
        if is_accuracy_of_regression(model, one, loss):
            yield Finding(
                one.place,
                f"{tick(one.name)} counts right classes, but {tick(loss.name)} trains {tick(one.output)} on quantities",
                help="measure the error: `mae`, `root_mean_squared_error`, ...; or say how many `classes` the target has",
            )
