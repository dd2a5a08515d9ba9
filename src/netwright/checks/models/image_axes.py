"""An image looks as if its channels came first, but a layer takes them to come last.

A shape of (3, 32, 32) is read as 3 rows of 32 pixels with 32 channels. Keras convolves that without a word if the window fits.
Either the shape is meant as (32, 32, 3), or the layer needs `"data_format": "channels_first"`.

## Bad

```json
{
  "netwright": 1,
  "name": "photos",
  "inputs": {"photo": {"shape": [3, 32, 32]}},
  "nodes": {
    "edges": {"type": "Conv2D", "filters": 8, "kernel_size": 3, "padding": "same"},
    ^^^^^^^ `edges` (Conv2D) takes `photo`, (batch, 3, 32, 32), for an image 3 high and 32 wide with 32 channels
    "mean": {"type": "GlobalAveragePooling2D"}
  },
  "edges": [["photo", "edges", "mean"]],
  "outputs": {"mean": "mean"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "photos",
  "inputs": {"photo": {"shape": [32, 32, 3]}},
  "nodes": {
    "edges": {"type": "Conv2D", "filters": 8, "kernel_size": 3, "padding": "same"},
    "mean": {"type": "GlobalAveragePooling2D"}
  },
  "edges": [["photo", "edges", "mean"]],
  "outputs": {"mean": "mean"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.graph import each_feed
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import layer, tick

# Below that, three rows may well be meant.
LEAST = 16


@check("T427", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each convolution or pooling right behind a square input of three channels that seem to come first."""
    for name, one in model.graph.spec.inputs.items():
        if len(one.shape) != 3 or one.shape[0] != 3 or one.shape[1] != one.shape[2] or not _large(one.shape[1]):
            continue
        for user in model.graph.users.get(name, ()):
            operation = model.operations.get(user)
            if operation is None or getattr(operation, "data_format", "") not in (None, "channels_last"):
                continue
            if hasattr(operation, "strides") and list(_sources(model, user)) == [name]:
                height, width, channels = one.shape
                yield Finding(
                    key_at("nodes", user),
                    f"{layer(user, operation.kind())} takes {tick(name)}, {model.tensors[name][0]}, for an image "
                    f"{height} high and {width} wide with {channels} channels",
                    help=f'write the shape as [{width}, {channels}, 3], or `"data_format": "channels_first"` here',
                )


def _large(size: object) -> bool:
    return isinstance(size, int) and size >= LEAST


def _sources(model: ShapedModel, name: str) -> Iterator[str]:
    return (feed.source.name for feed in each_feed(model.graph.feeds.get(name, {})))
