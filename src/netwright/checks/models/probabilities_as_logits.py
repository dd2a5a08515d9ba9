"""A loss or metric is told that the output holds unnormalized logarithms, and the output is made of probabilities.

With `from_logits` the loss applies the softmax or sigmoid itself. Where the activation is the last thing before the
output, Keras warns at the first batch and trains on the numbers before it; anywhere else it says nothing and the
activation is applied twice. One of the two must go.

## Bad

```json
{
  "netwright": 1,
  "name": "spam",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"spam": {"type": "Dense", "units": 1, "activation": "sigmoid"}},
  "edges": [["x", "spam"]],
  "outputs": {"spam": "spam"},
  "compile": {"optimizer": "adam", "loss": {"spam": {"type": "BinaryCrossentropy", "from_logits": true}}}
                                                                                                  ^^^^ `BinaryCrossentropy` is to apply the activation itself, but `spam` (Dense) ends in `sigmoid`
}
```

## Good

```json
{
  "netwright": 1,
  "name": "spam",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"spam": {"type": "Dense", "units": 1, "activation": "sigmoid"}},
  "edges": [["x", "spam"]],
  "outputs": {"spam": "spam"},
  "compile": {"optimizer": "adam", "loss": {"spam": "binary_crossentropy"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.endings import output_ending
from netwright.objectives import losses, metrics
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C510", keras=Noticed.WARNED)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each `from_logits` that is not true of the output."""
    for one in (*losses(model), *(metric for metric, _ in metrics(model))):
        made = output_ending(model, one.output) if one.takes_logits else None
        if made is not None and made.is_probabilities:
            yield Finding(
                value_at(*one.path, "from_logits"),
                f"{tick(one.name)} is to apply the activation itself, but {made}",
                help="remove `from_logits`, or the activation",
            )
