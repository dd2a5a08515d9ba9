"""A param is in no expression.

Setting it would change nothing, which nobody who sets it expects.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer", "default": 64}},
             ^^^^^^^ no expression has the param `width`
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 64}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer", "default": 64}},
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": "${width}"}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Severity, check
from netwright.params import UnusedParam
from netwright.words import tick


@check("B604", Severity.WARNING)
def find(fault: UnusedParam) -> Iterator[Finding]:
    """Tell the param."""
    written = tick(f"${{{fault.name}}}")
    yield Finding(
        fault.place,
        f"no expression has the param {tick(fault.name)}",
        help=f"write {written} where it is meant, or remove it",
    )
