"""A layer numbers more things than the next one can look up.

The numbers of a vocabulary go on after those that stand for the mask and for terms that are not in it: of 3 words and one
number for all others, 4 numbers come out. A number beyond the last row fails in the middle of training on a CPU, and
gives zeros on a GPU.

## Bad

```json
{
  "netwright": 1,
  "name": "colours",
  "inputs": {"colour": {"shape": [1], "dtype": "string"}},
  "nodes": {
    "number": {"type": "StringLookup", "vocabulary": ["red", "green", "blue"]},
    "vector": {"type": "Embedding", "input_dim": 3, "output_dim": 4}
                                                 ^ `vector` (Embedding) has 3 numbers, from 0 to 2, but `number` (StringLookup) gives 4, up to 3
  },
  "edges": [["colour", "number", "vector"]],
  "outputs": {"vector": "vector"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "colours",
  "inputs": {"colour": {"shape": [1], "dtype": "string"}},
  "nodes": {
    "number": {"type": "StringLookup", "vocabulary": ["red", "green", "blue"]},
    "vector": {"type": "Embedding", "input_dim": 4, "output_dim": 4}
  },
  "edges": [["colour", "number", "vector"]],
  "outputs": {"vector": "vector"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.endings import only_source, straight_back
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import layer


@check("T431", keras=Noticed.LATE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each pair of such layers, if nothing but moving happens in between."""
    looking = [one for one in model.alike if one.operation.most_ids is not None]
    for name in (name for one in looking for name in one.names):
        operation, most = model.operations[name], model.operations[name].most_ids
        source = _numbering(model, name)
        if source is None or most is None:
            continue
        before, count = source
        if count > most:
            yield Finding(
                value_at("nodes", name, "input_dim"),
                f"{layer(name, operation.kind())} has {most} numbers, from 0 to {most - 1}, but "
                f"{layer(before, model.operations[before].kind())} gives {count}, up to {count - 1}",
                help=f"let `input_dim` be {count}",
            )


def _numbering(model: ShapedModel, name: str) -> tuple[str, int] | None:
    """The node that makes the numbers that arrive, and how many there are."""
    for before, operation in straight_back(model, only_source(model, name)):
        if operation.ids is not None:
            return before, operation.ids
        if not operation.rearranges:
            return None
    return None
