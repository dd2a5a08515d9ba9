"""A window is longer than the axis that it slides over.

Nothing would be left of the axis. That happens at the end of a stack of convolutions and poolings, each of
which shortens the image, and where a `channels_first` image meets `channels_last` layers.

## Bad

```json
{
  "netwright": 1,
  "name": "tiny_digits",
  "inputs": {"image": {"shape": [8, 8, 1]}},
  "nodes": {
    "conv_1": {"type": "Conv2D", "filters": 8, "kernel_size": 5},
    "conv_2": {"type": "Conv2D", "filters": 8, "kernel_size": 5}
                                                              ^ the window of `conv_2` (Conv2D) covers 5 on axis 1, but `conv_1` gives (batch, 4, 4, 8)
  },
  "edges": [["image", "conv_1", "conv_2"]],
  "outputs": {"features": "conv_2"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "tiny_digits",
  "inputs": {"image": {"shape": [8, 8, 1]}},
  "nodes": {
    "conv_1": {"type": "Conv2D", "filters": 8, "kernel_size": 5, "padding": "same"},
    "conv_2": {"type": "Conv2D", "filters": 8, "kernel_size": 5}
  },
  "edges": [["image", "conv_1", "conv_2"]],
  "outputs": {"features": "conv_2"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import NothingLeft
from netwright.shapes import ShapeFault
from netwright.words import gives, layer


@check("T406", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the length of the window, and of the axis."""
    misfit = fault.misfit
    assert isinstance(misfit, NothingLeft)
    axis = misfit.axis % misfit.tensor.rank
    node, end = (
        layer(fault.node, fault.type),
        gives(fault.at_fault[0].source, misfit.tensor, each_step=misfit.each_step),
    )
    yield Finding(
        fault.place,
        f"the window of {node} covers {misfit.window} on axis {axis}, but {end}",
        help='shrink the window, or use `"padding": "same"` here or before',
    )
