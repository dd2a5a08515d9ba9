"""A param has no value.

It has no default, so that it must be set from outside, with `--set` or the argument `params` of the library.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer"}},
             ^^^^^^^ the param `width` has no value: it has no default and is not set
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

from netwright.diagnostics import Finding, check
from netwright.params import MissingParam
from netwright.words import tick


@check("B602")
def find(fault: MissingParam) -> Iterator[Finding]:
    """Tell both ways to give it one."""
    if fault.block:
        written = tick(f'"with": {{"{fault.name}": ...}}')
        message = f"the block {tick(fault.block)} needs the param {tick(fault.name)}, which has no default"
        yield Finding(fault.place, message, help=f"give it one: {written}")
        return
    message = f"the param {tick(fault.name)} has no value: it has no default and is not set"
    yield Finding(fault.place, message, help=f"give it a default, or set it: `--set {fault.name}=...`")
