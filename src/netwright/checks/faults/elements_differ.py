"""A tensor can't be reshaped because the number of its elements would change.

## Bad

```json
{
  "netwright": 1,
  "name": "unfolded",
  "inputs": {"pixels": {"shape": [784]}},
  "nodes": {"image": {"type": "Reshape", "target_shape": [28, 28, 3]}},
                                                         ^^^^^^^^^^^ `image` (Reshape) can't make (batch, 28, 28, 3) of `pixels`, (batch, 784): that takes 2352 elements, not 784
  "edges": [["pixels", "image"]],
  "outputs": {"image": "image"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "unfolded",
  "inputs": {"pixels": {"shape": [784]}},
  "nodes": {"image": {"type": "Reshape", "target_shape": [28, 28, 1]}},
  "edges": [["pixels", "image"]],
  "outputs": {"image": "image"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import ElementsDiffer
from netwright.shapes import ShapeFault
from netwright.tensors import count, plain, written
from netwright.words import layer, of_source


@check("T407", keras=Noticed.BUILDING)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell both shapes and both numbers of elements."""
    misfit = fault.misfit
    assert isinstance(misfit, ElementsDiffer)
    node, source = layer(fault.node, fault.type), of_source(fault.at_fault[0].source, each_step=misfit.each_step)
    known = [size for size in misfit.target if isinstance(size, int)]
    if None in plain(misfit.tensor.shape[1:]):
        why = f"{prod(known)} elements are no multiple of {misfit.have}, of whatever size `?` is"
    elif len(known) == len(misfit.target):
        why = f"that takes {prod(known)} elements, not {misfit.have}"
    else:
        why = f"its {misfit.have} elements can't be divided by {prod(known)}"
    new = written(misfit.target if misfit.whole else (misfit.tensor.shape[0], *misfit.target))
    yield Finding(fault.place, f"{node} can't make {new} of {source}, {misfit.tensor}: {why}", help=_way_out(misfit))


def _way_out(misfit: ElementsDiffer) -> str | None:
    """Where all but the first size fit, the first is that of the batch."""
    rest = misfit.target[1:]
    if misfit.whole or not rest or count(rest) != misfit.have or None in plain(misfit.tensor.shape[1:]):
        return None
    return f"the size of the batch is never written: leave out the first, as in `{list(rest)}`"
