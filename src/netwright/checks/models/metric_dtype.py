"""A metric does not take outputs of this dtype.

TensorFlow finds the largest of several numbers for float32 only, and Keras does not cast the output first. It fails at
the first batch.

## Bad

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 9, "activation": "softmax", "dtype": "float64"}},
  "edges": [["x", "species"]],
  "outputs": {"species": "species"},
  "compile": {
    "optimizer": "adam",
    "loss": {"species": "categorical_crossentropy"},
    "metrics": {"species": ["top_k_categorical_accuracy"]}
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `top_k_categorical_accuracy` takes outputs of float32, but `species` is float64
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 9, "activation": "softmax"}},
  "edges": [["x", "species"]],
  "outputs": {"species": "species"},
  "compile": {
    "optimizer": "adam",
    "loss": {"species": "categorical_crossentropy"},
    "metrics": {"species": ["top_k_categorical_accuracy"]}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.objectives import metrics
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C531", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell the dtype that there is, and the one that there has to be."""
    for one, _ in metrics(model):
        needed = one.facts.get("dtype")
        if needed and one.tensor.dtype != needed and not one.argument("from_sorted_ids"):
            yield Finding(
                one.place,
                f"{tick(one.name)} takes outputs of {needed}, but {tick(one.output)} is {one.tensor.dtype}",
                help=f'give the last layer `"dtype": "{needed}"`',
            )
