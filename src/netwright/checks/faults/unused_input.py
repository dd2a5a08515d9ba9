"""An input feeds nothing.

Keras builds and trains such a model, and insists on data for the input that it never looks at.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}, "place": {"shape": [3]}},
                                         ^^^^^^^ the input `place` feeds nothing
  "nodes": {"price": {"type": "Dense", "units": 1}},
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

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.graph_faults import UnusedInput
from netwright.words import tick


@check("G312", Severity.WARNING, keras=Noticed.NEVER)
def find(fault: UnusedInput) -> Iterator[Finding]:
    """Tell the input."""
    yield Finding(
        fault.place,
        f"the input {tick(fault.name)} feeds nothing",
        help="add an edge from it or remove it: as it is, Keras wants data for it and never looks at them",
    )
