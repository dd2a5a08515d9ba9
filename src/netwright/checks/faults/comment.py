"""There is a comment.

JSON has none, and a reader that lets them through makes specs that no other tool can read. A spec, an input,
a node and an output each have a `description` for what is worth saying.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  // one number: the price in euros
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ there are no comments in JSON
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
  "nodes": {"price": {"type": "Dense", "units": 1, "description": "one number: the price in euros"}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.scanner import Comment


@check("S107")
def find(fault: Comment) -> Iterator[Finding]:
    """Tell the comment."""
    yield Finding(
        fault.place, "there are no comments in JSON", help="remove it, or write it as a `description` where it belongs"
    )
