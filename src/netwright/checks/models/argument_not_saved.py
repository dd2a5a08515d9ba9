"""Keras leaves an argument out of the saved model.

`model.keras` holds the configuration of the loss without this argument. Whoever loads the file and trains on gets
Keras' default instead, without a word. The model that `build` returns has the argument, and the SavedModel, which has no
loss, is not concerned.

## Bad

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["x", "price"]],
  "outputs": {"price": "price"},
  "compile": {"optimizer": "adam", "loss": {"price": {"type": "Huber", "delta": 2.0}}}
                                                                                ^^^ `delta` of `Huber` is not saved by Keras: a loaded model trains with 1.0
}
```

## Good

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["x", "price"]],
  "outputs": {
    "price": {"from": "price", "allow": ["argument-not-saved"], "description": "trained once, right after building"}
  },
  "compile": {"optimizer": "adam", "loss": {"price": {"type": "Huber", "delta": 2.0}}}
}
```
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from netwright.arguments import Arguments
from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.objects import family
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C508", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each argument of a loss that is given, is not the default, and is lost."""
    section = model.graph.spec.compile
    for output, loss in section.loss.items() if section else ():
        if not isinstance(loss, Arguments):
            continue
        entry = family("losses").entry(loss)
        for name in entry.facts.get("lost", ()) if entry else ():
            default = type(loss).model_fields[name].default
            if getattr(loss, name) != default:
                yield Finding(
                    value_at("compile", "loss", output, name),
                    f"{tick(name)} of {tick(type(loss).__name__)} is not saved by Keras: "
                    f"a loaded model trains with {json.dumps(default)}",
                    help="compile the loaded model again before training on, and accept this with `allow` at the output",
                )
