"""A softmax is applied to what a softmax gave, or a sigmoid to what a sigmoid gave.

The second makes all probabilities nearly equal: of (1, 0, 0), the softmax is (0.58, 0.21, 0.21). The model trains badly,
and Keras never says why.

## Bad

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {
    "species": {"type": "Dense", "units": 3, "activation": "softmax"},
    "probabilities": {"type": "Softmax"}
    ^^^^^^^^^^^^^^^ `probabilities` (Softmax) applies `softmax` to probabilities: `species` (Dense) ends in `softmax`
  },
  "edges": [["x", "species", "probabilities"]],
  "outputs": {"species": "probabilities"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "species",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {
    "species": {"type": "Dense", "units": 3},
    "probabilities": {"type": "Softmax"}
  },
  "edges": [["x", "species", "probabilities"]],
  "outputs": {"species": "probabilities"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.endings import PROBABILITIES, ending, only_source, own_endings
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import layer, tick


@check("T425", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each node that applies what was applied already, if nothing but moving happened in between."""
    for made in own_endings(model, PROBABILITIES):
        # A layer with weights makes new numbers first.
        before = None if made.activity.fresh else ending(model, only_source(model, made.node))
        if before is not None and before.is_probabilities and before.is_distribution == made.is_distribution:
            yield Finding(
                key_at("nodes", made.node),
                f"{layer(made.node, made.kind)} applies {tick(made.function)} to probabilities: {before}",
                help="remove one of the two",
            )
