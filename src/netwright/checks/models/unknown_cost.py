"""A limit of the budget can't be checked, because a size is not known.

What costs depend on the number of steps or the size of images is known only if these are. A limit that is exceeded by what
is known is told as such.

## Bad

```json
{
  "netwright": 1,
  "name": "moods",
  "inputs": {"words": {"shape": [null, 16]}},
  "nodes": {"mood": {"type": "Dense", "units": 3}},
  "edges": [["words", "mood"]],
  "outputs": {"mood": "mood"},
  "budget": {"flops": 100000}
                      ^^^^^^ it is not known what `mood` (Dense) adds to the operations, so that the budget can't be checked
}
```

## Good

```json
{
  "netwright": 1,
  "name": "moods",
  "inputs": {"words": {"shape": [40, 16]}},
  "nodes": {"mood": {"type": "Dense", "units": 3}},
  "edges": [["words", "mood"]],
  "outputs": {"mood": "mood"},
  "budget": {"flops": 100000}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.budgets import items
from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.paths import value_at
from netwright.shapes import ShapedModel
from netwright.words import layer

WORDS = {"parameters": "parameters", "flops": "operations", "memory": "memory"}


@check("T417", Severity.WARNING, keras=Noticed.NOWHERE)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each limit that nothing exceeds so far, but that some node may."""
    for item in items(model):
        if item.unknown and item.known <= item.limit:
            first, others = item.unknown[0], len(item.unknown) - 1
            who = layer(first, model.operations[first].kind()) + (f" and {others} more" if others else "")
            message = f"it is not known what {who} adds to the {WORDS[item.name]}, so that the budget can't be checked"
            yield Finding(value_at("budget", item.name), message, help="write the sizes in `inputs` as numbers")
