"""Nodes feed each other in a circle.

None of them could be computed first. Layers that use their own output at the next step, such as `LSTM`, do so
inside.

## Bad

```json
{
  "netwright": 1,
  "name": "refined_prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "mix": {"type": "Add"},
    "refine": {"type": "Dense", "units": 8},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "mix", "refine", "mix"], ["refine", "price"]],
                                          ^^^^^ these nodes feed each other in a circle: `mix` -> `refine` -> `mix`
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "refined_prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "refine": {"type": "Dense", "units": 8},
    "mix": {"type": "Add"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "refine", "mix", "price"], ["features", "mix"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Note, Noticed, check
from netwright.graph_faults import Cycle
from netwright.words import chain, tick

# So many edges are shown beside the one that the finding points at.
_SHOWN = 3


@check("G310", keras=Noticed.NOWHERE)
def find(fault: Cycle) -> Iterator[Finding]:
    """Tell the circle, and the edges that make it unless they are many."""
    if len(fault.names) == 2:
        yield Finding(fault.place, f"{tick(fault.names[0])} feeds itself", help="remove this edge")
        return
    others = [
        Note(f"the edge {chain(fault.names[i : i + 2])}", place)
        for i, place in enumerate(fault.edges)
        if place != fault.place
    ]
    yield Finding(
        fault.place,
        f"these nodes feed each other in a circle: {chain(fault.names)}",
        help="remove one of the edges",
        notes=tuple(others) if len(others) <= _SHOWN else (),
    )
