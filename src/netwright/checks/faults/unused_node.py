"""A node leads to no output.

Keras keeps only what the outputs depend on: it drops such a node without a word, and the model trains without
it.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {
    "hidden": {"type": "Dense", "units": 32, "activation": "relu"},
    "price": {"type": "Dense", "units": 1},
    "rent": {"type": "Dense", "units": 1}
    ^^^^^^ `rent` leads to no output
  },
  "edges": [["features", "hidden", ["price", "rent"]]],
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
    "hidden": {"type": "Dense", "units": 32, "activation": "relu"},
    "price": {"type": "Dense", "units": 1},
    "rent": {"type": "Dense", "units": 1}
  },
  "edges": [["features", "hidden", ["price", "rent"]]],
  "outputs": {"price": "price", "rent": "rent"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Note, Noticed, Severity, check
from netwright.graph_faults import UnusedNode
from netwright.words import listed, tick


@check("G311", Severity.WARNING, keras=Noticed.NEVER)
def find(fault: UnusedNode) -> Iterator[Finding]:
    """Tell the end of the branch, and the nodes that are of no use without it."""
    verb = "leads" if len(fault.before) == 1 else "lead"
    yield Finding(
        fault.place,
        f"{tick(fault.node)} leads to no output",
        help=f"let {tick(fault.sharer)} have its layer, and remove it"
        if fault.sharer
        else "add it to `outputs` or remove it: as it is, Keras drops it without a word",
        notes=(Note(f"{listed(fault.before)}, before it, {verb} to none either"),) if fault.before else (),
    )
