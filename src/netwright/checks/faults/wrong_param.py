"""A value is not what its param declares.

Defaults, and what is set from outside, are checked against the declaration, which is a JSON Schema.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer", "minimum": 1, "default": 0}},
                                                                   ^ the default of `width` is `0`, but must be at least 1
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": "${width}"}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer", "minimum": 1, "default": 1}},
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": "${width}"}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.params import WrongParam
from netwright.words import given, tick


@check("B603")
def find(fault: WrongParam) -> Iterator[Finding]:
    """Tell where the value comes from, and what it must be."""
    what = {"default": "the default of {} is", "set": "{} is set to", "with": "{} is"}[fault.how]
    message = f"{what.format(tick(fault.name))} {given(fault.value)}, but must be {fault.need}"
    yield Finding(fault.place, message)
