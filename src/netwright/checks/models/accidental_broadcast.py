"""A merge adds a single number to every entry of a row, or lays tensors of different rank over each other.

Keras spreads an axis of size 1 over the other tensor, and gives a tensor of lower rank axes of size 1 after the batch axis,
wherever its sizes fit. It never says so; often a layer with the wrong number of units is what is behind it. Factors of size 1 in
`Multiply` are gates and are not told, nor is what the ops do, whose rules are those of NumPy.

## Bad

```json
{
  "netwright": 1,
  "name": "residual",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "branch": {"type": "Dense", "units": 1},
    "sum": {"type": "Add"}
    ^^^^^ `sum` (Add) spreads `branch`, (batch, 1), over (batch, 8)
  },
  "edges": [["x", "sum"], ["x", "branch", "sum"]],
  "outputs": {"sum": "sum"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "residual",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {
    "branch": {"type": "Dense", "units": 8},
    "sum": {"type": "Add"}
  },
  "edges": [["x", "sum"], ["x", "branch", "sum"]],
  "outputs": {"sum": "sum"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.graph import Feed, each_feed
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.tensors import Tensor
from netwright.words import layer, tick

MERGES = frozenset({"Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"})


@check("T429", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each merge with a single number per sample, or with a tensor whose sizes would fit elsewhere too."""
    for _, operation, names in model.alike:
        for name in names if operation.kind() in MERGES else ():
            found = _of_merge(model, name) if name in model.tensors else None
            if found:
                yield found


def _of_merge(model: ShapedModel, name: str) -> Finding | None:
    output = model.tensors[name][0]
    for feed in each_feed(model.graph.feeds[name]):
        tensor = model.tensor(feed.source)
        if tensor is not None and tensor.shape != output.shape:
            spread = _spread(model.operations[name].kind(), tensor, output)
            if spread:
                return _finding(model, name, feed, spread, output)
    return None


def _spread(kind: str, tensor: Tensor, output: Tensor) -> str:
    """How a tensor is spread over the output, if that is probably not meant."""
    if tensor.rank == output.rank:
        single = tensor.rank == 2 and tensor.last == 1 and isinstance(output.last, int) and output.last > 1
        return "spreads" if single and kind != "Multiply" else ""
    sizes = [size for size in tensor.shape[1:] if size != 1]
    if None in sizes:
        return ""
    fits = sum(output.shape[1 + i : 1 + i + len(sizes)] == tuple(sizes) for i in range(output.rank - len(sizes)))
    return "lays" if sizes and fits > 1 else ""


def _finding(model: ShapedModel, name: str, feed: Feed, spread: str, output: Tensor) -> Finding:
    source, tensor = tick(model.graph.label(feed.source)), model.tensor(feed.source)
    who = layer(name, model.operations[name].kind())
    if spread == "spreads":
        return Finding(
            key_at("nodes", name),
            f"{who} spreads {source}, {tensor}, over {output}",
            help="give it as many units, or `allow` it here",
        )
    return Finding(
        key_at("nodes", name),
        f"{who} lays {source}, {tensor}, over the last axes of {output}, though it would fit others too",
        help="reshape it to the same number of axes first, with 1 where it is to be spread",
    )
