"""Files import each other in a circle.

What two files need of each other belongs in a third.

## Bad

```json
{
  "netwright": 1,
  "imports": {"again": "example.json"},
                       ^^^^^^^^^^^^^^ files import each other in a circle: `this document` -> `this document`
  "blocks": {
    "layer": {
      "inputs": ["x"],
      "nodes": {"dense": {"type": "Dense", "units": 4}},
      "edges": [["x", "dense"]],
      "outputs": {"x": "dense"}
    }
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "deep",
  "blocks": {
    "layer": {
      "inputs": ["x"],
      "nodes": {"dense": {"type": "Dense", "units": 4}},
      "edges": [["x", "dense"]],
      "outputs": {"x": "dense"}
    }
  },
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"hidden": {"block": "layer"}},
  "edges": [["features", "hidden"]],
  "outputs": {"code": "hidden"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.imports import ImportCycle
from netwright.words import chain


@check("B616")
def find(fault: ImportCycle) -> Iterator[Finding]:
    """Tell the way round, in short."""
    yield Finding(fault.place, f"files import each other in a circle: {chain(fault.files)}")
