"""Tensors that meet have equal sizes only for some sizes of the data.

The input leaves a size open, with null or a name. On the way it is divided and multiplied again, as by pooling and
upsampling, and what is rounded is lost: 5 becomes 2, and then 4. As long as all
data divides, nothing happens; the first batch that does not ends the training with an error of TensorFlow about dimensions.

## Bad

```json
{
  "netwright": 1,
  "name": "outlines",
  "inputs": {"image": {"shape": [null, null, 1]}},
  "nodes": {
    "fine": {"type": "Conv2D", "filters": 8, "kernel_size": 3, "padding": "same"},
    "down": {"type": "MaxPooling2D"},
    "up": {"type": "UpSampling2D"},
    "skip": {"type": "Concatenate"}
  },
  "edges": [["image", "fine", "down", "up", "skip"], ["fine", "skip"]],
                                                              ^^^^^^ `skip` (Concatenate) gets equal sizes only where the height and the width of `image` are multiples of 2
  "outputs": {"outline": "skip"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "outlines",
  "inputs": {"image": {"shape": [64, 64, 1]}},
  "nodes": {
    "fine": {"type": "Conv2D", "filters": 8, "kernel_size": 3, "padding": "same"},
    "down": {"type": "MaxPooling2D"},
    "up": {"type": "UpSampling2D"},
    "skip": {"type": "Concatenate"}
  },
  "edges": [["image", "fine", "down", "up", "skip"], ["fine", "skip"]],
  "outputs": {"outline": "skip"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.graph import each_feed
from netwright.multiples import open_multiples
from netwright.probing import Slot
from netwright.shapes import ShapedModel
from netwright.words import layer, sizes_of


@check("T423", Severity.WARNING, keras=Noticed.SOME_DATA)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each node where sizes can differ, once for all sizes of inputs that must be multiples of the same number."""
    found: dict[tuple[str, int, bool], list[Slot]] = {}
    for one in open_multiples(model):
        found.setdefault((one.node, one.divisor, one.only), []).extend(one.slots)
    for (node, divisor, only), slots in found.items():
        sizes, verb = _sizes(model, slots), "are multiples" if len(slots) > 1 else "is a multiple"
        where = f"only where {sizes} {verb}" if only else f"for some sizes only, as where {sizes} {verb}"
        last = list(each_feed(model.graph.feeds[node]))[-1]
        yield Finding(
            last.place,
            f"{layer(node, model.operations[node].kind())} gets equal sizes {where} of {divisor}",
            help="give such sizes in the `shape` of the input; or feed only such, and accept this with `allow` at the node",
            about=("nodes", node),
        )


def _sizes(model: ShapedModel, slots: list[Slot]) -> str:
    axes: dict[str, list[int]] = {}
    for slot in slots:
        axes.setdefault(slot.input, []).append(slot.axis)
    inputs, first = model.graph.spec.inputs, model.channels_first
    return " and ".join(
        sizes_of(name, each, len(inputs[name].shape) + 1, channels_first=first) for name, each in axes.items()
    )
