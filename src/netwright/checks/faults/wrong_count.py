"""A layer that merges gets too few or too many tensors.

## Bad

```json
{
  "netwright": 1,
  "name": "balance",
  "inputs": {"income": {"shape": [12]}, "rent": {"shape": [12]}, "taxes": {"shape": [12]}},
  "nodes": {"rest": {"type": "Subtract"}},
  "edges": [[["income", "rent", "taxes"], "rest"]],
                                          ^^^^^^ `rest` (Subtract) takes 2 tensors at `inputs`, but gets 3
  "outputs": {"rest": "rest"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "balance",
  "inputs": {"income": {"shape": [12]}, "rent": {"shape": [12]}, "taxes": {"shape": [12]}},
  "nodes": {
    "costs": {"type": "Add"},
    "rest": {"type": "Subtract"}
  },
  "edges": [[["rent", "taxes"], "costs"], [["income", "costs"], "rest"]],
  "outputs": {"rest": "rest"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import WrongCount
from netwright.shapes import ShapeFault
from netwright.words import layer, tick


@check("T411", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell both numbers, at the last edge to that port."""
    misfit = fault.misfit
    assert isinstance(misfit, WrongCount)
    places = [one.place for one in fault.arrivals if one.port == misfit.port]
    noun = "tensor" if misfit.need == "1" else "tensors"
    yield Finding(
        places[-1] if places else fault.place,
        f"{layer(fault.node, fault.type)} takes {misfit.need} {noun} at {tick(misfit.port)}, but gets {misfit.got}",
    )
