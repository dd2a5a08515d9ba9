"""A document is no object.

A spec is one JSON object that says by name what there is: inputs, nodes, edges and outputs.

## Bad

```json
[{"type": "Dense", "units": 64, "activation": "relu"}, {"type": "Dense", "units": 1}]
^ a spec is an object, but this is a list
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "hidden": {"type": "Dense", "units": 64, "activation": "relu"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "hidden", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import NotASpec
from netwright.words import kind_of


@check("V201")
def find(fault: NotASpec) -> Iterator[Finding]:
    """Tell what it is instead."""
    yield Finding(
        fault.place,
        f"a spec is an object, but this is {kind_of(fault.value)}",
        help='write `{"netwright": 1, "name": ..., "inputs": ..., "outputs": ...}`',
    )
