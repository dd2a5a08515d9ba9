"""An argument that has one entry for each axis does not fit the tensor.

## Bad

```json
{
  "netwright": 1,
  "name": "turned",
  "inputs": {"image": {"shape": [28, 28, 3]}},
  "nodes": {"turn": {"type": "Permute", "dims": [2, 1]}},
                                                ^^^^^^ `dims` of `turn` (Permute) must have 3 entries, as `image` gives (batch, 28, 28, 3)
  "edges": [["image", "turn"]],
  "outputs": {"image": "turn"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "turned",
  "inputs": {"image": {"shape": [28, 28, 3]}},
  "nodes": {"turn": {"type": "Permute", "dims": [2, 1, 3]}},
  "edges": [["image", "turn"]],
  "outputs": {"image": "turn"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import WrongLength
from netwright.shapes import ShapeFault
from netwright.words import gives, layer, tick


@check("T409", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the argument, the number of entries that it needs, and the tensor that says so."""
    misfit = fault.misfit
    assert isinstance(misfit, WrongLength)
    entries = f"{misfit.need} {'entry' if misfit.need == '1' else 'entries'}"
    node, end = (
        layer(fault.node, fault.type),
        gives(fault.at_fault[0].source, misfit.tensor, each_step=misfit.each_step),
    )
    what = f"{tick(misfit.argument)} of {node}" if misfit.argument else node
    yield Finding(fault.place, f"{what} must have {entries}, as {end}")
