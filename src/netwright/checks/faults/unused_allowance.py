"""An `allow` silences nothing.

What it was for is gone, or it is an error: errors can't be allowed. An allowance that outlives its reason
would hide the next mistake of its kind.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "price": {"type": "Dense", "units": 1},
    "rent": {"type": "Dense", "units": 1, "allow": ["unused-node"]}
                                                    ^^^^^^^^^^^^^ `unused-node` is allowed here, but does not occur
  },
  "edges": [["features", ["price", "rent"]]],
  "outputs": {"price": "price", "rent": "rent"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "price": {"type": "Dense", "units": 1},
    "rent": {"type": "Dense", "units": 1}
  },
  "edges": [["features", ["price", "rent"]]],
  "outputs": {"price": "price", "rent": "rent"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Severity, check
from netwright.drafts import UnusedAllowance
from netwright.words import tick


@check("V219", Severity.WARNING)
def find(fault: UnusedAllowance) -> Iterator[Finding]:
    """Tell the name, and whether it is one that can be allowed at all."""
    if fault.error:
        yield Finding(fault.place, f"{tick(fault.name)} is an error, and only warnings can be allowed")
    else:
        yield Finding(fault.place, f"{tick(fault.name)} is allowed here, but does not occur", help="remove it")
