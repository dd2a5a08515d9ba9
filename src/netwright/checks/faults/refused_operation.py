"""A layer or op of Keras' that can't stand in a spec.

Some hold code or open files: a spec can do neither, so that it can be read, checked and compiled without trusting its
author. Others give nothing that a model could use, make tensors from nothing, or do not do in a model what Keras says they do.

## Bad

```json
{
  "netwright": 1,
  "name": "half",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"half": {"type": "Lambda", "function": "lambda x: x / 2"}},
                             ^^^^^^^^ `Lambda` is refused: it holds code, and a spec is data
  "edges": [["x", "half"]],
  "outputs": {"half": "half"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "half",
  "inputs": {"x": {"shape": [8]}},
  "nodes": {"half": {"type": "Rescaling", "scale": 0.5}},
  "edges": [["x", "half"]],
  "outputs": {"half": "half"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.drafts import RefusedOperation
from netwright.words import tick


@check("V221")
def find(fault: RefusedOperation) -> Iterator[Finding]:
    """Tell why, and what to use."""
    yield Finding(fault.place, f"{tick(fault.name)} is refused: {fault.why}", help=fault.use)
