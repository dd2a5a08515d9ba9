r"""A string holds an escape that JSON does not have, or a raw control character.

A backslash begins an escape, and there are only these: `\"`, `\\`, `\/`, `\b`, `\f`, `\n`, `\r`, `\t`, and
`\u` with four hexadecimal digits. Tabs and other control characters are always written as escapes.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "description": "trained on D:\houses",
                               ^^ there is no escape `\h` in JSON
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
  "description": "trained on D:\\houses",
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
from netwright.scanner import BadString
from netwright.words import tick


@check("S113")
def find(fault: BadString) -> Iterator[Finding]:
    """Tell the characters that are wrong, and how they are written."""
    if not fault.what.startswith("\\"):
        written = "\\t" if fault.what == "\t" else f"\\u{ord(fault.what[0]):04x}"
        yield Finding(fault.place, "the string holds a raw control character", help=f"write it as {tick(written)}")
    elif fault.what == "\\u":
        yield Finding(fault.place, "the escape `\\u` needs four hexadecimal digits")
    else:
        yield Finding(
            fault.place, f"there is no escape {tick(fault.what)} in JSON", help="write a backslash itself as `\\\\`"
        )
