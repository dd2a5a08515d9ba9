"""The compile section names an output that does not exist.

Losses, loss weights and metrics are keyed by the names in `outputs`, never by the names of nodes or inputs. Keras
accepts such a key in `compile()`. A wrong key of a loss or metric is refused when training starts, after the model was
built and saved; a wrong key of a loss weight is not refused at all, and the weights land on the wrong losses.

## Bad

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"head": {"type": "Dense", "units": 1}},
  "edges": [["x", "head"]],
  "outputs": {"score": "head"},
  "compile": {
    "optimizer": "adam",
    "loss": {"scroe": "mse"}
             ^^^^^^^ there is no output `scroe`
  }
}
```

## Good

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"head": {"type": "Dense", "units": 1}},
  "edges": [["x", "head"]],
  "outputs": {"score": "head"},
  "compile": {
    "optimizer": "adam",
    "loss": {"score": "mse"}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.compile_keys import fed_by, unknown_keys
from netwright.diagnostics import Finding, Noticed, check
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import listed, meant, tick

WORDS = {
    "loss": "losses are",
    "loss_weights": "loss weights are",
    "metrics": "metrics are",
    "weighted_metrics": "weighted metrics are",
}


@check("C501", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each key that is no output; say so if it is a node or an input, and which outputs that one leads to."""
    graph = model.graph
    outputs = sorted(graph.spec.outputs)
    for one in unknown_keys(graph):
        place = key_at("compile", one.section, one.key)
        what = "a node" if one.key in graph.spec.nodes else "an input" if one.key in graph.spec.inputs else None
        if what is None:
            everything = _outputs(outputs)
            near = meant(one.near, None)
            yield Finding(
                place, f"there is no output {tick(one.key)}", help=f"{near} {everything}" if near else everything
            )
            continue
        yield Finding(
            place,
            f"{tick(one.key)} is {what}, not an output: {WORDS[one.section]} keyed by the names in `outputs`",
            help=_way_out(fed_by(graph, one.key), outputs, one.key),
        )


def _outputs(outputs: list[str]) -> str:
    return f"the outputs are {listed(outputs)}" if len(outputs) > 1 else f"the output is {listed(outputs)}"


def _way_out(reached: tuple[str, ...], outputs: list[str], key: str) -> str:
    if len(reached) == 1:
        return f"{tick(key)} leads to the output {tick(reached[0])}: write that"
    if reached:
        return f"{tick(key)} leads to the outputs {listed(reached)}: write the one that is meant"
    return _outputs(outputs)
