"""An input of a block is not fed exactly once.

Edges without a port fill the inputs of a block in their order; those with one name them.

## Bad

```json
{
  "netwright": 1,
  "name": "deep",
  "blocks": {
    "layer": {
      "params": {"units": {"type": "integer"}},
      "inputs": ["x", "scale"],
      "nodes": {"dense": {"type": "Dense", "units": "${units}"}},
      "edges": [["x", "dense"]],
      "outputs": {"x": "dense"}
    }
  },
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"hidden": {"block": "layer", "with": {"units": 4}, "repeat": 3}},
            ^^^^^^^^ nothing feeds the input `scale` of `hidden` (layer)
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

from netwright.blocks import UnfedInput
from netwright.diagnostics import Finding, check
from netwright.words import counted, listed, tick


@check("B612")
def find(fault: UnfedInput) -> Iterator[Finding]:
    """Tell the input, and how it is fed."""
    use = f"{tick(fault.use)} ({fault.block})"
    if not fault.fed:
        help_ = f"add an edge that ends in {tick(f'{fault.use}:{fault.input}')}"
        yield Finding(fault.place, f"nothing feeds the input {tick(fault.input)} of {use}", help=help_)
    elif fault.input:
        yield Finding(fault.place, f"the input {tick(fault.input)} of {use} is fed already")
    else:
        message = f"{use} takes {counted(len(fault.inputs), 'tensor')}, and each is fed already"
        yield Finding(fault.place, message, help=f"its inputs are {listed(fault.inputs)}" if fault.inputs else None)
