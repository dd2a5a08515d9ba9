"""A name is no param.

In an expression, every name but `min`, `max`, `if`, `else`, `true`, `false` and `null` is a param. From outside, `--set` sets only
what is declared.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer", "default": 64}},
  "inputs": {"features": {"shape": ["${width}"]}},
  "nodes": {"price": {"type": "Dense", "units": "${2 * widht}"}},
                                                       ^^^^^ there is no param `widht`
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
  "inputs": {"features": {"shape": ["${width}"]}},
  "nodes": {"price": {"type": "Dense", "units": "${2 * width}"}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.params import UnknownParam
from netwright.words import MOST, listed, meant, tick


@check("B601")
def find(fault: UnknownParam) -> Iterator[Finding]:
    """Tell the name, and the nearest one, or all there are if they are few."""
    few = 0 < len(fault.choices) <= MOST
    everything = f"there are {listed(sorted(fault.choices))}" if few else None
    who = f"the block {tick(fault.block)} has" if fault.block else "there is"
    to_set = " to set" if fault.how == "set" else ""
    yield Finding(fault.place, f"{who} no param {tick(fault.name)}{to_set}", help=meant(fault.near, everything))
