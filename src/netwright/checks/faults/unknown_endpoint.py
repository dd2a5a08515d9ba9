"""An edge or an output names something that is neither a node nor an input.

## Bad

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"head": {"type": "Dense", "units": 1}},
  "edges": [["feature", "head"]],
             ^^^^^^^^^ there is no node or input `feature`
  "outputs": {"score": "head"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"head": {"type": "Dense", "units": 1}},
  "edges": [["features", "head"]],
  "outputs": {"score": "head"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.graph_faults import UnknownEndpoint
from netwright.words import listed, meant, tick


@check("G301", keras=Noticed.BUILDING)
def find(fault: UnknownEndpoint) -> Iterator[Finding]:
    """Tell the name, and the nearest one or all there are."""
    everything = f"the nodes and inputs are {listed(fault.choices)}"
    yield Finding(fault.place, f"there is no node or input {tick(fault.name)}", help=meant(fault.near, everything))
