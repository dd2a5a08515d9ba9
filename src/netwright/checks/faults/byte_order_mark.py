r"""A file starts with a byte order mark.

It can't be seen, some editors on Windows write it, and many JSON readers refuse it: Python's says "Unexpected
UTF-8 BOM".

## Bad

```python
(
    b'\xef\xbb\xbf{\n'
    b'  "netwright": 1,\n'
    b'  "name": "prices",\n'
    b'  "inputs": {"features": {"shape": [8]}},\n'
    b'  "nodes": {"price": {"type": "Dense", "units": 1}},\n'
    b'  "edges": [["features", "price"]],\n'
    b'  "outputs": {"price": "price"}\n'
    b'}\n'
)
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
from netwright.scanner import ByteOrderMark


@check("S103")
def find(fault: ByteOrderMark) -> Iterator[Finding]:
    """Tell the mark."""
    yield Finding(
        fault.place, "the file starts with a byte order mark", help="save the file as UTF-8 without BOM (signature)"
    )
