"""A metric is given an output with too few or too many axes.

Some metrics look at one row per sample and nothing else. Keras finds out when the first batch comes in.

## Bad

```json
{
  "netwright": 1,
  "name": "tags",
  "inputs": {"words": {"shape": [7, 16]}},
  "nodes": {"tags": {"type": "Dense", "units": 5, "activation": "sigmoid"}},
  "edges": [["words", "tags"]],
  "outputs": {"tags": "tags"},
  "compile": {
    "optimizer": "adam",
    "loss": {"tags": "binary_crossentropy"},
    "metrics": {"tags": ["f1_score"]}
                         ^^^^^^^^^^ `f1_score` takes an output with 2 axes, but `tags` has 3: (batch, 7, 5)
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "tags",
  "inputs": {"words": {"shape": [7, 16]}},
  "nodes": {"tags": {"type": "Dense", "units": 5, "activation": "sigmoid"}},
  "edges": [["words", "tags"]],
  "outputs": {"tags": "tags"},
  "compile": {
    "optimizer": "adam",
    "loss": {"tags": "binary_crossentropy"},
    "metrics": {"tags": ["binary_accuracy"]}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.objectives import fits_rank, metrics, wrong_rank
from netwright.shapes import ShapedModel


@check("C516", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell the number of axes that there is, and that there has to be, the batch axis counted."""
    for one, _ in metrics(model):
        if not fits_rank(one):
            yield Finding(one.place, wrong_rank(one))
