"""An initializer can't make, or a regularizer can't take, a variable or output of the layer's dtype.

TensorFlow decomposes a matrix to make an orthogonal one, and can't do that in bfloat16. `LSTM` and `GRU` have such a
matrix by default. Keras fails when it makes the variable. A regularizer has a factor in float32; the orthogonal one can't be
computed in another dtype, and fails in training; of integers, every penalty is 0, or fails.

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

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import VariableDtype
from netwright.shapes import ShapeFault
from netwright.words import layer, tick

VERBS = {"initializer": "make", "regularizer": "take"}


@check("T414", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the variable or the output, and the policy that keeps variables in float32."""
    misfit = fault.misfit
    assert isinstance(misfit, VariableDtype)
    whole = misfit.variable == "the output"
    owner = misfit.variable if whole else tick(misfit.variable)
    way_out = f"choose another {tick(misfit.argument)}"
    if not whole and misfit.dtype != "float64":
        way_out += f", or the policy `mixed_{misfit.dtype}`, which keeps variables in float32"
    yield Finding(
        fault.place,
        f"the {misfit.noun} {tick(misfit.name)} can't {VERBS[misfit.noun]} {owner} of {layer(fault.node, fault.type)} in "
        f"{misfit.dtype}",
        help=way_out,
    )
