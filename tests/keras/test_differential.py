"""Random arguments and tensors for every layer: what we promise is what Keras makes, and what we refuse it refuses.

Each layer is called with symbolic tensors, then traced and run in a graph, in training. What we accept must give the
shapes, dtypes and variables that we infer, in both. What we refuse must fail in either, or be refused on purpose: then
the truth table has a row of that kind with the reason (`silent`), or `ON_PURPOSE` names it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from netwright.backends.keras.lower import construct
from netwright.layer import Case, Layer, find_layer, layer_names, outputs_of, variables_of
from netwright.misfits import Misfit
from netwright.tensors import FLOATS, Tensor, plain
from tests.layer_cases import Ports, fed
from tests.nightly import NIGHTLY
from tests.strategies import arguments_of, ports_like

EXAMPLES = 100 if NIGHTLY else 5
# What stands for sizes that are not known, tried one after the other, for some windows are longer than some of them;
# and for the batch, a number that no size is.
SIZES, BATCH = (12, 3, 8, 1), 7
# What is refused though Keras takes it, which no row of a table can show; and why.
ON_PURPOSE = {
    "Discretization.PolicyLost": "a mixed policy of the model is lost when Keras saves the layer",
    "HashedCrossing.PolicyLost": "a mixed policy of the model is lost when Keras saves the layer",
}


class Refused(Exception):
    """Our side refuses: `why` is the layer, a dot and the kind of misfit, or the argument."""

    def __init__(self, layer: type[Layer], why: object, message: str) -> None:
        self.why = f"{layer.__name__}.{why}"
        super().__init__(f"{self.why}: {message}")


Made = tuple[list[tuple[tuple[int | None, ...], str]], list[tuple[tuple[int, ...], bool]]]


def promised(
    layer: type[Layer], arguments: dict[str, Any], ports: Ports, row: Case, policy: str | None
) -> tuple[tuple[Tensor, ...], list[tuple[tuple[int, ...], bool]]]:
    """The outputs and variables that we infer."""
    try:
        one, call = layer.read(arguments).under(policy), layer.Call.read(dict(row.call))
        outputs, variables = outputs_of(one, ports, call), variables_of(one, ports, call)
    except ValidationError as error:
        line = error.errors(include_url=False)[0]
        where = (*line["loc"], *line.get("ctx", {}).get("at", ()))
        raise Refused(layer, where[0] if where else "", str(line.get("ctx", line["msg"]))) from None
    except Misfit as misfit:
        raise Refused(layer, type(misfit).__name__, repr(misfit)) from None
    return outputs, sorted((variable.shape, variable.trainable) for variable in variables)


def each(value: Tensor | tuple[Tensor, ...], change: Callable[[Tensor], Any]) -> Any:
    return [change(one) for one in value] if isinstance(value, tuple) else change(value)


def kept(made: Any) -> Made:
    """What Keras made, in our form."""
    layer, outputs = made
    outputs = keras.tree.flatten(outputs)
    return (
        [(tuple(one.shape), keras.backend.standardize_dtype(one.dtype)) for one in outputs],
        sorted((tuple(weight.shape), bool(weight.trainable)) for weight in layer.weights),
    )


def symbolic(layer: type[Layer], arguments: dict[str, Any], ports: Ports, row: Case) -> Made:
    """What Keras says when it is called with symbolic tensors."""
    made = construct(layer.read(arguments))

    def tensor(one: Tensor) -> Any:
        return keras.Input(batch_shape=plain(one.shape), dtype=one.dtype)

    first, *others = ((name, each(value, tensor)) for name, value in ports.items())
    return kept((made, made(first[1], **dict(others), **row.call)))


Outputs = list[tuple[tuple[int, ...], str]]


def run(layer: type[Layer], arguments: dict[str, Any], ports: Ports, row: Case) -> Outputs:
    """What comes out of a graph, in training, for the first size of unknown axes that does."""
    known = all(None not in plain(one.shape)[1:] for one in flat_of(ports))
    for size in () if known else SIZES[:-1]:
        try:
            return run_sized(layer, arguments, ports, row, size)
        except Exception:  # noqa: BLE001, S112 - any failure; the last size tells it
            continue
    return run_sized(layer, arguments, ports, row, SIZES[-1])


def flat_of(ports: Ports) -> list[Tensor]:
    return [one for value in ports.values() for one in (value if isinstance(value, tuple) else (value,))]


def run_sized(layer: type[Layer], arguments: dict[str, Any], ports: Ports, row: Case, size: int) -> Outputs:
    made = construct(layer.read(arguments))
    flat = flat_of(ports)
    training = {"training": True} if "training" in made._call_signature.parameters else {}  # noqa: SLF001 - the only place that says it for wrapped calls too

    def call(*tensors: Any) -> Any:
        waiting = list(tensors)
        first, *others = ((name, each(value, lambda _: waiting.pop(0))) for name, value in ports.items())
        outputs = made(first[1], **dict(others), **{**row.call, **training})
        # Regularizers are asked only when somebody wants to know.
        return outputs, [tf.reduce_sum(loss) for loss in made.losses]

    signature = [tf.TensorSpec(plain(one.shape), one.dtype) for one in flat]
    outputs, _ = tf.function(call, input_signature=signature)(*(data(one, size) for one in flat))
    outputs = keras.tree.flatten(outputs)
    return [(tuple(one.shape), keras.backend.standardize_dtype(one.dtype)) for one in outputs]


def data(tensor: Tensor, size: int) -> Any:
    unknown = (BATCH, *[size] * (tensor.rank - 1))
    shape = [known or other for known, other in zip(plain(tensor.shape), unknown, strict=True)]
    if tensor.dtype == "string":
        return tf.fill(shape, "a")
    return tf.cast(np.random.default_rng(0).integers(0, 2, shape), tensor.dtype)


def agrees(real: tuple[tuple[int, ...], str], said: tuple[tuple[int | None, ...], str]) -> bool:
    sizes = len(real[0]) == len(said[0]) and all(b in (None, a) for a, b in zip(real[0], said[0], strict=True))
    return sizes and real[1] == said[1]


@pytest.mark.parametrize("name", layer_names())
def test_keras_does_what_we_say(name: str) -> None:
    layer = find_layer(name)
    assert layer is not None
    rows = [row for row in layer.cases if row.to]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=not NIGHTLY,
        suppress_health_check=list(HealthCheck),
        # What fails is shown as drawn: to make it smaller, hundreds of graphs would have to be traced.
        phases=(Phase.generate,),
        print_blob=False,
    )
    @given(st.data())
    def explore(draw: st.DataObject) -> None:
        row = draw.draw(st.sampled_from(rows), "row")
        arguments = draw.draw(arguments_of(layer, row), "arguments")
        ports = draw.draw(ports_like(layer, row), "ports")
        compare(layer, arguments, ports, row)

    explore()


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16", "float64"])
@pytest.mark.parametrize("name", layer_names())
def test_under_a_policy_too(name: str, policy: str) -> None:
    layer = find_layer(name)
    assert layer is not None
    rows = [row for row in layer.cases if row.to and "dtype" not in row.arguments]
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        for row in rows if NIGHTLY else rows[:2]:
            compare(layer, dict(row.arguments), fed(layer, row), row, policy)
    finally:
        keras.config.set_dtype_policy(before)


def compare(layer: type[Layer], arguments: dict[str, Any], ports: Ports, row: Case, policy: str | None = None) -> None:
    """Ask both sides, and hold the answers together; under Keras' policy of the moment, which is `policy`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ours = promised(layer, arguments, ports, row, policy)
        except Refused as refused:
            if not on_purpose(layer, refused):
                check_fails(layer, arguments, ports, row, refused)
            return
        outputs, variables = ours
        said = [(plain(tensor.shape), tensor.dtype) for tensor in outputs]
        assert symbolic(layer, arguments, ports, row) == (said, variables)
        # Where we say that integers flow, they do.
        real = [
            (shape, output.dtype if output.integers and dtype not in FLOATS else dtype)
            for (shape, dtype), output in zip(run(layer, arguments, ports, row), outputs, strict=True)
        ]
        assert all(agrees(one, other) for one, other in zip(real, said, strict=True)), (real, said)


def on_purpose(layer: type[Layer], refused: Refused) -> bool:
    """Whether there is a reason on record for refusing what Keras may take."""
    return refused.why in ON_PURPOSE or any(
        row.silent and row.fails and refused.why == f"{layer.__name__}.{row.fails.__name__}" for row in layer.cases
    )


def check_fails(layer: type[Layer], arguments: dict[str, Any], ports: Ports, row: Case, refused: Refused) -> None:
    """Keras must fail too, sooner or later; or give something else than it says."""
    try:
        said = symbolic(layer, arguments, ports, row)
        real = run(layer, arguments, ports, row)
    except ValidationError:
        return  # what our own types refuse is put to Keras by the tables
    except Exception:  # noqa: BLE001 - whatever it is, it is a refusal
        return
    assert not all(agrees(one, kept) for one, kept in zip(real, said[0], strict=True)), (
        f"refused, but Keras runs: {refused}"
    )
