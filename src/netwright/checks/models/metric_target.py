"""A metric takes other labels than the loss of the same output.

Labels are class numbers or one number per class, and both the loss and the metrics get the same ones. Some metrics fail at
the first batch, others compare what can't be compared and show a wrong number: `categorical_accuracy` on class numbers
says how often class 0 is predicted. The names `accuracy` and `crossentropy` follow the labels.

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
    "loss": {"species": "sparse_categorical_crossentropy"},
    "metrics": {"species": ["categorical_accuracy"]}
                            ^^^^^^^^^^^^^^^^^^^^^^ `categorical_accuracy` takes labels with a number for each class, but `sparse_categorical_crossentropy` takes class numbers
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
    "loss": {"species": "sparse_categorical_crossentropy"},
    "metrics": {"species": ["sparse_categorical_accuracy"]}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.objectives import Objective, fits_rank, metrics
from netwright.objects import family
from netwright.shapes import ShapedModel
from netwright.words import tick

WORDS = {
    "elements": "labels of the output's shape",
    "one_hot": "labels with a number for each class",
    "indices": "class numbers",
    "labels": "one label for each sample",
    "sequences": "sequences of class numbers",
}
# Which labels can stand for which.
ALIKE = {"elements": ("elements", "one_hot"), "one_hot": ("elements", "one_hot"), "indices": ("indices",)}


@check("C517", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell what labels the metric and the loss take."""
    for one, loss in metrics(model):
        if one.argument("sparse_y_pred") and loss.facts.get("made_by"):
            yield Finding(
                one.place,
                f"{tick(one.name)} takes outputs that are class numbers, but {tick(loss.name)} takes probabilities",
                help="use `BinaryIoU`" if loss.target == "elements" else "set `sparse_y_pred` to false",
            )
            continue
        wanted = _target(one)
        # A name that Keras reads by the shapes always fits.
        if not wanted or not loss.target or one.by_shape or not fits_rank(one) or wanted in ALIKE.get(loss.target, ()):
            continue
        yield Finding(
            one.place,
            f"{tick(one.name)} takes {WORDS[wanted]}, but {tick(loss.name)} takes {WORDS[loss.target]}",
            help=_way_out(one, loss),
        )


def _target(one: Objective) -> str:
    """The labels of a metric; of overlaps, their arguments say it."""
    sparse = one.argument("sparse_y_true")
    if one.target or sparse is None:
        return one.target
    return "indices" if sparse else "one_hot"


def _way_out(one: Objective, loss: Objective) -> str | None:
    if one.argument("sparse_y_true") is not None:
        return f"set `sparse_y_true` to {'true' if loss.target == 'indices' else 'false'}"
    name = one.entry.name if one.entry else ""
    other = f"Sparse{name}" if loss.target == "indices" else name.removeprefix("Sparse")
    known = family("metrics").entries
    if other == name or other not in known or loss.target not in ("indices", "one_hot"):
        return None
    return f"use {tick(known[other].aliases[0] if isinstance(one.value, str) else other)}"
