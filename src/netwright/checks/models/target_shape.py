"""An output can't be compared with the target that it is declared to be trained on.

Keras finds out when the first batch of targets comes in, and then says which numbers differ, not which layers made
them.

## Bad

```json
{
  "netwright": 1,
  "name": "enlarge",
  "inputs": {"image": {"shape": [14, 14, 1]}},
  "nodes": {
    "up": {"type": "Conv2DTranspose", "filters": 8, "kernel_size": 3, "padding": "same"},
    "paint": {"type": "Conv2D", "filters": 1, "kernel_size": 3, "padding": "same"}
  },
  "edges": [["image", "up", "paint"]],
  "outputs": {"large": {"from": "paint", "target": {"shape": [28, 28, 1]}}},
                                                             ^^^^^^^^^^^ the target of `large` is (batch, 28, 28, 1), but the output is (batch, 14, 14, 1)
  "compile": {"optimizer": "adam", "loss": {"large": "mse"}}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "enlarge",
  "inputs": {"image": {"shape": [14, 14, 1]}},
  "nodes": {
    "up": {"type": "Conv2DTranspose", "filters": 8, "kernel_size": 3, "padding": "same", "strides": 2},
    "paint": {"type": "Conv2D", "filters": 1, "kernel_size": 3, "padding": "same"}
  },
  "edges": [["image", "up", "paint"]],
  "outputs": {"large": {"from": "paint", "target": {"shape": [28, 28, 1]}}},
  "compile": {"optimizer": "adam", "loss": {"large": "mse"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.compile_keys import branch
from netwright.diagnostics import Finding, Note, Noticed, check
from netwright.objectives import Objective, fits_target, losses
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.tensors import Shape, written
from netwright.words import tick

# Labels whose shape has nothing to do with that of the output, and the shape that they have.
OF_SAMPLES = {"labels": "one label", "sequences": "one list of labels"}
WAYS_OUT = {
    "labels": "let the shape be [], and the label an integer",
    "sequences": "let the shape be [null]: one list for each sample, of any length",
}


@check("C507", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell both shapes, and what each node of the branch made of its input."""
    for one in losses(model):
        target = model.graph.spec.outputs[one.output].target
        if target is None or target.shape is None or fits_target(one, target.shape):
            continue
        steps = [f"{tick(name)} {tensor}" for name, tensor in branch(model, one.output)]
        yield Finding(
            value_at("outputs", one.output, "target", "shape"),
            _message(one, target.shape),
            help=_way_out(one, target.shape),
            notes=(Note(f"the branch that makes it: {' -> '.join(steps)}"),) if steps else (),
        )


def _message(one: Objective, target: Shape) -> str:
    given = f"the target of {tick(one.output)} is {written((None, *target))}"
    if one.target in OF_SAMPLES:
        return f"{given}, but {tick(one.name)} takes {OF_SAMPLES[one.target]} for each sample"
    if one.target != "indices":
        return f"{given}, but the output is {one.tensor}"
    wanted = written((None, *one.tensor.shape[1:-1]))
    return f"{given}, but {tick(one.name)} compares the output {one.tensor} with targets {wanted}"


def _way_out(one: Objective, target: Shape) -> str:
    if one.target in OF_SAMPLES:
        return WAYS_OUT[one.target]
    if one.target == "indices":
        return "a target is the number of the right class; for one number per class use the categorical loss"
    if one.target == "one_hot" and target in (one.tensor.shape[1:-1], (*one.tensor.shape[1:-1], 1)):
        return "a target has a number for each class; for class numbers use the sparse loss"
    factors = {
        wanted // made
        for wanted, made in zip(target, one.tensor.shape[1:], strict=False)
        if isinstance(wanted, int) and isinstance(made, int) and wanted != made and wanted % made == 0
    }
    if len(target) == one.tensor.rank - 1 and len(factors) == 1:
        return f"the branch has to enlarge by a further factor of {factors.pop()}, or the target has to be smaller"
    return "change the branch, or the target"
