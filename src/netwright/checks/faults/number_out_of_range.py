"""A number is beyond what can be computed with.

Integers must fit into 64 bits and other numbers into a double. Beyond that, JSON readers round or give
infinity, each in its own way.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 100000000000000000000}},
                                                ^^^^^^^^^^^^^^^^^^^^^ the integer does not fit into 64 bits
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
  "nodes": {"price": {"type": "Dense", "units": 100}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.scanner import NumberOutOfRange


@check("S112")
def find(fault: NumberOutOfRange) -> Iterator[Finding]:
    """Tell which of the two limits it is."""
    if fault.integer:
        yield Finding(fault.place, "the integer does not fit into 64 bits")
    else:
        yield Finding(fault.place, "the number is beyond the range of a double, about 1.8e308")
