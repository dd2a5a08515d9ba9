"""Two tensors that meet in a layer have different numbers of axes.

## Bad

```json
{
  "netwright": 1,
  "name": "image_and_facts",
  "inputs": {"image": {"shape": [8, 8, 3]}, "facts": {"shape": [5]}},
  "nodes": {
    "both": {"type": "Concatenate"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [[["image", "facts"], "both", "price"]],
                                 ^^^^^^ `both` (Concatenate) needs equal numbers of axes, but `image` has 4 and `facts` has 2
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "image_and_facts",
  "inputs": {"image": {"shape": [8, 8, 3]}, "facts": {"shape": [5]}},
  "nodes": {
    "flat": {"type": "Flatten"},
    "both": {"type": "Concatenate"},
    "price": {"type": "Dense", "units": 1}
  },
  "edges": [["image", "flat", "both"], ["facts", "both", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Note, Noticed, check
from netwright.misfits import RanksDiffer
from netwright.shapes import ShapeFault
from netwright.tensors import plain
from netwright.words import gives, layer, tick


@check("T405", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the two numbers of axes and where each comes from, as far as that is known."""
    misfit = fault.misfit
    assert isinstance(misfit, RanksDiffer)
    if len(fault.at_fault) == 2:
        ends = tuple(tick(one.source) for one in fault.at_fault)
    else:
        ends = (str(misfit.first), str(misfit.second))
    notes = tuple(
        Note(gives(one.source, one.tensor), one.place if one.place != fault.place else None) for one in fault.at_fault
    )
    yield Finding(
        fault.place,
        f"{layer(fault.node, fault.type)} needs equal numbers of axes, "
        f"but {ends[0]} has {misfit.first.rank} and {ends[1]} has {misfit.second.rank}",
        help=_way_out(fault),
        notes=notes,
    )


def _way_out(fault: ShapeFault) -> str | None:
    """Where features are joined with what has more axes, these can be made one; the features stand at the end then."""
    if len(fault.at_fault) != 2 or fault.type != "Concatenate" or getattr(fault.operation, "axis", None) not in (-1, 1):
        return None
    less, more = sorted(fault.at_fault, key=lambda one: one.tensor.rank)
    if less.tensor.rank != 2 or not 3 <= more.tensor.rank <= 5:
        return None
    pooling = f"`GlobalAveragePooling{more.tensor.rank - 2}D`"
    if None in plain(more.tensor.shape[1:]):
        return f"make one axis of those of {tick(more.source)} first, with {pooling}"
    return f"make one axis of those of {tick(more.source)} first, with `Flatten` or {pooling}"
