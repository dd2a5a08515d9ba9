"""A value is of the wrong type.

Nothing is converted: `"64"` is no integer, `1` is no boolean, and a boolean is no number, though Keras takes
`"units": true` for one unit. `64.0` is the integer 64, as JSON has it.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "hidden": {"type": "Dense", "units": "64", "activation": "relu"},
                                         ^^^^ expected an integer, found `"64"`
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "hidden", "price"]],
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "hidden": {"type": "Dense", "units": 64, "activation": "relu"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "hidden", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

import re

from netwright.diagnostics import Finding, check
from netwright.drafts import WrongType
from netwright.words import choices, given

# What may stand in quotes by mistake, by the first words of what is needed.
_UNQUOTED = {
    "an integer": r"-?\d+",
    "a size": r"-?\d+|null",
    "a number": r"-?\d+(\.\d+)?",
    "true or false": r"true|false",
    "null": r"null",
}


@check("V206")
def find(fault: WrongType) -> Iterator[Finding]:
    """Tell what is needed and what is there, and the way out if there is only one."""
    yield Finding(fault.place, f"expected {fault.need}, found {given(fault.value)}", help=_way_out(fault))


def _way_out(fault: WrongType) -> str | None:
    if fault.choices:
        return f"write {choices(fault.choices)}"
    if not isinstance(fault.value, str):
        return None
    for need, pattern in _UNQUOTED.items():
        if fault.need.startswith(need) and re.fullmatch(pattern, fault.value):
            return "remove the quotes"
    return None
