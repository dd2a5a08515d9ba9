"""A spec uses a part of the language that is not built yet.

The language is fixed as a whole, and netwright grows into it. Such a part is never ignored.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer", "default": 64}},
  ^^^^^^^^ this version of netwright does not support params yet
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
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
from netwright.drafts import NotYet


@check("V203")
def find(fault: NotYet) -> Iterator[Finding]:
    """Tell the part."""
    yield Finding(fault.place, f"this version of netwright does not support {fault.what} yet")
