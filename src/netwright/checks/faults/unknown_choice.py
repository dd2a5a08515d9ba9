"""A word is none of the few that may stand there.

## Bad

```json
{
  "netwright": 1,
  "name": "edges_of_images",
  "inputs": {"image": {"shape": [28, 28, 1]}},
  "nodes": {"conv": {"type": "Conv2D", "filters": 8, "kernel_size": 3, "padding": "full"}},
                                                                                  ^^^^^^ `padding` can't be `"full"`
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
  "nodes": {"conv": {"type": "Conv2D", "filters": 8, "kernel_size": 3, "padding": "same"}},
  "edges": [["image", "conv"]],
  "outputs": {"edges": "conv"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import UnknownChoice
from netwright.words import at, choices, given, meant


@check("V208")
def find(fault: UnknownChoice) -> Iterator[Finding]:
    """Tell the word, and the nearest one or all there are."""
    yield Finding(
        fault.place,
        f"{at(fault.place.path)} can't be {given(fault.value)}",
        help=f"{meant(fault.near)} the choices are {choices(fault.choices)}"
        if fault.near
        else f"write {choices(fault.choices)}",
    )
