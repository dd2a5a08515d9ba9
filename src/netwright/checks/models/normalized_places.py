"""A batch normalization behind a convolution takes each row for a channel.

With `"axis": 1` it has a mean and a variance for each row of the image and mixes the channels. That axis is the channels only
where they come first.

## Bad

```json
{
  "netwright": 1,
  "name": "photos",
  "inputs": {"photo": {"shape": [32, 32, 3]}},
  "nodes": {
    "edges": {"type": "Conv2D", "filters": 8, "kernel_size": 3},
    "norm": {"type": "BatchNormalization", "axis": 1}
                                                   ^ `norm` (BatchNormalization) normalizes axis 1, of size 30, but the 8 channels of `edges` (Conv2D) come last
  },
  "edges": [["photo", "edges", "norm"]],
  "outputs": {"norm": "norm"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "photos",
  "inputs": {"photo": {"shape": [32, 32, 3]}},
  "nodes": {
    "edges": {"type": "Conv2D", "filters": 8, "kernel_size": 3},
    "norm": {"type": "BatchNormalization", "axis": -1}
  },
  "edges": [["photo", "edges", "norm"]],
  "outputs": {"norm": "norm"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.endings import only_source
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import layer

KIND = "BatchNormalization"


@check("T428", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each that has an axis of its own right behind a layer whose channels come last."""
    norms = [one for one in model.alike if one.operation.kind() == KIND and getattr(one.operation, "axis", -1) != -1]
    for name in (name for one in norms for name in one.names):
        source, axis = only_source(model, name), int(getattr(model.operations[name], "axis", -1))
        if source is None or source.name not in model.operations:
            continue
        before, tensor = model.operations[source.name], model.tensor(source)
        last = getattr(before, "data_format", "") in (None, "channels_last") and hasattr(before, "strides")
        if tensor is None or not last or axis % tensor.rank == tensor.rank - 1:
            continue
        size = "" if tensor.shape[axis] is None else f", of size {tensor.shape[axis]}"
        yield Finding(
            value_at("nodes", name, "axis"),
            f"{layer(name, KIND)} normalizes axis {axis % tensor.rank}{size}, but the {tensor.last} channels "
            f"of {layer(source.name, before.kind())} come last",
            help="remove `axis`",
        )
