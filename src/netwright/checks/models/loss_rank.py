"""A loss is given an output with too few or too many axes.

A loss that compares classes needs an axis for them; others compare whole sequences, or vectors, and nothing else. Keras
finds out when the first batch comes in.

## Bad

```json
{
  "netwright": 1,
  "name": "labels",
  "inputs": {"x": {"shape": [10]}},
  "nodes": {"letters": {"type": "Dense", "units": 5}},
  "edges": [["x", "letters"]],
  "outputs": {"label": "letters"},
  "compile": {"optimizer": "adam", "loss": {"label": "ctc"}}
                                                     ^^^^^ `ctc` takes an output with 3 axes, but `label` has 2: (batch, 5)
}
```

## Good

```json
{
  "netwright": 1,
  "name": "labels",
  "inputs": {"x": {"shape": [10, 3]}},
  "nodes": {"letters": {"type": "Dense", "units": 5}},
  "edges": [["x", "letters"]],
  "outputs": {"label": "letters"},
  "compile": {"optimizer": "adam", "loss": {"label": "ctc"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.objectives import fits_rank, losses, wrong_rank
from netwright.shapes import ShapedModel


@check("C506", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell the number of axes that there is, and that there has to be, the batch axis counted."""
    for one in losses(model):
        if not fits_rank(one):
            yield Finding(one.place, wrong_rank(one))
