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

from netwright.diagnostics import Finding, check
from netwright.drafts import OutOfRange
from netwright.words import at, given


@check("V207")
def find(fault: OutOfRange) -> Iterator[Finding]:
    """Tell the value and its range."""
    path = fault.place.path
    open_size = fault.value == -1 and path[:1] == ("inputs",)
    yield Finding(
        fault.place,
        f"{at(path)} is {given(fault.value)}, but must be {fault.need}",
        help="write `null` for a size that is not known" if open_size else None,
    )
