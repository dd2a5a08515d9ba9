"""An initializer or regularizer can't take a variable of that shape.

Orthogonal and identity matrices are matrices: a bias, or the scale of a normalization, is none. Keras refuses them when
it makes the variable, or when the first batch comes in.

## Bad

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1, "bias_initializer": "orthogonal"}},
                                                                       ^^^^^^^^^^^^ the initializer `Orthogonal` makes variables with at least 2 axes, but `bias` of `price` (Dense) has 1: (1)
  "edges": [["x", "price"]],
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "price",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": 1, "kernel_initializer": "orthogonal"}},
  "edges": [["x", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import VariableRank
from netwright.shapes import ShapeFault
from netwright.tensors import written
from netwright.words import counted, layer, tick

VERBS = {"initializer": "makes", "regularizer": "takes"}


@check("T413", keras=Noticed.EITHER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the variable, and both numbers of axes."""
    misfit = fault.misfit
    assert isinstance(misfit, VariableRank)
    whole = misfit.variable == "the output"
    shape = written(misfit.shape) if whole else f"({', '.join(str(size) for size in misfit.shape)})"
    owner = misfit.variable if whole else tick(misfit.variable)
    need = counted(1, "axis") if misfit.need == "1" else f"{misfit.need} axes"
    yield Finding(
        fault.place,
        f"the {misfit.noun} {tick(misfit.name)} {VERBS[misfit.noun]} {'tensors' if whole else 'variables'} with {need}, but {owner} of "
        f"{layer(fault.node, fault.type)} has {len(misfit.shape)}: {shape}",
        help=f"choose another {tick(misfit.argument)}" if misfit.argument else None,
    )
