"""No loss reaches anything that could be trained.

Every way from the losses back to the variables leads through integers, or through a function without a gradient. Keras
refuses to train at the first batch: no gradients provided for any variable.

## Bad

```json
{
  "netwright": 1,
  "name": "answer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "scores": {"type": "Dense", "units": 3},
    "answer": {"op": "argmax", "axis": -1}
  },
  "edges": [["x", "scores", "answer"]],
  "outputs": {"answer": "answer"},
  "compile": {"optimizer": "adam", "loss": {"answer": "mse"}}
                                   ^^^^^^ no loss reaches `scores`, the only node that could be trained
}
```

## Good

```json
{
  "netwright": 1,
  "name": "answer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "scores": {"type": "Dense", "units": 3, "activation": "softmax"},
    "answer": {"op": "argmax", "axis": -1}
  },
  "edges": [["x", "scores", "answer"]],
  "outputs": {"scores": "scores", "answer": "answer"},
  "compile": {"optimizer": "adam", "loss": {"scores": "sparse_categorical_crossentropy", "answer": null}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.gradients import gradients, is_trained
from netwright.objectives import losses
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import listed


@check("C523", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell it once, with the nodes that could be trained; not where some tensor or loss is not known."""
    graph = model.graph
    if graph.spec.compile is None or len(model.tensors) < len(graph.used) + len(graph.spec.inputs):
        return
    known = sum(1 for _ in losses(model))
    if not known or known < sum(one is not None for one in graph.spec.compile.loss.values()):
        return
    trained = [name for name in graph.order if name in graph.used and is_trained(model, name)]
    reached = gradients(model).reached
    if trained and not any(name in reached for name in trained):
        what = f"{listed(trained)}, the only node that" if len(trained) == 1 else f"any of {listed(trained)}, which"
        yield Finding(
            key_at("compile", "loss"),
            f"no loss reaches {what} could be trained",
            help="nothing goes back through integers; give the loss an output before them",
        )
