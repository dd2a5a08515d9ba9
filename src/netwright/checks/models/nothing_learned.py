"""The loss of an output changes nothing.

All that leads to the output is frozen or has no variables, or no gradient goes back to it. Keras computes the loss all
the same; only if nothing else is trained either, it warns that the model has no trainable weights.

## Bad

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1, "trainable": false}},
  "edges": [["x", "price"]],
  "outputs": {"price": "price"},
  "compile": {"optimizer": "adam", "loss": {"price": "mse"}}
                                            ^^^^^^^ the loss of `price` changes nothing: all that leads to it is frozen
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
  "outputs": {"price": "price"},
  "compile": {"optimizer": "adam", "loss": {"price": "mse"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.gradients import Gradients, gradients, is_float, is_trained
from netwright.graph import each_feed
from netwright.objectives import losses
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import tick


@check("C525", Severity.WARNING, keras=Noticed.WARNED)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each output behind frozen nodes only; and of models that learn, those from which nothing is learned."""
    if model.graph.spec.compile is None:
        return
    found = gradients(model)
    learns = any(is_trained(model, name) for name in found.reached)
    # What is never trained at all is told at the node where the way back ends.
    told = _behind_lost(model, found) if learns else found.able
    for one in losses(model):
        source = model.graph.outputs[one.output].name
        learning = source in found.learning and is_float(model, model.graph.outputs[one.output])
        if learning or source in told or not (learns or source in found.frozen):
            continue
        why = "all that leads to it is frozen" if source in found.frozen else "nothing that leads to it has variables"
        if source in found.able:
            why = "no gradient goes back from it to what is trained"
        yield Finding(
            key_at("compile", "loss", one.output),
            f"the loss of {tick(one.output)} changes nothing: {why}",
            help="give the output the loss `null`, or let something before it be trained",
        )


def _behind_lost(model: ShapedModel, found: Gradients) -> set[str]:
    """The nodes that depend on one that could be trained, and that no loss reaches."""
    behind = set(found.lost)
    for name in model.graph.order:
        if any(feed.source.name in behind for feed in each_feed(model.graph.feeds.get(name, {}))):
            behind.add(name)
    return behind
