"""A number is too small or too large.

The ranges are those for which Keras builds the layer and the result makes sense.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 0}},
                                                ^ `units` is `0`, but must be at least 1
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
from typing import Any

from netwright.diagnostics import Finding, check
from netwright.drafts import OutOfRange
from netwright.paths import Path
from netwright.words import at, given

# Arguments that say which share of the entries is dropped.
SHARES = ("rate", "dropout", "recurrent_dropout")


@check("V207")
def find(fault: OutOfRange) -> Iterator[Finding]:
    """Tell the value and its range."""
    path = fault.place.path
    yield Finding(
        fault.place,
        f"{at(path)} is {given(fault.value)}, but must be {fault.need}",
        help=_way_out(path, fault.value),
    )


def _way_out(path: Path, value: Any) -> str | None:
    if value == -1 and path[:1] == ("inputs",):
        return "write `null` for a size that is not known"
    if path[-1] in SHARES and isinstance(value, int | float) and 2 <= value < 100:
        return f"it is a share, no percentage: {value:g} percent are {given(round(value / 100, 6))}"
    return None
