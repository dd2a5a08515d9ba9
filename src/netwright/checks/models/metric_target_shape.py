"""A metric can't compare an output with the target that its loss can compare it with.

Losses add or drop a last axis of size 1, and most spread a size of 1 over the other tensor. Some metrics do neither, and
Keras finds out when the first batch of targets comes in.

## Bad

```json
{
  "netwright": 1,
  "name": "signs",
  "inputs": {"x": {"shape": [6, 3]}},
  "nodes": {"signs": {"type": "Dense", "units": 3, "activation": "tanh"}},
  "edges": [["x", "signs"]],
  "outputs": {"signs": {"from": "signs", "target": {"shape": [6, 3, 1]}}},
  "compile": {"optimizer": "adam", "loss": {"signs": "hinge"}, "metrics": {"signs": ["squared_hinge"]}}
                                                                                     ^^^^^^^^^^^^^^^ `squared_hinge` can't compare the target of `signs`, (batch, 6, 3, 1), with the output (batch, 6, 3)
}
```

## Good

```json
{
  "netwright": 1,
  "name": "signs",
  "inputs": {"x": {"shape": [6, 3]}},
  "nodes": {"signs": {"type": "Dense", "units": 3, "activation": "tanh"}},
  "edges": [["x", "signs"]],
  "outputs": {"signs": {"from": "signs", "target": {"shape": [6, 3]}}},
  "compile": {"optimizer": "adam", "loss": {"signs": "hinge"}, "metrics": {"signs": ["squared_hinge"]}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.objectives import Objective, fits_rank, fits_target, is_spread, metrics
from netwright.shapes import ShapedModel
from netwright.tensors import Shape, written
from netwright.words import tick

MATRIX = 2


@check("C530", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each such metric, if the loss has nothing against the target."""
    for one, loss in metrics(model):
        target = model.graph.spec.outputs[one.output].target
        shape = target.shape if target else None
        if shape is None or one.target not in ("elements", "one_hot") or loss.target not in ("elements", "one_hot"):
            continue
        if fits_rank(one) and fits_target(loss, shape) and not _compares(one, shape):
            yield Finding(
                one.place,
                f"{tick(one.name)} can't compare the target of {tick(one.output)}, {written((None, *shape))}, with the "
                f"output {one.tensor}",
                help="let the target have the shape of the output",
            )


def _compares(one: Objective, target: Shape) -> bool:
    rank = len(target) + 1
    as_given = one.facts.get("as_given") and max(rank, one.tensor.rank) > MATRIX
    if rank != one.tensor.rank and (as_given or one.facts.get("same_rank")):
        return False
    return not (one.facts.get("strict") and is_spread(one, target))
