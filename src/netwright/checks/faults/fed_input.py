"""An edge leads into an input of the model.

An input gets its tensor from outside. A path is read from left to right.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"size": {"shape": [2]}, "place": {"shape": [3]}},
  "nodes": {
    "hidden": {"type": "Dense", "units": 8, "activation": "relu"},
    "both": {"type": "Concatenate"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["size", "hidden", "both", "price"], ["both", "place"], ["place", "both"]],
                                                          ^^^^^^^ `place` is an input, and no edge can lead to it
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"size": {"shape": [2]}, "place": {"shape": [3]}},
  "nodes": {
    "hidden": {"type": "Dense", "units": 8, "activation": "relu"},
    "both": {"type": "Concatenate"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["size", "hidden", "both", "price"], ["place", "both"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.graph_faults import FedInput
from netwright.words import tick


@check("G305", keras=Noticed.NOWHERE)
def find(fault: FedInput) -> Iterator[Finding]:
    """Tell the input."""
    yield Finding(
        fault.place,
        f"{tick(fault.name)} is an input, and no edge can lead to it",
        help="a path goes from where a tensor is made to where it is used",
    )
