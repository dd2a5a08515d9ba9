"""A loss takes the output to end in another activation than it does: softmax for sigmoid, or sigmoid for softmax.

Both give probabilities, so nothing looks wrong. But where the activation is the last thing before the output, Keras
computes the loss from the numbers before it, with the activation that the loss stands for: one function is trained, and
another is served.

## Bad

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 3, "activation": "softmax"}},
  "edges": [["x", "species"]],
  "outputs": {"species": "species"},
  "compile": {"optimizer": "adam", "loss": {"species": "binary_crossentropy"}}
                                                       ^^^^^^^^^^^^^^^^^^^^^ `binary_crossentropy` belongs to `sigmoid`, but `species` (Dense) ends in `softmax`
}
```

## Good

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 3, "activation": "softmax"}},
  "edges": [["x", "species"]],
  "outputs": {"species": "species"},
  "compile": {"optimizer": "adam", "loss": {"species": "categorical_crossentropy"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.endings import output_ending
from netwright.objectives import losses
from netwright.shapes import ShapedModel
from netwright.words import tick

WAYS_OUT = {
    "sigmoid": "for one class of several, use `categorical_crossentropy` or its sparse form; for several answers at once, "
    "let it end in `sigmoid`",
    "softmax": "for one class of several, let it end in `softmax`; for several answers at once, use `binary_crossentropy`",
}


@check("C511", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each loss of an output with several units whose activation is that of the other kind of loss."""
    for one in losses(model):
        belongs = one.facts.get("made_by")
        made = output_ending(model, one.output) if belongs and not one.takes_logits else None
        if made is None or one.tensor.last == 1 or not made.is_probabilities:
            continue
        if made.is_distribution != (belongs == "softmax"):
            yield Finding(
                one.place, f"{tick(one.name)} belongs to {tick(belongs)}, but {made}", help=WAYS_OUT[str(belongs)]
            )
