"""A layer gets a tensor of which one size does not do.

## Bad

```json
{
  "netwright": 1,
  "name": "textures",
  "inputs": {"image": {"shape": [32, 32, 3]}},
  "nodes": {
    "filter": {"type": "Conv2D", "filters": 8, "kernel_size": 3, "groups": 2}
                                                                           ^ `filter` (Conv2D) gets (batch, 32, 32, 3) from `image`: axis 3 is 3, but must be divisible by the 2 `groups`
  },
  "edges": [["image", "filter"]],
  "outputs": {"texture": "filter"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "textures",
  "inputs": {"image": {"shape": [32, 32, 4]}},
  "nodes": {
    "filter": {"type": "Conv2D", "filters": 8, "kernel_size": 3, "groups": 2}
  },
  "edges": [["image", "filter"]],
  "outputs": {"texture": "filter"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import WrongSize
from netwright.shapes import ShapeFault
from netwright.tensors import Dim
from netwright.words import layer, of_source, tick


@check("T403", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell both ends of the edge, the size and what it must be."""
    misfit = fault.misfit
    assert isinstance(misfit, WrongSize)
    axis = misfit.axis % misfit.tensor.rank
    node, source = layer(fault.node, fault.type), of_source(fault.at_fault[0].source, each_step=misfit.each_step)
    size = misfit.tensor.shape[axis]
    yield Finding(
        fault.place,
        f"{node} gets {misfit.tensor} from {source}: axis {axis} is {size}, but must be {misfit.need}",
        help=_way_out(fault, size) if axis == 1 and misfit.tensor.rank == 2 else None,
    )


def _way_out(fault: ShapeFault, size: Dim) -> str | None:
    """States are as wide as the layers that they come from and go to."""
    units = getattr(fault.operation, "units", None)
    if fault.at_fault[0].port != "initial_state" or units is None:
        return None
    return f"give {tick(fault.node)} {size} `units`, or each state {units} with a `Dense` layer before"
