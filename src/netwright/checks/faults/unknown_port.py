"""An edge or an output names a port that the node does not have.

The inputs of a node are named as Keras names the arguments of the layer's call. Its outputs have the names in
the documentation of the layer, or positions from 0.

## Bad

```json
{
  "netwright": 1,
  "name": "words",
  "inputs": {"vectors": {"shape": [20, 8]}},
  "nodes": {"encode": {"type": "LSTM", "units": 16, "return_state": true}},
  "edges": [["vectors", "encode"]],
  "outputs": {"memory": "encode:state_x"}
                        ^^^^^^^^^^^^^^^^ `encode` (LSTM) has no output `state_x`
}
```

## Good

```json
{
  "netwright": 1,
  "name": "words",
  "inputs": {"vectors": {"shape": [20, 8]}},
  "nodes": {"encode": {"type": "LSTM", "units": 16, "return_state": true}},
  "edges": [["vectors", "encode"]],
  "outputs": {"memory": "encode:state_c"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.graph_faults import UnknownPort
from netwright.words import layer, listed, tick


@check("G303", keras=Noticed.BUILDING)
def find(fault: UnknownPort) -> Iterator[Finding]:
    """Tell the port and all that there are, the nearest one first."""
    if not fault.choices:
        yield Finding(
            fault.place, f"{tick(fault.node)} is an input, and inputs have no ports", help=f"write {tick(fault.node)}"
        )
        return
    word = "output" if fault.outgoing else "input"
    ports = (
        f"its {word}s are {listed(fault.choices)}"
        if len(fault.choices) > 1
        else f"its {word} is {listed(fault.choices)}"
    )
    yield Finding(
        fault.place,
        f"{layer(fault.node, fault.type)} has no {word} {tick(fault.port)}",
        help=f"did you mean {tick(fault.near)}? {ports}" if fault.near and len(fault.choices) > 1 else ports,
    )
