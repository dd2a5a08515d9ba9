"""A layer works on an axis that its tensor does not have.

Axes count from 0, which is the batch axis, or from the end, with -1 the last.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "norm": {"type": "BatchNormalization", "axis": 3},
                                                   ^ `norm` (BatchNormalization) works on axis 3, but `features` gives (batch, 8)
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "norm", "price"]],
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "norm": {"type": "BatchNormalization", "axis": -1},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "norm", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import AxisOutOfRange
from netwright.shapes import ShapeFault
from netwright.words import gives, layer


@check("T408", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the axis, and those there are."""
    misfit = fault.misfit
    assert isinstance(misfit, AxisOutOfRange)
    rank = misfit.tensor.rank
    node, end = (
        layer(fault.node, fault.type),
        gives(fault.at_fault[0].source, misfit.tensor, each_step=misfit.each_step),
    )
    yield Finding(
        fault.place,
        f"{node} works on axis {misfit.axis}, but {end}",
        help=f"the axes are 0 (the batch) to {rank - 1}, or {-rank} to -1, counted from the end",
    )
