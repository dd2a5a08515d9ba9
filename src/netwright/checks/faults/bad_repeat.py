"""A block is repeated by something that is no number of times.

`repeat` is an integer from 0 on, or an expression that gives one. With 0, there is no copy, and outputs are the inputs of the
same names.

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
  "nodes": {"hidden": {"block": "layer", "with": {"units": 4}, "repeat": "${2 - 3}"}},
                                                                         ^^^^^^^^^^ `repeat` is `-1`, but must be an integer from 0 on
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

from netwright.blocks import BadRepeat
from netwright.diagnostics import Finding, check
from netwright.words import given


@check("B608")
def find(fault: BadRepeat) -> Iterator[Finding]:
    """Tell the value."""
    yield Finding(fault.place, f"`repeat` is {given(fault.value)}, but must be an integer from 0 on")
