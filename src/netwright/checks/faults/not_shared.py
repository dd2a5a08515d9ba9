"""A node shares with what can't be shared.

A node can be one more call of a layer, or of all layers of a block, in the same graph. Ops have no weights to share; what shares
names the node whose layer it is, not another that shares it.

## Bad

```json
{
  "netwright": 1,
  "name": "pairs",
  "inputs": {"left": {"shape": [8]}, "right": {"shape": [8]}},
  "nodes": {
    "code": {"type": "Dense", "units": 4},
    "other": {"share": "cod"},
                       ^^^^^ there is no layer or block `cod` to share
    "distance": {"type": "Subtract"}
  },
  "edges": [["left", "code", "distance"], ["right", "other", "distance"]],
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

from netwright.blocks import NotShared
from netwright.diagnostics import Finding, check
from netwright.words import MOST, listed, meant, tick


@check("B617")
def find(fault: NotShared) -> Iterator[Finding]:
    """Tell why, and what can be shared."""
    what = tick(fault.name)
    message = {
        "unknown": f"there is no layer or block {what} to share",
        "op": f"{what} is an op, which has no weights to share",
        "share": f"{what} shares itself: name the node that it shares with",
        "call": f"{what} is a block, of which no call has arguments",
    }[fault.why]
    few = 0 < len(fault.choices) <= MOST
    everything = f"there are {listed(sorted(fault.choices))}" if few and fault.why == "unknown" else None
    yield Finding(fault.place, message, help=meant(fault.near, everything))
