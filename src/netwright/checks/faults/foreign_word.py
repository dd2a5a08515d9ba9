"""A word of another language stands where JSON has its own, or none.

Python writes `True`, `False` and `None`, and its `json.dump` even writes `NaN` and `Infinity`, which are not
JSON and which most other readers refuse.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1, "use_bias": False}},
                                                               ^^^^^ `False` is not JSON
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
  "nodes": {"price": {"type": "Dense", "units": 1, "use_bias": false}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.scanner import ForeignWord
from netwright.words import tick


@check("S109")
def find(fault: ForeignWord) -> Iterator[Finding]:
    """Tell the word, and the one that JSON has for it."""
    instead = f"write {tick(fault.meant)}" if fault.meant else "write a finite number"
    yield Finding(fault.place, f"{tick(fault.word)} is not JSON", help=instead)
