"""An initializer can't make a variable of the layer's dtype.

TensorFlow decomposes a matrix to make an orthogonal one, and can't do that in bfloat16. `LSTM` and `GRU` have such a
matrix by default. Keras fails when it makes the variable.

## Bad

```json
{
  "netwright": 1,
  "name": "mood",
  "inputs": {"words": {"shape": [20, 8]}},
  "nodes": {"mood": {"type": "Dense", "units": 8, "dtype": "bfloat16", "kernel_initializer": "orthogonal"}},
                                                                                             ^^^^^^^^^^^^ the initializer `Orthogonal` can't make `kernel` of `mood` (Dense) in bfloat16
  "edges": [["words", "mood"]],
  "outputs": {"mood": "mood"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "mood",
  "inputs": {"words": {"shape": [20, 8]}},
  "nodes": {"mood": {"type": "Dense", "units": 8, "dtype": "mixed_bfloat16", "kernel_initializer": "orthogonal"}},
  "edges": [["words", "mood"]],
  "outputs": {"mood": "mood"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.misfits import VariableDtype
from netwright.shapes import ShapeFault
from netwright.words import layer, tick


@check("T414")
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the variable, and the policy that keeps variables in float32."""
    misfit = fault.misfit
    assert isinstance(misfit, VariableDtype)
    yield Finding(
        fault.place,
        f"the initializer {tick(misfit.name)} can't make {tick(misfit.variable)} of {layer(fault.node, fault.type)} in "
        f"{misfit.dtype}",
        help=f"choose another {tick(misfit.argument)}, or the policy `mixed_{misfit.dtype}`, which keeps variables in float32",
    )
