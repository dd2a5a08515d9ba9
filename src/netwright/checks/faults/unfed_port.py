"""A node gets some of the tensors that it needs, but not all.

Keras refuses that when the model is built, as a missing argument of the layer's call.

## Bad

```json
{
  "netwright": 1,
  "name": "attention",
  "inputs": {"text": {"shape": [50, 16]}},
  "nodes": {"attend": {"type": "MultiHeadAttention", "num_heads": 2, "key_dim": 8}},
            ^^^^^^^^ no edge leads to the input `value` of `attend` (MultiHeadAttention), only to `query`
  "edges": [["text", "attend"]],
  "outputs": {"answer": "attend"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "attention",
  "inputs": {"text": {"shape": [50, 16]}},
  "nodes": {"attend": {"type": "MultiHeadAttention", "num_heads": 2, "key_dim": 8}},
  "edges": [["text", "attend:query"], ["text", "attend:value"]],
  "outputs": {"answer": "attend"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.graph_faults import UnfedPort
from netwright.words import layer, listed, tick


@check("G308", keras=Noticed.EITHER)
def find(fault: UnfedPort) -> Iterator[Finding]:
    """Tell the port that is not fed, those that are, and how an edge to it is written."""
    node = layer(fault.node, fault.type)
    yield Finding(
        fault.place,
        f"no edge leads to the input {tick(fault.port)} of {node}, only to {listed(fault.fed)}",
        help=f"add an edge that ends in {tick(f'{fault.node}:{fault.port}')}",
    )
