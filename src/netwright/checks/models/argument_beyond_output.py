"""An argument of a loss or metric speaks of an axis or a class that the output does not have.

An axis is counted with that of the batch, classes are counted from 0. Keras finds out when the first batch comes in.

## Bad

```json
{
  "netwright": 1,
  "name": "tags",
  "inputs": {"x": {"shape": [16]}},
  "nodes": {"tags": {"type": "Dense", "units": 5, "activation": "sigmoid"}},
  "edges": [["x", "tags"]],
  "outputs": {"tags": "tags"},
  "compile": {
    "optimizer": "adam",
    "loss": {"tags": "binary_crossentropy"},
    "metrics": {"tags": [{"type": "Precision", "class_id": 5}]}
                                                           ^ there is no class 5 in `tags`: (batch, 5)
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "tags",
  "inputs": {"x": {"shape": [16]}},
  "nodes": {"tags": {"type": "Dense", "units": 5, "activation": "sigmoid"}},
  "edges": [["x", "tags"]],
  "outputs": {"tags": "tags"},
  "compile": {
    "optimizer": "adam",
    "loss": {"tags": "binary_crossentropy"},
    "metrics": {"tags": [{"type": "Precision", "class_id": 4}]}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.objectives import Objective, fits_rank, losses, metrics
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import counted, tick


@check("C528", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each, with what the output has."""
    for one in (*losses(model), *(metric for metric, _ in metrics(model))):
        # What stands there as a name alone has its defaults, which suit every output.
        for argument, fault in () if isinstance(one.value, str) or not fits_rank(one) else _beyond(one):
            yield Finding(value_at(*one.path, argument), f"{fault} {tick(one.output)}: {one.tensor}")


def _beyond(one: Objective) -> Iterator[tuple[str, str]]:
    """The arguments that do not fit the output, and what to say of each."""
    rank, last = one.tensor.rank, one.tensor.last
    axes = one.argument("axis")
    for axis in axes if isinstance(axes, list | tuple) else [axes]:
        if axis is not None and not -rank <= axis < rank:
            yield "axis", f"there is no axis {axis} in"
        elif axis is not None and one.target == "indices" and axis not in (-1, rank - 1):
            yield "axis", f"axis {axis} is not the last of"
    if not isinstance(last, int):
        return
    class_id, top_k, alpha = (one.argument(name) for name in ("class_id", "top_k", "alpha"))
    if class_id is not None and not -last <= class_id < last:
        yield "class_id", f"there is no class {class_id} in"
    if top_k is not None and top_k > last:
        yield "top_k", f"there are not {counted(top_k, 'number')} to choose from in"
    if one.argument("multi_label") and one.argument("num_labels") not in (None, last):
        yield "num_labels", f"there are not {counted(one.argument('num_labels'), 'label')} in"
    if isinstance(alpha, list | tuple) and len(alpha) not in (1, _classes(one)):
        yield "alpha", f"there are not {len(alpha)} classes in"


def _classes(one: Objective) -> object:
    axis = one.argument("axis")
    return one.tensor.shape[axis] if -one.tensor.rank <= axis < one.tensor.rank else len(one.argument("alpha"))
