"""An input has a name that can't be an argument of a function.

The name of an input becomes an argument of the serving function. Keras builds and trains such a model, and
`export` breaks on `class`, `self` and the other words of Python.

## Bad

```json
{
  "netwright": 1,
  "name": "seats",
  "inputs": {"class": {"shape": [3]}},
             ^^^^^^^ an input can't be named `class`
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["class", "price"]],
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "seats",
  "inputs": {"seat_class": {"shape": [3]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["seat_class", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import ReservedName
from netwright.words import tick


@check("V213")
def find(fault: ReservedName) -> Iterator[Finding]:
    """Tell the name."""
    yield Finding(
        fault.place,
        f"an input can't be named {tick(fault.name)}",
        help="its name becomes an argument of a Python function: take one that is no word of Python",
    )
