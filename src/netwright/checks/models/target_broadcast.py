"""An output has several numbers where its target has one, and Keras compares each of them with it.

Most losses broadcast without a word: an output of 3 units trained on a target of 1 number learns that number three times.
Usually a target of the wrong shape was declared, or the output has too many units. Some models mean it, such as several
heads of an ensemble in one layer: `allow` it there.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"prices": {"type": "Dense", "units": 3}},
  "edges": [["x", "prices"]],
  "outputs": {"prices": {"from": "prices", "target": {"shape": [1]}}},
                                                               ^^^ the target of `prices` is (batch, 1), but the output is (batch, 3): `mse` spreads one over the other
  "compile": {"optimizer": "adam", "loss": {"prices": "mse"}}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"prices": {"type": "Dense", "units": 3}},
  "edges": [["x", "prices"]],
  "outputs": {"prices": {"from": "prices", "target": {"shape": [3]}}},
  "compile": {"optimizer": "adam", "loss": {"prices": "mse"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.objectives import fits_target, is_spread, losses
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.tensors import written
from netwright.words import tick


@check("C514", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each target that is spread over the output, or the other way round."""
    for one in losses(model):
        target = model.graph.spec.outputs[one.output].target
        if target is None or target.shape is None or one.target not in ("elements", "one_hot"):
            continue
        if fits_target(one, target.shape) and is_spread(one, target.shape):
            yield Finding(
                value_at("outputs", one.output, "target", "shape"),
                f"the target of {tick(one.output)} is {written((None, *target.shape))}, but the output is {one.tensor}: "
                f"{tick(one.name)} spreads one over the other",
                help="let both have the same shape; if it is meant, `allow` it at the output",
            )
