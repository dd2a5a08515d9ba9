"""A layer must know a size that the spec leaves open.

Variables have fixed sizes, so an axis that one of them follows can't be null or a name. Keras refuses such a
model when it is built.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [null]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["features", "price"]],
                         ^^^^^^^ `price` (Dense) must know the size of axis 1, but `features` gives (batch, ?)
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

from netwright.diagnostics import Finding, Note, Noticed, check
from netwright.misfits import UnknownSize
from netwright.shapes import ShapeFault
from netwright.words import gives, layer


@check("T402", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the axis, what arrives, and why that is not enough."""
    misfit = fault.misfit
    assert isinstance(misfit, UnknownSize)
    axis = misfit.axis % misfit.tensor.rank
    node, end = (
        layer(fault.node, fault.type),
        gives(fault.at_fault[0].source, misfit.tensor, each_step=misfit.each_step),
    )
    key = "`shape`" if axis else "`batch_size`"
    yield Finding(
        fault.place,
        f"{node} must know the size of axis {axis}, but {end}",
        help=f"give that size in the {key} of the input that it comes from",
        notes=(Note(f"its size must be known {misfit.why}"),),
    )
