"""A key stands twice in the same object.

Most JSON readers, Python's among them, keep the last value without a word, so that a node that was copied and
not renamed silently replaces the other.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "hidden": {"type": "Dense", "units": 32, "activation": "relu"},
    "price": {"type": "Dense", "units": 1},
    "hidden": {"type": "Dense", "units": 16, "activation": "relu"}
    ^^^^^^^^ the key `hidden` stands twice in this object
  },
  "edges": [["features", "hidden", "price"]],
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
    "hidden_1": {"type": "Dense", "units": 32, "activation": "relu"},
    "hidden_2": {"type": "Dense", "units": 16, "activation": "relu"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "hidden_1", "hidden_2", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Note, check
from netwright.scanner import DuplicateKey
from netwright.words import tick


@check("S110")
def find(fault: DuplicateKey) -> Iterator[Finding]:
    """Tell the key, and where it stands first."""
    yield Finding(
        fault.place,
        f"the key {tick(fault.key)} stands twice in this object",
        help="rename or remove one of them",
        notes=(Note("the first one", fault.first),),
    )
