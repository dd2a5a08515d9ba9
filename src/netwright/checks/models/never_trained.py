"""Nodes are never trained, because no gradient goes back through a node behind them.

They lead to an output with a loss, but every way leads through integers, or through a function whose slope is 0 everywhere or
that stops gradients. They stay as they were initialised; Keras only warns that some gradients do not exist, in the middle of
training. If it is meant, freeze them with `"trainable": false`.

## Bad

```json
{
  "netwright": 1,
  "name": "coded",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "encode": {"type": "Dense", "units": 4},
    "round": {"op": "round"},
    ^^^^^^^ no gradient goes back through `round` (round): `encode` is never trained
    "decode": {"type": "Dense", "units": 8}
  },
  "edges": [["x", "encode", "round", "decode"]],
  "outputs": {"decoded": "decode"},
  "compile": {"optimizer": "adam", "loss": {"decoded": "mse"}}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "coded",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "encode": {"type": "Dense", "units": 4, "trainable": false},
    "round": {"op": "round"},
    "decode": {"type": "Dense", "units": 8}
  },
  "edges": [["x", "encode", "round", "decode"]],
  "outputs": {"decoded": "decode"},
  "compile": {"optimizer": "adam", "loss": {"decoded": "mse"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.gradients import Gradients, gradients, is_trained
from netwright.graph import each_feed
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import layer, listed


@check("C524", Severity.WARNING, keras=Noticed.WARNED)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each node where all ways back of others end, with these."""
    if model.graph.spec.compile is None:
        return
    found = gradients(model)
    if not found.lost or not any(is_trained(model, name) for name in found.reached):
        return
    for end, sources in found.ends.items():
        if model.operations[end].refuses_gradient:
            continue
        before = _before(model, found, sources)
        idle = [name for name in model.graph.order if name in found.lost and name in before]
        if idle:
            verb = "is" if len(idle) == 1 else "are"
            yield Finding(
                key_at("nodes", end),
                f"no gradient goes back through {layer(end, model.operations[end].kind())}: {listed(idle)} {verb} "
                "never trained",
                help=f'if that is meant, set `"trainable": false` at {listed(idle)}',
            )


def _before(model: ShapedModel, found: Gradients, sources: tuple[str, ...]) -> set[str]:
    """What leads to these sources and is not reached."""
    seen: set[str] = set()
    todo = [name for name in sources if name not in found.reached]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            feeds = each_feed(model.graph.feeds.get(name, {}))
            todo += [feed.source.name for feed in feeds if feed.source.name not in found.reached]
    return seen
