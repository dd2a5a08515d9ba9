"""Two lists stand side by side in a path.

A list stands for several edges at once, to or from the one stop beside it. Between two lists it could mean
every pair, or the first with the first.

## Bad

```json
{
  "netwright": 1,
  "name": "flats",
  "inputs": {"size": {"shape": [2]}, "place": {"shape": [3]}},
  "nodes": {
    "rent": {"type": "Dense", "units": 1},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [[["size", "place"], ["rent", "price"]]],
                                ^^^^^^^^^^^^^^^^^ two lists stand side by side in this path
  "outputs": {"rent": "rent", "price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "flats",
  "inputs": {"size": {"shape": [2]}, "place": {"shape": [3]}},
  "nodes": {
    "rent": {"type": "Dense", "units": 1},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["size", "rent"], ["place", "price"]],
  "outputs": {"rent": "rent", "price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import AdjacentLists


@check("V216")
def find(fault: AdjacentLists) -> Iterator[Finding]:
    """Tell the second of the two lists."""
    yield Finding(
        fault.place, "two lists stand side by side in this path", help="write one path for each edge that is meant"
    )
