"""A mask is lost on its way.

A mask says which steps of a sequence are padding. It goes along with the tensors until a layer uses it up (a recurrent layer
that returns its last step, a pooling over the steps) or drops it: from there on padding counts like data. Keras warns where
a layer knows no masks; where a layer drops one, or is not handed it beside other tensors, Keras says nothing.

## Bad

```json
{
  "netwright": 1,
  "name": "mood",
  "inputs": {"words": {"shape": [40], "dtype": "int32"}},
  "nodes": {
    "vectors": {"type": "Embedding", "input_dim": 1000, "output_dim": 16, "mask_zero": true},
    "phrases": {"type": "Conv1D", "filters": 16, "kernel_size": 3},
    "sum": {"type": "LSTM", "units": 8}
  },
  "edges": [["words", "vectors", "phrases", "sum"]],
                                 ^^^^^^^^^ `phrases` (Conv1D) knows no masks: that of `vectors` is lost, and padding counts like data
  "outputs": {"mood": "sum"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "mood",
  "inputs": {"words": {"shape": [40], "dtype": "int32"}},
  "nodes": {
    "vectors": {"type": "Embedding", "input_dim": 1000, "output_dim": 16, "mask_zero": true},
    "sum": {"type": "LSTM", "units": 8}
  },
  "edges": [["words", "vectors", "sum"]],
  "outputs": {"mood": "sum"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.shapes import MaskLost
from netwright.words import layer, tick

HELP = {
    "unsupported": "make no mask if padding may count, or use the mask up before; to accept this, `allow` it at the node",
    "unused": "lead a mask to `{}:mask` yourself, or feed nothing else; to accept this, `allow` it at the node",
    "dropped": "give each input a mask, or none; to accept this, `allow` it at the node",
}


@check("T415", Severity.WARNING, keras=Noticed.WARNED)
def find(fault: MaskLost) -> Iterator[Finding]:
    """Tell who loses the mask of whom, and why."""
    who, source = layer(fault.node, fault.type), tick(fault.source)
    message = {
        "unsupported": f"{who} knows no masks: that of {source} is lost, and padding counts like data",
        "unused": f"{who} does not get the mask of {source}, because Keras hands on none beside other tensors",
        "dropped": f"{who} drops the mask of {source}: padding counts like data from here on",
    }[fault.how]
    yield Finding(fault.place, message, help=HELP[fault.how].format(fault.node), about=("nodes", fault.node))
