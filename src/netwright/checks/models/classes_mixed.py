"""A metric takes each class of a softmax for a question of its own.

Of exclusive classes, most answers are no, and are easily right: `BinaryAccuracy` of a model of ten classes that always says
the same is 0.8 or more, and an `AUC` over all classes together looks much better than any class is.
Where the mixture is meant, `allow` it at the output.

## Bad

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 3, "activation": "softmax"}},
  "edges": [["x", "species"]],
  "outputs": {"species": "species"},
  "compile": {
    "optimizer": "adam",
    "loss": {"species": "categorical_crossentropy"},
    "metrics": {"species": ["auc"]}
                            ^^^^^ `auc` takes the 3 classes of `species` for questions of their own, but `species` (Dense) ends in `softmax`
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 3, "activation": "softmax"}},
  "edges": [["x", "species"]],
  "outputs": {"species": "species"},
  "compile": {
    "optimizer": "adam",
    "loss": {"species": "categorical_crossentropy"},
    "metrics": {"species": [{"type": "AUC", "multi_label": true}]}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.endings import output_ending
from netwright.objectives import metrics
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C518", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each such metric of an output whose probabilities sum to 1 over more than two classes."""
    for one, loss in metrics(model):
        if not one.facts.get("mixes") or one.argument("multi_label") or loss.target == "indices":
            continue
        made, classes = output_ending(model, one.output), one.tensor.last
        if made is not None and made.is_distribution and isinstance(classes, int) and classes > 2:
            yield Finding(
                one.place,
                f"{tick(one.name)} takes the {classes} classes of {tick(one.output)} for questions of their own, "
                f"but {made}",
                help="use `accuracy`"
                if one.facts.get("accuracy")
                else "set `multi_label`: then each class has its own",
            )
