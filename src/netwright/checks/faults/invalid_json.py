"""A file is no JSON.

The place is where the text stops making sense. What is wrong often stands just before it: a comma or a quote
that is missing, a bracket that is never closed.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}}
  "nodes": {"price": {"type": "Dense", "units": 1}},
  ^ expected `,` or `}`, found a string
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

from netwright.diagnostics import Finding, Note, check
from netwright.scanner import InvalidJson
from netwright.words import tick

# What begins a value or a key, so that only a comma may be missing before it.
_BEGINS = '"{['


@check("S105")
def find(fault: InvalidJson) -> Iterator[Finding]:
    """Tell what is there and what should be, and the bracket that is still open at the end of the file."""
    opened = (Note("the bracket that is not closed", fault.opened),) if fault.opened else ()
    yield Finding(fault.place, _message(fault), help=_way_out(fault), notes=opened)


def _message(fault: InvalidJson) -> str:
    if fault.place.offsets == (0, 1) and not fault.found:
        return "the file is empty"
    if _is_open_string(fault):
        return "the string is not closed on its line"
    found = tick(fault.found) if fault.found else "the end of the file"
    if fault.found == '"':
        found = "a string"
    return f"expected {fault.expected}, found {found}"


def _way_out(fault: InvalidJson) -> str | None:
    if _is_open_string(fault):
        return 'add the closing `"`; a line break inside a string is written `\\n`'
    if fault.found.startswith("'"):
        return "write strings in double quotes, and close them"
    if fault.expected.startswith("`,`") and fault.found and fault.found[0] in _BEGINS:
        return "is a comma missing before it?"
    if fault.expected == "the end of the file" and fault.found[0] in "]}":
        return "is there a bracket too many?"
    return None


def _is_open_string(fault: InvalidJson) -> bool:
    return fault.expected == 'a closing `"`'
