"""A file is larger than what is read.

A spec written by hand has a few kilobytes. The limit is there so that no file can fill the memory, and what
is beyond it is not looked at.

## Bad

```json size=160
{
^ the file is larger than 160 bytes
  "netwright": 1,
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
from netwright.syntax import FileTooLarge
from netwright.words import bytes_of


@check("S101")
def find(fault: FileTooLarge) -> Iterator[Finding]:
    """Tell the limit."""
    yield Finding(
        fault.place,
        f"the file is larger than {bytes_of(fault.limit)}",
        help="check that this is the spec you mean; `--max-size` sets the limit",
    )
