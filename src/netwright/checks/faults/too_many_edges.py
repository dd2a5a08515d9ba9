"""More edges lead to a node than it has inputs.

Only layers that merge take any number of tensors.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"size": {"shape": [2]}, "place": {"shape": [3]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["size", "price"], ["place", "price"]],
                                         ^^^^^^^ `price` (Dense) takes 1 tensor, but 2 edges lead to it
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
    "both": {"type": "Concatenate"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["size", "both"], ["place", "both"], ["both", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.graph_faults import TooManyEdges
from netwright.words import counted, layer, listed


@check("G307", keras=Noticed.EITHER)
def find(fault: TooManyEdges) -> Iterator[Finding]:
    """Tell both numbers, and how several tensors become one if that is what is needed."""
    node = layer(fault.node, fault.type)
    by_name = (
        f"name the port: {listed((f'{fault.node}:{port}' for port in fault.named), 'or')}" if fault.named else None
    )
    if not fault.ports:
        yield Finding(fault.place, f"every input of {node} is fed already", help=by_name)
    elif len(fault.ports) == 1:
        yield Finding(
            fault.place,
            f"{node} takes 1 tensor, but {counted(fault.got, 'edge')} lead to it",
            help=f"merge them first, or {by_name}" if by_name else "merge them first, with `Concatenate` or `Add`",
        )
    else:
        yield Finding(
            fault.place,
            f"{node} takes {len(fault.ports)} tensors, but {fault.got} edges lead to it",
            help=f"they fill {listed(fault.ports)}, in this order; otherwise {by_name}"
            if by_name
            else f"they fill {listed(fault.ports)}, in this order",
        )
