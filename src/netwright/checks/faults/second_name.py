"""A layer or op is written by a second name that Keras has for it.

Keras takes both. In a spec each has one name, the canonical one, so that what is the same looks the same.

## Bad

```json
{
  "netwright": 1,
  "name": "digits",
  "inputs": {"image": {"shape": [28, 28, 1]}},
  "nodes": {"halves": {"type": "MaxPool2D"}},
                               ^^^^^^^^^^^ `MaxPool2D` is Keras' second name of `MaxPooling2D`
  "edges": [["image", "halves"]],
  "outputs": {"small": "halves"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "digits",
  "inputs": {"image": {"shape": [28, 28, 1]}},
  "nodes": {"halves": {"type": "MaxPooling2D"}},
  "edges": [["image", "halves"]],
  "outputs": {"small": "halves"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import SecondName
from netwright.words import tick


@check("V220")
def find(fault: SecondName) -> Iterator[Finding]:
    """Tell both names."""
    yield Finding(
        fault.place,
        f"{tick(fault.name)} is Keras' second name of {tick(fault.canonical)}",
        help=f"write {tick(fault.canonical)}",
    )
