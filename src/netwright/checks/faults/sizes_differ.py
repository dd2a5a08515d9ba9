"""Two tensors that meet in a layer have different sizes where they must agree.

## Bad

```json
{
  "netwright": 1,
  "name": "two_sensors",
  "inputs": {"left": {"shape": [10, 4]}, "right": {"shape": [12, 4]}},
  "nodes": {
    "both": {"type": "Concatenate"},
    "risk": {"type": "Dense", "units": 1}
  },
  "edges": [[["left", "right"], "both", "risk"]],
                                ^^^^^^ `both` (Concatenate) needs equal sizes, but axis 1 of `left` is 10 and axis 1 of `right` is 12
  "outputs": {"risk": "risk"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "two_sensors",
  "inputs": {"left": {"shape": [10, 4]}, "right": {"shape": [10, 4]}},
  "nodes": {
    "both": {"type": "Concatenate"},
    "risk": {"type": "Dense", "units": 1}
  },
  "edges": [[["left", "right"], "both", "risk"]],
  "outputs": {"risk": "risk"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Note, Noticed, check
from netwright.misfits import SizesDiffer
from netwright.shapes import ShapeFault
from netwright.words import gives, layer, tick


@check("T404", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the two sizes and where each comes from; where they were made on the way, only their shapes are known."""
    misfit = fault.misfit
    assert isinstance(misfit, SizesDiffer)
    if len(fault.at_fault) == 2:
        ends = tuple(tick(one.source) for one in fault.at_fault)
    else:
        ends = (str(misfit.first), str(misfit.second))
    sides = [f"axis {axis} of {end} is {size}" for axis, end, size in zip(misfit.axes, ends, misfit.sizes, strict=True)]
    notes = tuple(
        Note(gives(one.source, one.tensor), one.place if one.place != fault.place else None) for one in fault.at_fault
    )
    yield Finding(
        fault.place, f"{layer(fault.node, fault.type)} needs equal sizes, but {' and '.join(sides)}", notes=notes
    )
