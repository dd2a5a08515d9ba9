"""An output has no unit for some of the classes of its target.

The numbers of the classes go from 0 to the number of units less 1. For a label beyond that, a sparse loss gives NaN or fails
in the middle of training, depending on the device; a binary loss takes any number and learns nonsense.

## Bad

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 3, "activation": "softmax"}},
  "edges": [["x", "species"]],
  "outputs": {"species": {"from": "species", "target": {"shape": [], "classes": 4}}},
                                                                                ^ the target of `species` has 4 classes, but the output has 3 units: (batch, 3)
  "compile": {"optimizer": "adam", "loss": {"species": "sparse_categorical_crossentropy"}}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 4, "activation": "softmax"}},
  "edges": [["x", "species"]],
  "outputs": {"species": {"from": "species", "target": {"shape": [], "classes": 4}}},
  "compile": {"optimizer": "adam", "loss": {"species": "sparse_categorical_crossentropy"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.objectives import Objective, fits_rank, losses
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import counted, tick


@check("C515", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell how many classes there are, and how many units."""
    for one in losses(model):
        target = model.graph.spec.outputs[one.output].target
        if target is None or target.classes is None or not fits_rank(one):
            continue
        units = _units(one)
        # A single unit tells two apart.
        if units is not None and max(units, 2) < target.classes:
            yield Finding(
                value_at("outputs", one.output, "target", "classes"),
                f"the target of {tick(one.output)} has {target.classes} classes, but the output has "
                f"{counted(units, 'unit')}: {one.tensor}",
                help="for several classes, use a softmax over as many units and a categorical loss"
                if units == 1
                else "give the output a unit for each class",
            )


def _units(one: Objective) -> int | None:
    """The units among which the classes are told apart."""
    if one.facts.get("made_by") == "sigmoid":
        return 1 if one.tensor.last == 1 else None
    if one.facts.get("made_by") != "softmax" or one.tensor.rank < 2:
        return None
    axis = one.argument("axis")
    axis = -1 if axis is None else axis
    size = one.tensor.shape[axis] if -one.tensor.rank <= axis < one.tensor.rank else None
    return size if isinstance(size, int) and size > 1 else None
