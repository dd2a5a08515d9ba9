"""There is a comma after the last member of an array or object.

Python and JavaScript allow it, JSON does not, and no JSON reader but this one will tell you what else is wrong.

## Bad

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"head": {"type": "Dense", "units": 1}},
  "edges": [["x", "head"],],
                         ^ there is a comma before the closing `]`
  "outputs": {"score": "head"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"head": {"type": "Dense", "units": 1}},
  "edges": [["x", "head"]],
  "outputs": {"score": "head"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.scanner import TrailingComma


@check("S106")
def find(fault: TrailingComma) -> Iterator[Finding]:
    """Tell the comma."""
    yield Finding(fault.place, f"there is a comma before the closing `{fault.bracket}`", help="remove the comma")
