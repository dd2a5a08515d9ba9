"""A node has several outputs, and it is not said which one is meant.

Which one is first differs from layer to layer, so nothing is assumed.

## Bad

```json
{
  "netwright": 1,
  "name": "words",
  "inputs": {"vectors": {"shape": [20, 8]}},
  "nodes": {
    "encode": {"type": "LSTM", "units": 16, "return_state": true},
    "topic": {"type": "Dense", "units": 4, "activation": "softmax"}
  },
  "edges": [["vectors", "encode"], ["encode", "topic"]],
                                    ^^^^^^^^ `encode` (LSTM) has 3 outputs, and this does not say which one
  "outputs": {"topic": "topic"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "words",
  "inputs": {"vectors": {"shape": [20, 8]}},
  "nodes": {
    "encode": {"type": "LSTM", "units": 16, "return_state": true},
    "topic": {"type": "Dense", "units": 4, "activation": "softmax"}
  },
  "edges": [["vectors", "encode"], ["encode:output", "topic"]],
  "outputs": {"topic": "topic"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.graph_faults import UnnamedOutput
from netwright.words import layer, listed


@check("G304", keras=Noticed.BUILDING)
def find(fault: UnnamedOutput) -> Iterator[Finding]:
    """Tell the node, and its outputs as they are written."""
    endpoints = listed((f"{fault.node}:{port}" for port in fault.choices), "or")
    number = len(fault.choices)
    yield Finding(
        fault.place,
        f"{layer(fault.node, fault.type)} has {number} outputs, and this does not say which one",
        help=f"end the path here, and begin a new one with {endpoints}" if fault.midway else f"write {endpoints}",
    )
