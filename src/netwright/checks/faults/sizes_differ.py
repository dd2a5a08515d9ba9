"""Two tensors that meet in a layer have different sizes where they must agree.

Where a network halves its input and doubles it again, sizes that don't divide are rounded on the way down, and what comes
up does not fit what is handed across: the help then says what the size of the input must be a multiple of.

## Bad

```json
{
  "netwright": 1,
  "name": "two_sensors",
  "inputs": {"left": {"shape": [10, 4]}, "right": {"shape": [12, 4]}},
  "nodes": {
    "both": {"type": "Concatenate"},
    "risk": {"type": "Dense", "units": 1}
  },
  "edges": [[["left", "right"], "both", "risk"]],
                                ^^^^^^ `both` (Concatenate) needs equal sizes, but axis 1 of `left` is 10 and axis 1 of `right` is 12
  "outputs": {"risk": "risk"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "two_sensors",
  "inputs": {"left": {"shape": [10, 4]}, "right": {"shape": [10, 4]}},
  "nodes": {
    "both": {"type": "Concatenate"},
    "risk": {"type": "Dense", "units": 1}
  },
  "edges": [[["left", "right"], "both", "risk"]],
  "outputs": {"risk": "risk"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Note, Noticed, check
from netwright.lineage import leads_to
from netwright.misfits import SizesDiffer
from netwright.multiples import fixed_multiples
from netwright.shapes import ShapeFault
from netwright.tensors import Dim, plain
from netwright.words import gives, layer, sizes_of, tick

ELEMENTWISE = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")


@check("T404", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the two sizes and where each comes from; where they were made on the way, only their shapes are known."""
    misfit = fault.misfit
    assert isinstance(misfit, SizesDiffer)
    if len(fault.at_fault) == 2:
        ends = tuple(tick(one.source) for one in fault.at_fault)
    else:
        ends = (str(misfit.first), str(misfit.second))
    sides = [f"axis {axis} of {end} is {size}" for axis, end, size in zip(misfit.axes, ends, misfit.sizes, strict=True)]
    notes = tuple(
        Note(gives(one.source, one.tensor), one.place if one.place != fault.place else None) for one in fault.at_fault
    )
    yield Finding(
        fault.place,
        f"{layer(fault.node, fault.type)} needs equal sizes, but {' and '.join(sides)}",
        help=_multiples(fault) if _divides(fault) else _one_size(fault) or _projected(fault, misfit),
        notes=notes,
    )


def _divides(fault: ShapeFault) -> bool:
    """Whether it is for the sizes of inputs alone that the tensors do not fit."""
    return fault.node in fixed_multiples(fault.model.graph)


def _multiples(fault: ShapeFault) -> str | None:
    """What the sizes of inputs must be multiples of, if it was found out."""
    model = fault.model
    by_divisor: dict[tuple[str, int], list[int]] = {}
    for one in fixed_multiples(model.graph)[fault.node]:
        for slot in one.slots:
            by_divisor.setdefault((slot.input, one.divisor), []).append(slot.axis)
    texts = []
    for (name, divisor), axes in by_divisor.items():
        shape = model.graph.spec.inputs[name].shape
        called = sizes_of(name, sorted(axes), len(shape) + 1, channels_first=model.channels_first)
        must = f"must be multiples of {divisor}" if len(axes) > 1 else f"must be a multiple of {divisor}"
        texts.append(f"{called} {must}{_near({shape[axis - 1] for axis in axes}, divisor)}")
    return ", and ".join(texts) or None


def _near(sizes: set[Dim], divisor: int) -> str:
    """The nearest multiples of a size."""
    size = sizes.pop()
    if sizes or not isinstance(size, int):
        return ""
    below = size // divisor * divisor
    return f", as {below} or {below + divisor}" if below else f", as {divisor}"


def _one_size(fault: ShapeFault) -> str | None:
    """How a map and what was made of it come to one size: enlarged where it is a part, else cropped."""
    if len(fault.at_fault) != 2 or fault.type not in (*ELEMENTWISE, "Concatenate") or fault.model.channels_first:
        return None
    small, large = sorted(fault.at_fault, key=lambda one: [size or 0 for size in plain(one.tensor.shape)])
    sizes = list(zip(plain(small.tensor.shape[1:-1]), plain(large.tensor.shape[1:-1]), strict=False))
    known = [(one, other) for one, other in sizes if one and other and one <= other]
    if not 1 <= len(known) == len(sizes) <= 3 or small.tensor.rank != large.tensor.rank:
        return None
    if not leads_to(fault.model, large.origin.name, small.origin.name):
        return None
    parts = {other / one for one, other in known}
    part = min(parts)
    if len(parts) == 1 and part >= 2 and part % 1 == 0:
        return f"enlarge {tick(small.source)}, as with an `UpSampling{len(known)}D` of `size` {part:g}"
    if max(parts) >= 2:
        return None
    return f"crop {tick(large.source)} with a `Cropping{len(known)}D`: `{_cropping(known)}`"


def _cropping(sizes: list[tuple[int, int]]) -> str:
    """The argument of a cropping, as short as it can be written."""
    each = [[(large - small) // 2, (large - small + 1) // 2] for small, large in sizes]
    same = {side for pair in each for side in pair}
    return f'"cropping": {each[0][0] if len(same) == 1 else each if len(each) > 1 else each[0]}'


def _projected(fault: ShapeFault, misfit: SizesDiffer) -> str | None:
    """How two tensors come to the same number of channels or features."""
    if len(fault.at_fault) != 2 or fault.type not in (*ELEMENTWISE, "Attention", "AdditiveAttention"):
        return None
    less, more = sorted(fault.at_fault, key=lambda one: plain(one.tensor.shape)[-1] or 0)
    rank, size = less.tensor.rank, more.tensor.last
    last = all(axis == end.rank - 1 for axis, end in zip(misfit.axes, misfit.tensors, strict=True))
    if not last or rank != more.tensor.rank or not 2 <= rank <= 5 or fault.model.channels_first:
        return None
    by = f"a `Dense` of {size} `units`" if rank < 4 else f"a `Conv{rank - 2}D` of {size} `filters` and `kernel_size` 1"
    return f"bring one to the size of the other, as {tick(less.source)} by {by}"
