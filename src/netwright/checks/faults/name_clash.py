"""An input and a node have the same name.

Edges name both, so they share one set of names. Keras refuses such a model too, when it is built.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"price": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
            ^^^^^^^ `price` is both an input and a node
  "edges": [],
  "outputs": {"forecast": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"past_prices": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["past_prices", "price"]],
  "outputs": {"forecast": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Note, Noticed, check
from netwright.graph_faults import NameClash
from netwright.words import tick


@check("G302", keras=Noticed.BUILDING)
def find(fault: NameClash) -> Iterator[Finding]:
    """Tell the name, and where the other one is."""
    yield Finding(
        fault.place,
        f"{tick(fault.name)} is both an input and a node",
        help="rename one of them",
        notes=(Note("the input", fault.first),),
    )
