"""No node uses the block.

In a library, a document with blocks and no inputs, that is as it should be.

## Bad

```json
{
  "netwright": 1,
  "name": "deep",
  "blocks": {
    "layer": {
    ^^^^^^^ no node uses the block `layer`
      "params": {"units": {"type": "integer"}},
      "inputs": ["x"],
      "nodes": {"dense": {"type": "Dense", "units": "${units}"}},
      "edges": [["x", "dense"]],
      "outputs": {"x": "dense"}
    }
  },
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"hidden": {"type": "Dense", "units": 4}},
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

from netwright.blocks import UnusedBlock
from netwright.diagnostics import Finding, Severity, check
from netwright.words import tick


@check("B614", Severity.WARNING)
def find(fault: UnusedBlock) -> Iterator[Finding]:
    """Tell the block."""
    yield Finding(fault.place, f"no node uses the block {tick(fault.name)}", help="use it, or remove it")
