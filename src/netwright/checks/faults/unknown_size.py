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
from netwright.lineage import fed_to, maker
from netwright.misfits import UnknownSize
from netwright.shapes import ShapeFault
from netwright.words import gives, layer, tick


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
    given = f"give that size in the {key} of the input that it comes from"
    yield Finding(
        fault.place,
        f"{node} must know the size of axis {axis}, but {end}",
        help=f"{way_out}, or {given}" if (way_out := _flattened(fault) or _for_all(fault, misfit)) else given,
        notes=(Note(f"its size must be known {misfit.why}"),),
    )


def _flattened(fault: ShapeFault) -> str | None:
    """A pooling over axes of unknown size leaves the channels, where `Flatten` leaves a size that is unknown too."""
    made = maker(fault, fault.at_fault[0])
    before = fed_to(fault.model, made.node) if made and made.operation.kind() == "Flatten" else None
    if made is None or before is None or not 3 <= before.rank <= 5 or fault.model.channels_first:
        return None
    if not isinstance(before.last, int):
        return None
    return f"put `GlobalAveragePooling{before.rank - 2}D` in the place of {tick(made.node)}"


def _for_all(fault: ShapeFault, misfit: UnknownSize) -> str | None:
    """Factors that are the same at all places need no size but that of the channels."""
    if fault.type != "PReLU" or misfit.tensor.rank < 3 or not isinstance(misfit.tensor.last, int):
        return None
    shared = list(range(1, misfit.tensor.rank - 1))
    return None if fault.model.channels_first else f'set `"shared_axes": {shared}`, for one factor a channel'
