"""A list has too few or too many items.

## Bad

```json
{
  "netwright": 1,
  "name": "edges_of_images",
  "inputs": {"image": {"shape": [28, 28, 1]}},
  "nodes": {"conv": {"type": "Conv2D", "filters": 8, "kernel_size": [3, 3, 1]}},
                                                                    ^^^^^^^^^ `kernel_size` has 3 items, but must have 2
  "edges": [["image", "conv"]],
  "outputs": {"edges": "conv"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "edges_of_images",
  "inputs": {"image": {"shape": [28, 28, 1]}},
  "nodes": {"conv": {"type": "Conv2D", "filters": 8, "kernel_size": [3, 3]}},
  "edges": [["image", "conv"]],
  "outputs": {"edges": "conv"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import WrongItemCount
from netwright.words import at, counted


@check("V210")
def find(fault: WrongItemCount) -> Iterator[Finding]:
    """Tell both numbers of items."""
    number = counted(fault.got, "item")
    yield Finding(
        fault.place,
        f"{at(fault.place.path)} has {number}, but must have {fault.need}",
        help="one integer without a list stands for all of them" if fault.scalar else None,
    )
