"""A name is not one that the language allows.

Names of models, inputs, nodes and outputs become names of layers, keys of dicts and arguments of the serving
function, and must survive all of that. Keras exports an input `my-in` as `my_in`, and a layer named `_d`
breaks its build.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["features", "price"]],
  "outputs": {"price-in-euros": "price"}
              ^^^^^^^^^^^^^^^^ `price-in-euros` can't be a name
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1}},
  "edges": [["features", "price"]],
  "outputs": {"price_in_euros": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import BadName
from netwright.words import tick

RULE = "a name has letters, digits and underscores, begins with a letter and has at most 64 characters"


@check("V212")
def find(fault: BadName) -> Iterator[Finding]:
    """Tell the name, and what names are; a number in quotes where a size belongs is no name."""
    is_size = fault.name.isdecimal() and isinstance(fault.place.path[-1], int)
    help_ = "remove the quotes: a size is a number" if is_size else RULE
    yield Finding(fault.place, f"{tick(fault.name)} can't be a name", help=help_)
