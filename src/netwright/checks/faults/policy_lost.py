"""A layer would be saved without its dtype policy.

Keras writes down only the dtype of such a layer's variables. The model works until it is saved; when it is loaded again, the
layer computes with another precision, and what comes after it may no longer fit.

## Bad

```json
{
  "netwright": 1,
  "name": "series",
  "dtype_policy": "mixed_float16",
  "inputs": {"series": {"shape": [40, 8]}},
  "nodes": {
    "drop": {"type": "SpatialDropout1D", "rate": 0.1},
            ^ `drop` (SpatialDropout1D) loses its dtype policy mixed_float16 when Keras saves it
    "sum": {"type": "LSTM", "units": 8}
  },
  "edges": [["series", "drop", "sum"]],
  "outputs": {"mood": "sum"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "series",
  "dtype_policy": "mixed_float16",
  "inputs": {"series": {"shape": [40, 8]}},
  "nodes": {
    "drop": {"type": "SpatialDropout1D", "rate": 0.1, "dtype": "float16"},
    "sum": {"type": "LSTM", "units": 8}
  },
  "edges": [["series", "drop", "sum"]],
  "outputs": {"mood": "sum"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, check
from netwright.misfits import PolicyLost
from netwright.shapes import ShapeFault
from netwright.words import layer, tick


@check("T418", keras=Noticed.NEVER)
def find(fault: ShapeFault) -> Iterator[Finding]:
    """Tell the policy, and the plain dtype that does the same."""
    misfit = fault.misfit
    assert isinstance(misfit, PolicyLost)
    who, plain = layer(fault.node, fault.type), misfit.policy.removeprefix("mixed_")
    written = tick(f'"dtype": "{plain}"')
    yield Finding(
        fault.place,
        f"{who} loses its dtype policy {misfit.policy} when Keras saves it",
        help=f"give it {written}: it has no variables that a mixed policy would keep in float32",
    )
