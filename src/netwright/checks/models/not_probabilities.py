"""A loss takes the output for probabilities, and the output is none.

A cross-entropy is the logarithm of a probability. Keras never says a word: numbers outside of 0 to 1 are cut off there,
where there is no gradient, and what is learned is not what was meant. Give the output an activation that makes
probabilities, or tell the loss that it gets unnormalized logarithms with `from_logits`.

## Bad

```json
{
  "netwright": 1,
  "name": "digits",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"digit": {"type": "Dense", "units": 10}},
  "edges": [["x", "digit"]],
  "outputs": {"digit": "digit"},
  "compile": {"optimizer": "adam", "loss": {"digit": "sparse_categorical_crossentropy"}}
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `sparse_categorical_crossentropy` takes probabilities, but `digit` (Dense) gives any numbers
}
```

## Good

```json
{
  "netwright": 1,
  "name": "digits",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"digit": {"type": "Dense", "units": 10}},
  "edges": [["x", "digit"]],
  "outputs": {"digit": "digit"},
  "compile": {
    "optimizer": "adam",
    "loss": {"digit": {"type": "SparseCategoricalCrossentropy", "from_logits": true}}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.endings import Ending, output_ending
from netwright.objectives import Objective, losses
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C509", keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each such loss, and the node that makes the numbers."""
    for one in losses(model):
        # Whatever loss Keras chooses by the shapes, it takes probabilities.
        wants = one.wants == "probabilities" or (one.by_shape and one.entry is None)
        made = output_ending(model, one.output) if wants else None
        if made is None or made.is_probabilities:
            continue
        yield Finding(one.place, f"{tick(one.name)} takes probabilities, but {made}", help=_way_out(one, made))


def _way_out(one: Objective, made: Ending) -> str:
    wanted = tick(one.facts.get("made_by", "softmax"))
    if made.function != "linear":
        return f"let it end in {wanted}"
    logits = one.entry and "from_logits" in one.entry.arguments
    said = (
        f', or write the loss as `{{"type": "{one.entry.name}", "from_logits": true}}`' if one.entry and logits else ""
    )
    return f"give it the activation {wanted}{said}"
