"""A layer, an object or a part of the document lacks something that it can't do without.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "activation": "relu"}},
            ^^^^^^^ `Dense` needs the argument `units`
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1, "activation": "relu"}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import MissingArgument
from netwright.words import tick


@check("V205")
def find(fault: MissingArgument) -> Iterator[Finding]:
    """Tell what is missing, at the place where it should be."""
    of_training = fault.place.path == ("compile",) and fault.name == "loss"
    yield Finding(
        fault.place,
        f"{fault.owner} needs the {fault.word} {tick(fault.name)}",
        help="give each output its loss by name, or null if it is not to be trained" if of_training else None,
    )
