"""A spec is written in a newer version of the language.

`netwright` is the version of the language, not of the program. What a version accepts never changes its
meaning, and a newer one is not guessed at: nothing else in the document is looked at.

## Bad

```json
{
  "netwright": 2,
               ^ the spec is in version 2 of the language, but this netwright reads version 1
  "name": "prices",
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
from netwright.drafts import NewerVersion


@check("V202")
def find(fault: NewerVersion) -> Iterator[Finding]:
    """Tell both versions."""
    yield Finding(
        fault.place,
        f"the spec is in version {fault.version} of the language, but this netwright reads version {fault.ours}",
        help="upgrade netwright",
    )
