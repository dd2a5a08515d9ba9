"""An output has no loss.

Keras accepts that: the model trains, and what only this output depends on stays as it was initialised. If an output is
not to be trained, say so with `null`.

## Bad

```json
{
  "netwright": 1,
  "name": "price_and_category",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "price": {"type": "Dense", "units": 1},
    "category": {"type": "Dense", "units": 3, "activation": "softmax"}
  },
  "edges": [["x", ["price", "category"]]],
  "outputs": {"price": "price", "category": "category"},
  "compile": {
    "optimizer": "adam",
    "loss": {"price": "mse"}
    ^^^^^^ the output `category` has no loss
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "price_and_category",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "price": {"type": "Dense", "units": 1},
    "category": {"type": "Dense", "units": 3, "activation": "softmax"}
  },
  "edges": [["x", ["price", "category"]]],
  "outputs": {"price": "price", "category": "category"},
  "compile": {
    "optimizer": "adam",
    "loss": {"price": "mse", "category": null}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.compile_keys import trained_only_for, unknown_keys
from netwright.diagnostics import Finding, Note, Noticed, check
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import listed, tick


@check("C502", keras=Noticed.WARNED)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each output without a loss, and the nodes that would never train; not those whose key is misspelt."""
    graph = model.graph
    section = graph.spec.compile
    if section is None or graph.draft.lacks("compile", "loss"):
        return
    meant = {name for one in unknown_keys(graph) if one.section == "loss" for name in one.meant}
    for output in graph.spec.outputs:
        if output in section.loss or output in meant:
            continue
        idle = trained_only_for(model, output)
        yield Finding(
            key_at("compile", "loss"),
            f"the output {tick(output)} has no loss",
            help=f'add one, or say `"{output}": null` if it is not to be trained',
            notes=(Note(f"{listed(idle)} would never be trained"),) if idle else (),
        )
