"""A node uses a block that there is not.

Blocks are declared in `blocks`, or come from an imported file, as `file.block`.

## Bad

```json
{
  "netwright": 1,
  "name": "deep",
  "blocks": {
    "layer": {
      "params": {"units": {"type": "integer"}},
      "inputs": ["x"],
      "nodes": {"dense": {"type": "Dense", "units": "${units}"}},
      "edges": [["x", "dense"]],
      "outputs": {"x": "dense"}
    }
  },
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"hidden": {"block": "layr", "with": {"units": 4}, "repeat": 3}},
                                ^^^^^^ there is no block `layr`
  "edges": [["features", "hidden"]],
  "outputs": {"code": "hidden"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "deep",
  "blocks": {
    "layer": {
      "params": {"units": {"type": "integer"}},
      "inputs": ["x"],
      "nodes": {"dense": {"type": "Dense", "units": "${units}"}},
      "edges": [["x", "dense"]],
      "outputs": {"x": "dense"}
    }
  },
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"hidden": {"block": "layer", "with": {"units": 4}, "repeat": 3}},
  "edges": [["features", "hidden"]],
  "outputs": {"code": "hidden"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.blocks import UnknownBlock
from netwright.diagnostics import Finding, check
from netwright.words import MOST, listed, meant, tick


@check("B607")
def find(fault: UnknownBlock) -> Iterator[Finding]:
    """Tell the name, and the nearest one, or all there are if they are few."""
    few = 0 < len(fault.choices) <= MOST
    everything = f"there are {listed(sorted(fault.choices))}" if few else None
    yield Finding(fault.place, f"there is no block {tick(fault.name)}", help=meant(fault.near, everything))
