"""A layer works on an axis that it can't work on.

## Bad

```json
{
  "netwright": 1,
  "name": "two_sensors",
  "inputs": {"left": {"shape": [3]}, "right": {"shape": [3]}},
  "nodes": {
    "both": {"type": "Concatenate", "axis": 0},
                                            ^ `axis` of `both` (Concatenate) is 0, but must be an axis after the batch axis
    "risk": {"type": "Dense", "units": 1}
  },
  "edges": [[["left", "right"], "both", "risk"]],
  "outputs": {"risk": "risk"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "two_sensors",
  "inputs": {"left": {"shape": [3]}, "right": {"shape": [3]}},
  "nodes": {
    "both": {"type": "Concatenate", "axis": 1},
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
from netwright.misfits import WrongAxis
from netwright.shapes import ShapeFault
from netwright.words import gives, layer, tick


@check("T412", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the axis, what it must be, and the tensor whose axis it is."""
    misfit = fault.misfit
    assert isinstance(misfit, WrongAxis)
    yield Finding(
        fault.place,
        f"{tick(misfit.argument or 'axis')} of {layer(fault.node, fault.type)} is {misfit.axis}, "
        f"but must be {misfit.need}",
        help="the axis of features or channels is the last, -1" if fault.type == "Concatenate" else None,
        notes=(Note(gives(fault.at_fault[0].source, misfit.tensor, each_step=misfit.each_step)),),
    )
