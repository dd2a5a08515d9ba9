"""A port that a block does not have.

The ports of a block are its inputs, where an edge ends, and its outputs, where one begins. A block with several outputs needs
the port written.

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
  "nodes": {"hidden": {"block": "layer", "with": {"units": 4}, "repeat": 3}},
  "edges": [["features", "hidden:y"]],
                         ^^^^^^^^^^ `hidden` (layer) has no input `y`
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

from netwright.blocks import UnknownBlockPort
from netwright.diagnostics import Finding, check
from netwright.words import counted, listed, meant, tick


@check("B613")
def find(fault: UnknownBlockPort) -> Iterator[Finding]:
    """Tell the port, and those there are."""
    use, what = f"{tick(fault.use)} ({fault.block})", "output" if fault.outgoing else "input"
    everything = f"its {what}s are {listed(fault.choices)}" if fault.choices else None
    if fault.port:
        yield Finding(fault.place, f"{use} has no {what} {tick(fault.port)}", help=meant(fault.near, everything))
    else:
        yield Finding(
            fault.place,
            f"{use} has {counted(len(fault.choices), 'output')}, and it is not said which is meant",
            help=everything,
        )
