"""There is no layer, loss, metric, optimizer, ... of that name.

Names are those of Keras 3, in Keras' spelling; of those that earlier versions had, the help says what takes their place.
Keras itself tells a wrong name of a layer when it builds the model, and of a loss or metric when the first batch comes in.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dens", "units": 1}},
                              ^^^^^^ netwright has no layer `Dens`
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
from netwright.drafts import UnknownObject
from netwright.words import MOST, listed, meant, tick


@check("V209")
def find(fault: UnknownObject) -> Iterator[Finding]:
    """Tell the name, and the nearest one, or all there are if they are few."""
    few = 0 < len(fault.choices) <= MOST
    everything = f"there are {listed(sorted(fault.choices))}" if few else None
    # Of these, a later Keras has more than this version knows.
    none = "netwright has no" if fault.noun in ("layer", "op") else "there is no"
    way_out = fault.use or meant(fault.near, everything)
    yield Finding(fault.place, f"{none} {fault.noun} {tick(fault.name)}", help=way_out)
