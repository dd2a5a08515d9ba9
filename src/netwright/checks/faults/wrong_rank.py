"""A layer gets a tensor with the wrong number of axes.

The batch axis counts as one, though a spec never writes it. An image has a channel axis even if it is grey, and a
sequence of numbers has a feature axis even if there is one number per step.

## Bad

```json
{
  "netwright": 1,
  "name": "digits",
  "inputs": {"image": {"shape": [28, 28]}},
  "nodes": {
    "conv": {"type": "Conv2D", "filters": 8, "kernel_size": 3},
    "pool": {"type": "GlobalAveragePooling2D"}
  },
  "edges": [["image", "conv", "pool"]],
                      ^^^^^^ `conv` (Conv2D) takes 4 axes, but `image` gives 3: (batch, 28, 28)
  "outputs": {"features": "pool"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "digits",
  "inputs": {"image": {"shape": [28, 28, 1]}},
  "nodes": {
    "conv": {"type": "Conv2D", "filters": 8, "kernel_size": 3},
    "pool": {"type": "GlobalAveragePooling2D"}
  },
  "edges": [["image", "conv", "pool"]],
  "outputs": {"features": "pool"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import WrongRank
from netwright.shapes import ShapeFault
from netwright.words import gives, layer


@check("T401", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell both ends of the edge, and both numbers of axes."""
    misfit = fault.misfit
    assert isinstance(misfit, WrongRank)
    end = gives(fault.at_fault[0].source, f"{misfit.tensor.rank}: {misfit.tensor}", each_step=misfit.each_step)
    yield Finding(
        fault.place,
        f"{layer(fault.node, fault.type)} takes {misfit.need} axes, but {end}",
        help=f"the axes are ({misfit.axes})" if misfit.axes else None,
    )
