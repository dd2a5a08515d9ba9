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
                                         ^^^^ `units` is `"64"`, but must be an integer
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

import re
from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import WrongType
from netwright.words import at, choices, given

# What may stand in quotes by mistake, by the first words of what is needed.
_UNQUOTED = {
    "an integer": r"-?\d+",
    "the version": r"\d+",
    "a number": r"-?\d+(\.\d+)?",
    "true or false": r"true|false",
    "null": r"null",
}


@check("V206")
def find(fault: WrongType) -> Iterator[Finding]:
    """Tell what is needed and what is there, and the way out where it is known."""
    yield Finding(
        fault.place,
        f"{at(fault.place.path)} is {given(fault.value)}, but must be {fault.need}",
        help=_way_out(fault),
    )


def _way_out(fault: WrongType) -> str | None:
    path, value = fault.place.path, fault.value
    if fault.choices:
        return f"write {choices(fault.choices)}"
    if fault.need.startswith("a list of stops"):
        return '`edges` is a list of paths, and each path a list: `[["from", "to"]]`'
    if path[:1] == ("compile",) and len(path) == 2 and fault.need == "an object":
        return f"give it for each output by name: {given({'output': value})}"
    one_size = fault.need == "a list of sizes" and isinstance(value, int) and not isinstance(value, bool)
    if one_size or (fault.need == "a list" and isinstance(value, str | dict)):
        return f"write {given([value])}"
    return _unquoted(fault.need, value) if isinstance(value, str) else None


def _unquoted(need: str, text: str) -> str | None:
    if need.startswith("an object with the `type`"):
        return f"write {given({'type': text})}"
    patterns = (pattern for words, pattern in _UNQUOTED.items() if need.startswith(words))
    return "remove the quotes" if any(re.fullmatch(pattern, text) for pattern in patterns) else None
