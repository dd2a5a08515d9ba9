"""A string is in single quotes.

Python and JavaScript allow them, JSON does not.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": 'Dense', "units": 1}},
                              ^^^^^^^ the string is in single quotes
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
from netwright.scanner import SingleQuotes


@check("S108")
def find(fault: SingleQuotes) -> Iterator[Finding]:
    """Tell the string."""
    yield Finding(fault.place, "the string is in single quotes", help='write it in double quotes, `"`')
