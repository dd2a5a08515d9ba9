"""A shared layer is called with a tensor for which it would need other weights.

The weights are made at the first call. Keras refuses the second.

## Bad

```json
{
  "netwright": 1,
  "name": "pairs",
  "inputs": {"left": {"shape": [8]}, "right": {"shape": [6]}},
  "nodes": {
    "code": {"type": "Dense", "units": 4},
    "other": {"share": "code"},
    "distance": {"type": "Subtract"}
  },
  "edges": [["left", "code", "distance"], ["right", "other", "distance"]],
                                                    ^^^^^^^ `other` (Dense) shares the layer of `code`, whose `kernel` is (8, 4), but needs (6, 4)
  "outputs": {"distance": "distance"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "pairs",
  "inputs": {"left": {"shape": [8]}, "right": {"shape": [8]}},
  "nodes": {
    "code": {"type": "Dense", "units": 4},
    "other": {"share": "code"},
    "distance": {"type": "Subtract"}
  },
  "edges": [["left", "code", "distance"], ["right", "other", "distance"]],
  "outputs": {"distance": "distance"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import SharedDiffer
from netwright.shapes import ShapeFault
from netwright.words import layer, tick


@check("T419", keras=Noticed.BUILDING)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the variable, and both shapes."""
    misfit = fault.misfit
    assert isinstance(misfit, SharedDiffer)
    who, owner = layer(fault.node, fault.type), tick(misfit.owner)
    made, needed = (f"({', '.join(map(str, one))}{',' * (len(one) == 1)})" for one in (misfit.made, misfit.needed))
    yield Finding(
        fault.place,
        f"{who} shares the layer of {owner}, whose {tick(misfit.variable)} is {made}, but needs {needed}",
        help=f"give {tick(fault.node)} a layer of its own, or bring what it gets to the sizes that {owner} gets",
    )
