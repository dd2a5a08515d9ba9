"""A layer, an object or a part of the document is given something that it does not have.

Arguments are spelled as in Keras 3; of those that earlier versions had, the help says what takes their place. Nothing
is ignored: in many tools a misspelt argument silently leaves the default in force, and Keras itself ignores some of its
old arguments, as `decay` of an optimizer.

## Bad

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"head": {"type": "Dense", "units": 1, "activaton": "relu"}},
                                                  ^^^^^^^^^^^ `Dense` has no argument `activaton`
  "edges": [["x", "head"]],
  "outputs": {"score": "head"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "scorer",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"head": {"type": "Dense", "units": 1, "activation": "relu"}},
  "edges": [["x", "head"]],
  "outputs": {"score": "head"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import UnknownArgument
from netwright.words import listed, meant, tick


@check("V204")
def find(fault: UnknownArgument) -> Iterator[Finding]:
    """Tell the name, and the nearest one or all there are."""
    choices = f"the {fault.word}s are {listed(fault.choices)}" if fault.choices else f"it takes no {fault.word}s"
    if fault.name == "name" and fault.place.path[0] == "nodes":
        choices = "the key of the node is its name, in Keras too"
    way_out = fault.use or meant(fault.near, choices)
    yield Finding(fault.place, f"{fault.owner} has no {fault.word} {tick(fault.name)}", help=way_out)
