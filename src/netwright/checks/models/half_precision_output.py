"""An output with a loss is in half precision under a mixed policy.

Mixed policies compute in 16 bits and keep variables in 32. In the last layer the probabilities of rare classes become 0 and
large quantities become infinite, so the last layer should compute in float32.

## Bad

```json
{
  "netwright": 1,
  "name": "species",
  "dtype_policy": "mixed_float16",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 3, "activation": "softmax"}},
  "edges": [["x", "species"]],
  "outputs": {"species": "species"},
              ^^^^^^^^^ `species` is float16: `species` (Dense) computes under `mixed_float16`
  "compile": {"optimizer": "adam", "loss": {"species": "sparse_categorical_crossentropy"}}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "species",
  "dtype_policy": "mixed_float16",
  "inputs": {"x": {"shape": [4]}},
  "nodes": {"species": {"type": "Dense", "units": 3, "activation": "softmax", "dtype": "float32"}},
  "edges": [["x", "species"]],
  "outputs": {"species": "species"},
  "compile": {"optimizer": "adam", "loss": {"species": "sparse_categorical_crossentropy"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, Noticed, Severity, check
from netwright.objectives import losses
from netwright.paths import key_at
from netwright.shapes import ShapedModel
from netwright.words import layer, tick


@check("C527", Severity.WARNING, keras=Noticed.NEVER)
def find(model: ShapedModel) -> Iterator[Finding]:
    """Tell each; not where everything is in half precision on purpose."""
    for one in losses(model):
        name = model.graph.outputs[one.output].name
        operation = model.operations.get(name)
        policy = getattr(operation, "dtype", None) or model.graph.spec.dtype_policy or ""
        if operation is None or one.tensor.dtype not in ("float16", "bfloat16") or not policy.startswith("mixed_"):
            continue
        yield Finding(
            key_at("outputs", one.output),
            f"{tick(one.output)} is {one.tensor.dtype}: {layer(name, operation.kind())} computes under {tick(policy)}",
            help='give the last layer `"dtype": "float32"`',
        )
