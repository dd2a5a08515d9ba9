"""Every loss in the compile section is null.

There is nothing to train on. Keras accepts such a model in `compile()` and refuses it when training starts. A model
that is not to be trained needs no compile section.

## Bad

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"score": {"type": "Dense", "units": 1}},
  "edges": [["x", "score"]],
  "outputs": {"score": "score"},
  "compile": {"optimizer": "adam", "loss": {"score": null}}
                                   ^^^^^^ every loss is `null`
}
```

## Good

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"score": {"type": "Dense", "units": 1}},
  "edges": [["x", "score"]],
  "outputs": {"score": "score"},
  "compile": {"optimizer": "adam", "loss": {"score": "mse"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.paths import key_at
from netwright.shapes import ShapedModel


@check("C504", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell it once, if every output that there is has a null loss."""
    spec = model.graph.spec
    if spec.compile is None or model.graph.draft.lacks("compile", "loss"):
        return
    losses = [spec.compile.loss.get(output, "missing") for output in spec.outputs]
    if all(loss is None for loss in losses) and not set(spec.compile.loss) - set(spec.outputs):
        yield Finding(
            key_at("compile", "loss"),
            "every loss is `null`",
            help="give an output a loss, or leave `compile` out: the model is then saved uncompiled",
        )
