"""An expression has no value.

Expressions have numbers, `'text'`, `true`, `false`, `null`, params, `list[i]`, `+ - * / // % **`, one comparison, `a if c else b`, `min`,
`max` and parentheses, as in Python. Arithmetic takes numbers, an exponent is an integer from 0 to 63, and no number is
greater than 2^53.

## Bad

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer", "default": 64}},
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": "${width if width else 1}"}},
                                                            ^^^^^ `if` needs true or false, but this is 64
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```

## Good

```json
{
  "netwright": 1,
  "name": "prices",
  "params": {"width": {"type": "integer", "default": 64}},
  "inputs": {"features": {"shape": [8]}},
  "nodes": {"price": {"type": "Dense", "units": "${width if width > 0 else 1}"}},
  "edges": [["features", "price"]],
  "outputs": {"price": "price"}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from netwright.diagnostics import Finding, check
from netwright.params import WrongExpression


@check("B605")
def find(fault: WrongExpression) -> Iterator[Finding]:
    """Tell why, at its place inside the string."""
    yield Finding(fault.place, fault.message)
