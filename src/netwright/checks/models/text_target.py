"""An output is trained on text.

Losses compare numbers. Keras finds out when the first batch of targets comes in.

## Bad

```json
{
  "netwright": 1,
  "name": "mood",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"mood": {"type": "Dense", "units": 3, "activation": "softmax"}},
  "edges": [["x", "mood"]],
  "outputs": {"mood": {"from": "mood", "target": {"shape": [], "dtype": "string"}}},
                                                                        ^^^^^^^^ the target of `mood` is text, but `sparse_categorical_crossentropy` takes numbers
  "compile": {"optimizer": "adam", "loss": {"mood": "sparse_categorical_crossentropy"}}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "mood",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"mood": {"type": "Dense", "units": 3, "activation": "softmax"}},
  "edges": [["x", "mood"]],
  "outputs": {"mood": {"from": "mood", "target": {"shape": [], "dtype": "int32"}}},
  "compile": {"optimizer": "adam", "loss": {"mood": "sparse_categorical_crossentropy"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.objectives import losses
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C529", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each output with a loss whose target is declared to be text."""
    for one in losses(model):
        target = model.graph.spec.outputs[one.output].target
        if target is not None and target.dtype == "string":
            yield Finding(
                value_at("outputs", one.output, "target", "dtype"),
                f"the target of {tick(one.output)} is text, but {tick(one.name)} takes numbers",
                help="number what it may be before it comes in",
            )
