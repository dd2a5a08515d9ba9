"""No edge leads to a node.

Every node gets at least one tensor: there are no constants.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "hidden": {"type": "Dense", "units": 32, "activation": "relu"},
    "price": {"type": "Dense", "units": 1},
    "rent": {"type": "Dense", "units": 1}
    ^^^^^^ no edge leads to `rent`
  },
  "edges": [["features", "hidden", "price"]],
  "outputs": {"price": "price", "rent": "rent"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "hidden": {"type": "Dense", "units": 32, "activation": "relu"},
    "price": {"type": "Dense", "units": 1},
    "rent": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "hidden", ["price", "rent"]]],
  "outputs": {"price": "price", "rent": "rent"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.graph_faults import UnfedNode
from netwright.words import tick


@check("G309", keras=Noticed.NOWHERE)
def find(fault: UnfedNode) -> Iterator[Finding]:
    """Tell the node."""
    yield Finding(
        fault.place,
        f"no edge leads to {tick(fault.node)}",
        help=f'add a path to `edges`: `["...", "{fault.node}"]`',
    )
