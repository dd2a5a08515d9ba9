"""A port that takes one tensor gets a second one.

## Bad

```json
{
  "netwright": 1,
  "name": "attention",
  "inputs": {"question": {"shape": [10, 16]}, "text": {"shape": [50, 16]}},
  "nodes": {"attend": {"type": "MultiHeadAttention", "num_heads": 2, "key_dim": 8}},
  "edges": [["question", "attend:query"], ["text", "attend:value"], ["text", "attend:query"]],
                                                                             ^^^^^^^^^^^^^^ the input `query` of `attend` (MultiHeadAttention) is fed already
  "outputs": {"answer": "attend"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "attention",
  "inputs": {"question": {"shape": [10, 16]}, "text": {"shape": [50, 16]}},
  "nodes": {"attend": {"type": "MultiHeadAttention", "num_heads": 2, "key_dim": 8}},
  "edges": [["question", "attend:query"], ["text", "attend:value"], ["text", "attend:key"]],
  "outputs": {"answer": "attend"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Note, Noticed, check
from netwright.graph_faults import FedTwice
from netwright.words import layer, tick


@check("G306", keras=Noticed.EITHER)
def find(fault: FedTwice) -> Iterator[Finding]:
    """Tell the port, and what feeds it already."""
    by_number = fault.first.path[0] == "nodes"
    yield Finding(
        fault.place,
        f"the input {tick(fault.port)} of {layer(fault.node, fault.type)} is fed already",
        help="leave one out" if by_number else "leave one out, or merge both first, with `Concatenate` or `Add`",
        notes=(Note("the number" if by_number else "the first edge", fault.first),),
    )
