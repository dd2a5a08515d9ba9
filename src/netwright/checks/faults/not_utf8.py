r"""A file is not encoded as UTF-8.

JSON that is exchanged is UTF-8. In another encoding the same bytes are other letters, or none, and a name
read wrongly would be saved wrongly.

## Bad

```python
(
    b'{\n'
    b'  "netwright": 1,\n'
    b'  "name": "prices",\n'
    b'  "description": "prices of caf\xe9s",\n'
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
  "description": "prices of cafés",
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
from netwright.syntax import NotUtf8


@check("S102")
def find(fault: NotUtf8) -> Iterator[Finding]:
    """Tell the first byte that is wrong, or the encoding that the file seems to have."""
    if fault.looks_like:
        message = f"the file looks like {fault.looks_like}, and must be UTF-8"
    else:
        message = f"the byte 0x{fault.byte:02x} is not UTF-8"
    yield Finding(fault.place, message, help="save the file as UTF-8")
