"""Matrices that can be inverted, for the ops that stop with an error on others."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

# Four points of which no three lie on one line: there is a map of the plane that sends them to others.
CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1))
PICKY = frozenset({"cholesky", "inv", "solve"})


def regular(op: str, values: Any) -> Any:
    """The values that an op is fed; where they are square matrices and it is picky, with a larger diagonal."""
    values = tf.convert_to_tensor(values)
    if op == "image.perspective_transform" and values.shape[-2:] == (4, 2) and values.dtype != tf.string:
        return tf.cast(tf.broadcast_to(CORNERS, values.shape), values.dtype)
    if op not in PICKY or not values.dtype.is_floating or values.shape.rank < 2 or values.shape[-1] != values.shape[-2]:
        return values
    size = values.shape[-1]
    return values + size * tf.eye(size, dtype=values.dtype)
