"""A text in an edge or an output is no endpoint.

An endpoint is the name of a node or input, with a colon and a port where it has several: `encode`,
`encode:state_h`.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["features -> price", "price"]],
             ^^^^^^^^^^^^^^^^^^^ `"features -> price"` can't be the name of a node or input
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
from netwright.drafts import BadEndpoint
from netwright.words import given


@check("V214")
def find(fault: BadEndpoint) -> Iterator[Finding]:
    """Tell the text, and what endpoints look like."""
    yield Finding(
        fault.place,
        f"{given(fault.text)} can't be the name of a node or input",
        help="write the name, and a port behind a colon where it is needed: `encode` or `encode:state_h`",
    )
