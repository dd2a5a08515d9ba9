"""A path of an edge leads nowhere.

A path goes from stop to stop, so it has two of them or more.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["features", "price"], ["price"]],
                                   ^^^^^^^^^ the path has 1 stop, but needs two or more
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
from netwright.drafts import ShortPath
from netwright.words import counted


@check("V215")
def find(fault: ShortPath) -> Iterator[Finding]:
    """Tell how many stops there are."""
    yield Finding(
        fault.place,
        f"the path has {counted(len(fault.stops), 'stop')}, but needs two or more",
        help='write where it comes from and where it leads: `["from", "to"]`',
    )
