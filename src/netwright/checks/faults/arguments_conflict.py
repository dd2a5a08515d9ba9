"""Arguments of one layer or object contradict each other.

Each is right alone; together Keras refuses them, or one of them would have no effect.

## Bad

```json
{
  "netwright": 1,
  "name": "edges_of_images",
  "inputs": {"image": {"shape": [28, 28, 1]}},
  "nodes": {
    "conv": {
      "type": "Conv2D",
      "filters": 8,
      "kernel_size": 3,
      "strides": 2,
      "dilation_rate": 2
                       ^ only one of `strides` and `dilation_rate` can be above 1
    }
  },
  "edges": [["image", "conv"]],
  "outputs": {"edges": "conv"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "edges_of_images",
  "inputs": {"image": {"shape": [28, 28, 1]}},
  "nodes": {
    "conv": {
      "type": "Conv2D",
      "filters": 8,
      "kernel_size": 3,
      "strides": 2
    }
  },
  "edges": [["image", "conv"]],
  "outputs": {"edges": "conv"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import ArgumentsConflict


@check("V211")
def find(fault: ArgumentsConflict) -> Iterator[Finding]:
    """Tell what the layer or object says about it."""
    yield Finding(fault.place, fault.message)
