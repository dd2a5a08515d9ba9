"""An `allow` names a diagnostic that does not exist.

An `allow` is a list of names of warnings that are accepted at this input, node or output.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "price": {"type": "Dense", "units": 1},
    "rent": {"type": "Dense", "units": 1, "allow": ["unused-node", "unused"]}
                                                                   ^^^^^^^^ there is no diagnostic `unused`
  },
  "edges": [["features", ["price", "rent"]]],
  "outputs": {"price": "price"}
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
    "rent": {"type": "Dense", "units": 1, "allow": ["unused-node"]}
  },
  "edges": [["features", ["price", "rent"]]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import UnknownAllowance
from netwright.words import meant, tick


@check("V218")
def find(fault: UnknownAllowance) -> Iterator[Finding]:
    """Tell the name, and the nearest one."""
    yield Finding(fault.place, f"there is no diagnostic {tick(fault.name)}", help=meant(fault.near))
