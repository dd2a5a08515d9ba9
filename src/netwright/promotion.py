"""The dtype that several dtypes become together, by the rules of Keras.

Keras took them from JAX: a lattice, in which the result is the least upper bound. Numbers that stand in a spec are
weak: `int` and `float` take the width of what they meet. See https://docs.jax.dev/en/latest/type_promotion.html.
"""

from __future__ import annotations

from functools import cache, reduce

WEAK = frozenset({"int", "float"})

# What stands directly above each dtype.
_ABOVE = {
    "bool": ("int",),
    "int": ("uint8", "int8"),
    "uint8": ("uint16", "int16"),
    "uint16": ("uint32", "int32"),
    "uint32": ("uint64", "int64"),
    "uint64": ("float",),
    "int8": ("int16",),
    "int16": ("int32",),
    "int32": ("int64",),
    "int64": ("float",),
    "float": ("bfloat16", "float16"),
    "bfloat16": ("float32",),
    "float16": ("float32",),
    "float32": ("float64",),
    "float64": (),
}


@cache
def _bounds(dtype: str) -> frozenset[str]:
    """All that stand above a dtype, and itself."""
    return frozenset({dtype}).union(*(_bounds(one) for one in _ABOVE[dtype]))


@cache
def _join(first: str, second: str) -> str:
    common = _bounds(first) & _bounds(second)
    return next(one for one in common if common == _bounds(one))


def result_type(*dtypes: str) -> str:
    """The dtype of what is made of tensors of these dtypes; `int` and `float` are numbers without a width.

    Raises:
        KeyError: one is no number, as `string`.
    """
    found = reduce(_join, dtypes)
    # Keras never answers with uint64, not even where nothing else is asked.
    return {"int": "int32", "float": "float32", "uint64": "uint32"}.get(found, found)
