"""The probabilities of an output sum to 1 over another axis than the loss takes for the classes.

Of an image of (height, width, classes), a softmax over axis 1 makes the rows compete, not the classes. Keras never says
so: it even computes the loss from the numbers before the softmax, over the right axis, so that training looks well and
predictions are wrong.

## Bad

```json
{
  "netwright": 1,
  "name": "segments",
  "inputs": {"image": {"shape": [8, 8, 3]}},
  "nodes": {
    "classes": {"type": "Conv2D", "filters": 4, "kernel_size": 1},
    "segments": {"type": "Softmax", "axis": 1}
  },
  "edges": [["image", "classes", "segments"]],
  "outputs": {"segments": "segments"},
  "compile": {"optimizer": "adam", "loss": {"segments": "categorical_crossentropy"}}
                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^ the classes of `categorical_crossentropy` are on axis 3 of `segments`, but its probabilities sum to 1 over axis 1
}
```

## Good

```json
{
  "netwright": 1,
  "name": "segments",
  "inputs": {"image": {"shape": [8, 8, 3]}},
  "nodes": {
    "classes": {"type": "Conv2D", "filters": 4, "kernel_size": 1},
    "segments": {"type": "Softmax"}
  },
  "edges": [["image", "classes", "segments"]],
  "outputs": {"segments": "segments"},
  "compile": {"optimizer": "adam", "loss": {"segments": "categorical_crossentropy"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.endings import output_ending
from netwright.objectives import losses
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C512", keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell both axes, counted from the batch axis."""
    for one in losses(model):
        made = output_ending(model, one.output) if one.facts.get("made_by") == "softmax" else None
        if made is None or made.moved or not made.is_distribution or not isinstance(made.activity.axis, int):
            continue
        rank, axis = one.tensor.rank, one.argument("axis")
        axis = -1 if axis is None else axis
        classes = axis % rank
        if -rank <= axis < rank and made.activity.axis % rank != classes:
            yield Finding(
                one.place,
                f"the classes of {tick(one.name)} are on axis {classes} of {tick(one.output)}, but its probabilities "
                f"sum to 1 over axis {made.activity.axis % rank}",
                help=f"remove `axis` of {tick(made.node)}, or move the classes to the end",
            )
