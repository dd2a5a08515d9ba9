"""A trained output is 1 whatever comes in: a softmax over an axis of size 1.

A single probability that sums to 1 is 1. Keras only warns, and the loss even falls: Keras computes it from the numbers
before the softmax.

## Bad

```json
{
  "netwright": 1,
  "name": "spam",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"spam": {"type": "Dense", "units": 1, "activation": "softmax"}},
  "edges": [["x", "spam"]],
  "outputs": {"spam": "spam"},
              ^^^^^^ `spam` is always 1: `spam` (Dense) ends in `softmax` over axis 1, of size 1
  "compile": {"optimizer": "adam", "loss": {"spam": "binary_crossentropy"}}
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
from netwright.endings import output_ending, sole_axis
from netwright.objectives import losses
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C513", keras=Noticed.WARNED)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each output with a loss that ends in such a softmax."""
    for one in losses(model):
        # Of a loss over classes, it is told that there has to be more than one.
        made = None if one.facts.get("constant") else output_ending(model, one.output)
        axis = sole_axis(model, made) if made else None
        if axis is not None:
            yield Finding(
                key_at("outputs", one.output),
                f"{tick(one.output)} is always 1: {made} over axis {axis}, of size 1",
                help="use `sigmoid` for the probability of yes, or a unit for each class",
            )
