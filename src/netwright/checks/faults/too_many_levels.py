"""Blocks use blocks beyond all bounds.

A block may use itself if something ends it: a use that is repeated 0 times is not expanded.

## Bad

```json
{
  "netwright": 1,
  "name": "deep",
  "blocks": {
    "layer": {
      "params": {"units": {"type": "integer"}},
      "inputs": ["x"],
      "nodes": {"dense": {"block": "layer", "with": {"units": "${units}"}}},
                ^^^^^^^ blocks are used 64 deep: `layer` -> `layer` -> `layer` -> `layer` -> `layer` -> `layer` -> `layer` -> `layer` -> ... -> `layer`
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

from netwright.blocks import TooManyLevels
from netwright.diagnostics import Finding, check
from netwright.words import chain


@check("B611")
def find(fault: TooManyLevels) -> Iterator[Finding]:
    """Tell the way down, in short."""
    yield Finding(
        fault.place,
        f"blocks are used {fault.limit} deep: {chain(fault.chain)}",
        help="end it by a use with `repeat` 0",
    )
