"""Arrays and objects are nested too deeply.

No spec needs that. The limit is there so that no file can exhaust the stack.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
                                                                          ^ arrays and objects are nested deeper than 64 levels
    "features", "price"
  ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],
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
from netwright.syntax import TooDeep


@check("S104")
def find(fault: TooDeep) -> Iterator[Finding]:
    """Tell the limit."""
    yield Finding(fault.place, f"arrays and objects are nested deeper than {fault.limit} levels")
