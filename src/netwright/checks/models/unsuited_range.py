"""A loss needs other numbers than the output gives.

The logarithm of a negative number is no number: with `poisson` the loss becomes NaN at once and stays so. Losses that compare
shares or overlaps cut negative numbers off, and learn nothing there.

## Bad

```json
{
  "netwright": 1,
  "name": "visits",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"visits": {"type": "Dense", "units": 1}},
  "edges": [["x", "visits"]],
  "outputs": {"visits": "visits"},
  "compile": {"optimizer": "adam", "loss": {"visits": "poisson"}}
                                                      ^^^^^^^^^ `poisson` takes numbers above 0, but `visits` (Dense) gives any numbers
}
```

## Good

```json
{
  "netwright": 1,
  "name": "visits",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"visits": {"type": "Dense", "units": 1, "activation": "softplus"}},
  "edges": [["x", "visits"]],
  "outputs": {"visits": "visits"},
  "compile": {"optimizer": "adam", "loss": {"visits": "poisson"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.endings import POSITIVE, Ending, output_ending
from netwright.objectives import losses
from netwright.shapes import ShapedModel
from netwright.words import tick

WANTED = {
    "positive": ("numbers above 0", "let it end in `softplus` or `exponential`"),
    "shares": ("numbers from 0 to 1", "let it end in `sigmoid`, or in `softmax`"),
}


@check("C522", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each output whose numbers go beyond."""
    for one in losses(model):
        if one.wants not in WANTED:
            continue
        made, (need, way_out) = output_ending(model, one.output), WANTED[one.wants]
        if made is not None and not _suits(made, one.wants):
            yield Finding(one.place, f"{tick(one.name)} takes {need}, but {made}", help=way_out)


def _suits(made: Ending, wanted: str) -> bool:
    return made.function in POSITIVE if wanted == "positive" else made.is_probabilities
