"""A model has no inputs, or no outputs.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["features", "price"]],
  "outputs": {}
             ^^ `outputs` is empty, but must have at least one entry
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import EmptyMap
from netwright.words import tick

_ENTRIES = {
    "inputs": '`{"features": {"shape": [8]}}`',
    "outputs": '`{"price": "node"}`, with the name of a node',
}


@check("V217")
def find(fault: EmptyMap) -> Iterator[Finding]:
    """Tell which of the two it is, and what an entry looks like."""
    entry = _ENTRIES.get(fault.name)
    yield Finding(
        fault.place,
        f"{tick(fault.name)} is empty, but must have at least one entry",
        help=f"write for example {entry}" if entry else None,
    )
