"""A metric takes the output for probabilities, and the output is none.

Its thresholds lie between 0 and 1, while the output goes far beyond: what is above 0.5 has not the probability 0.5. Keras
never says so. The name `accuracy` stands for such a metric where the output has a single unit.

## Bad

```json
{
  "netwright": 1,
  "name": "spam",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"spam": {"type": "Dense", "units": 1}},
  "edges": [["x", "spam"]],
  "outputs": {"spam": "spam"},
  "compile": {
    "optimizer": "adam",
    "loss": {"spam": {"type": "BinaryCrossentropy", "from_logits": true}},
    "metrics": {"spam": ["accuracy"]}
                         ^^^^^^^^^^ `accuracy` takes probabilities, but `spam` (Dense) gives any numbers
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "spam",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"spam": {"type": "Dense", "units": 1}},
  "edges": [["x", "spam"]],
  "outputs": {"spam": "spam"},
  "compile": {
    "optimizer": "adam",
    "loss": {"spam": {"type": "BinaryCrossentropy", "from_logits": true}},
    "metrics": {"spam": [{"type": "BinaryAccuracy", "threshold": 0.0}]}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.endings import Ending, output_ending
from netwright.objectives import Objective, is_accuracy_of_regression, metrics
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C519", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each metric of probabilities on an output that is none, or whose loss says so."""
    for one, loss in metrics(model):
        if one.wants != "probabilities" or one.has_threshold:
            continue
        made = output_ending(model, one.output)
        if made is not None and (made.is_probabilities or is_accuracy_of_regression(model, one, loss)):
            continue
        if made is None and not loss.takes_logits:
            continue
        why = str(made) if made else f"the loss of {tick(one.output)} has `from_logits`"
        yield Finding(one.place, f"{tick(one.name)} takes probabilities, but {why}", help=_way_out(one, made))


def _way_out(one: Objective, made: Ending | None) -> str:
    name = one.entry.name if one.entry else one.name
    if one.argument("threshold") is not None:
        return f'write it with a threshold for such numbers: `{{"type": "{name}", "threshold": 0.0}}`'
    if one.argument("from_logits") is not None:
        return f'write it as `{{"type": "{name}", "from_logits": true}}`'
    return "let the output end in probabilities" if made else "remove it"
