"""A number in place of a tensor can't stand beside the other tensors.

Keras puts a number into the dtype of the tensor that it meets: an integer beyond the range of that dtype becomes
another one without a word, as 300 becomes 44 beside uint8. Some functions say one dtype beside a number and give
another.

## Bad

```json
{
  "netwright": 1,
  "name": "pixels",
  "inputs": {"photo": {"shape": [64, 64, 3], "dtype": "uint8"}},
  "nodes": {
    "inverted": {"op": "subtract", "x1": 256}
                                         ^^^ `x1` of `inverted` (subtract) is 256, but must be from 0 to 255 beside uint8
  },
  "edges": [["photo", "inverted"]],
  "outputs": {"negative": "inverted"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "pixels",
  "inputs": {"photo": {"shape": [64, 64, 3], "dtype": "uint8"}},
  "nodes": {
    "inverted": {"op": "subtract", "x1": 255}
  },
  "edges": [["photo", "inverted"]],
  "outputs": {"negative": "inverted"}
}
```
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import WrongNumber
from netwright.shapes import ShapeFault
from netwright.words import layer, tick


@check("T422", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the number and what it must be."""
    misfit = fault.misfit
    assert isinstance(misfit, WrongNumber)
    value = json.dumps(misfit.value)
    yield Finding(
        fault.place,
        f"{tick(misfit.argument)} of {layer(fault.node, fault.type)} is {value}, but must be {misfit.need}",
    )
