"""A layer gets elements that it can't compute with.

Keras casts floats to the precision of the layer, and leaves integers, booleans and strings as they are. It
builds the model, and fails when the first batch arrives.

## Bad

```json
{
  "netwright": 1,
  "name": "photos",
  "inputs": {"photo": {"shape": [64, 64, 3], "dtype": "uint8"}},
  "nodes": {
    "conv": {"type": "Conv2D", "filters": 8, "kernel_size": 3}
  },
  "edges": [["photo", "conv"]],
                      ^^^^^^ `conv` (Conv2D) takes floats, but `photo` gives uint8
  "outputs": {"features": "conv"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "photos",
  "inputs": {"photo": {"shape": [64, 64, 3], "dtype": "uint8"}},
  "nodes": {
    "scale": {"type": "Rescaling", "scale": 0.004},
    "conv": {"type": "Conv2D", "filters": 8, "kernel_size": 3}
  },
  "edges": [["photo", "scale", "conv"]],
  "outputs": {"features": "conv"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import WrongDtype
from netwright.shapes import ShapeFault
from netwright.words import gives, layer, tick


@check("T410", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell both ends of the edge, what is taken and what is given."""
    misfit = fault.misfit
    assert isinstance(misfit, WrongDtype)
    source, dtype = fault.at_fault[0], misfit.tensor.dtype
    given = "integers" if misfit.tensor.integers else dtype
    end, way_out = gives(source.source, given, each_step=misfit.each_step), _way_out(misfit)
    if dtype != source.given and (misfit.argument == "dtype" or source.tensor.dtype == dtype):
        end = f"its dtype policy makes {dtype} of {tick(source.source)}"
        way_out = "give it a `dtype` that does"
    yield Finding(fault.place, f"{layer(fault.node, fault.type)} takes {misfit.need}, but {end}", help=way_out)


def _way_out(misfit: WrongDtype) -> str | None:
    if misfit.tensor.dtype == "string":
        return "turn text into numbers first"
    if misfit.need.startswith("floats"):
        return "make floats of it with `Rescaling`, or change the `dtype` of the input that it comes from"
    if misfit.need.startswith("integers"):
        return 'give the input that it comes from `"dtype": "int32"`'
    return None
