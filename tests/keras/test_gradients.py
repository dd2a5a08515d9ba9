"""Through which layers and ops training sees a way back: what `has_gradient` says, asked of TensorFlow."""

from __future__ import annotations

import warnings
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from netwright.backends.keras.lower import construct
from netwright.misfits import Misfit
from netwright.operation import Case, Operation, outputs_of
from netwright.tensors import FLOATS, Tensor
from tests.keras.matrices import regular
from tests.keras.test_differential import data, each, flat_of
from tests.operations import LEAST, Ports, every, fed, nodes


def rows_with_floats(one: type[Operation]) -> list[Case]:
    """The cases that take and give floats."""
    return [
        row
        for row in one.cases
        if row.to and any(tensor.dtype in FLOATS for tensor in flat_of(fed(one, row))) and float_comes_out(one, row)
    ]


def float_comes_out(one: type[Operation], row: Case) -> bool:
    try:
        outputs = outputs_of(one.read(row.arguments), fed(one, row), one.Call.read(dict(row.call)))
    except Misfit:
        return False
    return any(output.dtype in FLOATS and not output.integers for output in outputs)


@pytest.mark.parametrize("name", [name for name in nodes() if rows_with_floats(every()[name])])
def test_there_is_a_way_back_where_we_say_so(name: str) -> None:
    one = every()[name]
    found = set()
    for row in rows_with_floats(one):
        found.add(reached(one, row))
        if "back" in found:
            break
    assert found - {"can't run"}
    assert ("back" in found) == one.has_gradient
    assert ("back" not in found and "no rule" in found) == one.refuses_gradient


def reached(one: type[Operation], row: Case) -> str:
    """What becomes of a gradient: `back` if something other than zero comes to any of the floats that come in."""
    made = construct(one.read(row.arguments))
    ports = fed(one, row)
    for tried in ((4, 5, 2), (3, 3, 2), (7, 12, 2), (2, 1, 2)):
        tensors = [between(one, i, tensor, tried) for i, tensor in enumerate(flat_of(ports))]
        try:
            came = any(bool(tf.reduce_any(tensor != 0)) for tensor in back(made, ports, row, tensors))
        except (LookupError, TypeError, NotImplementedError):
            return "no rule"
        except (ValueError, tf.errors.InvalidArgumentError):
            continue
        return "back" if came else "nothing"
    return "can't run"


def between(one: type[Operation], i: int, tensor: Tensor, tried: tuple[int, int, int]) -> tf.Tensor:
    """Some data; floats between whole numbers."""
    found = regular(one.kind(), data(i, tensor, tried, LEAST.get(one.kind(), 0), {}))
    if tensor.dtype not in FLOATS:
        return found
    return found + tf.cast(np.random.default_rng(i).uniform(0.1, 0.4, found.shape), tensor.dtype)


def back(made: Any, ports: Ports, row: Case, tensors: list[tf.Tensor]) -> list[tf.Tensor]:
    """The gradients of a weighted sum of all floats that come out, for those that come in; what there is of them."""
    floats = [tensor for tensor in tensors if tensor.dtype.is_floating]

    def gradients() -> list[tf.Tensor]:
        with tf.GradientTape() as tape:
            tape.watch(floats)
            waiting = list(tensors)
            first, *others = ((port, each(value, lambda _: waiting.pop(0))) for port, value in ports.items())
            outputs = keras.tree.flatten(made(first[1], **dict(others), **row.call))
            total = [
                tf.reduce_sum(
                    tf.cast(output, "float32") * tf.random.stateless_uniform(tf.shape(output), (0, 1), 0.5, 2.0)
                )
                for output in outputs
                if output.dtype.is_floating
            ]
        return [tf.convert_to_tensor(one) for one in tape.gradient(total, floats) if one is not None]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: list[tf.Tensor] = tf.function(gradients, autograph=False)()
    return found
