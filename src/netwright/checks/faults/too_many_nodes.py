"""The document would become too large.

How many nodes and copies there will be is known before anything is expanded.

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
  "nodes": {"hidden": {"block": "layer", "with": {"units": 4}, "repeat": 1000000000000}},
            ^^^^^^^^ with its copies, the document has 1,000,000,000,001 nodes or more, but may have 100,000
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

from netwright.blocks import TooManyNodes
from netwright.diagnostics import Finding, check


@check("B610")
def find(fault: TooManyNodes) -> Iterator[Finding]:
    """Tell how many there would be, and how many there may be."""
    yield Finding(
        fault.place,
        f"with its copies, the document has {fault.size:,} nodes or more, but may have {fault.limit:,}",
    )
