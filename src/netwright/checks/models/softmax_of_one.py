"""A softmax over an axis of size 1 gives 1, whatever comes in.

What is before it learns nothing and decides nothing. Keras only warns. A family of models may have a smallest member
with one expert or one head: `allow` it there.

## Bad

```json
{
  "netwright": 1,
  "name": "weighted",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "weight": {"type": "Dense", "units": 1, "activation": "softmax"},
    ^^^^^^^^ `weight` (Dense) ends in `softmax` over axis 1, of size 1: it is always 1
    "weighted": {"type": "Multiply"}
  },
  "edges": [["x", "weighted"], ["x", "weight", "weighted"]],
  "outputs": {"weighted": "weighted"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "weighted",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "weight": {"type": "Dense", "units": 1, "activation": "sigmoid"},
    "weighted": {"type": "Multiply"}
  },
  "edges": [["x", "weighted"], ["x", "weight", "weighted"]],
  "outputs": {"weighted": "weighted"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.endings import DISTRIBUTIONS, output_ending, own_endings, sole_axis
from netwright.objectives import losses
from netwright.paths import key_at
from netwright.shapes import ShapedModel


@check("T424", Severity.WARNING, keras=Noticed.WARNED)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each such node, but for those that make a trained output: that is told as an error."""
    ends = [output_ending(model, one.output) for one in losses(model)]
    told = {end.node for end in ends if end is not None}
    for made in own_endings(model, DISTRIBUTIONS):
        name, axis = made.node, sole_axis(model, made)
        if axis is not None and name not in told:
            yield Finding(
                key_at("nodes", name),
                f"{made} over axis {axis}, of size 1: it is always 1",
                help="use `sigmoid` for a share of each, or another axis",
            )
