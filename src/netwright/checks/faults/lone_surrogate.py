r"""A string holds half of a character.

In JSON a character beyond the first 65536 is written as two escapes, and one of the two alone is no
character. Python reads it and then can't save it.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "description": "prices of houses \ud83c",
                 ^^^^^^^^^^^^^^^^^^^^^^^^^ the string holds half of a character: a surrogate without its partner
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
  "description": "prices of houses \ud83c\udfe0",
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
from netwright.scanner import LoneSurrogate


@check("S111")
def find(fault: LoneSurrogate) -> Iterator[Finding]:
    """Tell the string."""
    yield Finding(
        fault.place,
        "the string holds half of a character: a surrogate without its partner",
        help="write the character itself, or both escapes: `\\ud83c\\udfe0`",
    )
