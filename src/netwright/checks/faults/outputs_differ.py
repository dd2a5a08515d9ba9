"""A repeated block has an output that is not named after an input.

Each copy hands its outputs to the inputs of the next one by their names. An input without an output of its name goes to all
copies; an output without an input would be lost.

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
      "outputs": {"y": "dense"}
                  ^^^ the output `y` of `layer`, which is repeated, has no input of its name
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

from netwright.blocks import OutputsDiffer
from netwright.diagnostics import Finding, check
from netwright.words import listed, tick


@check("B609")
def find(fault: OutputsDiffer) -> Iterator[Finding]:
    """Tell the output, and the inputs there are."""
    yield Finding(
        fault.place,
        f"the output {tick(fault.output)} of {tick(fault.block)}, which is repeated, has no input of its name",
        help=f"name it after the input that it is in the next copy: {listed(fault.inputs, 'or')}",
    )
