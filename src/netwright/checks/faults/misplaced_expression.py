"""`${` stands where no expression can.

An expression is a whole string, and stands in shapes, arguments, targets and the compile section. Names, types, edges and
what an output comes from are the same whatever the params are.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer", "default": 64}},
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": "${width}", "kernel_initializer": "he_${width}"}},
                                                                                  ^^^^^^^^^^^^^ an expression can only be the whole string
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
  "nodes": {"price": {"type": "Dense", "units": "${width}", "kernel_initializer": "he_normal"}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.params import MisplacedExpression


@check("B606")
def find(fault: MisplacedExpression) -> Iterator[Finding]:
    """Tell whether it is the string or the part that has none."""
    why = "can only be the whole string" if fault.within else "can't stand here"
    yield Finding(fault.place, f"an expression {why}")
