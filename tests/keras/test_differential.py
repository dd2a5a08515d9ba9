"""Random arguments and tensors for every layer and op: what we promise Keras makes, and what we refuse it refuses.

Each is called with symbolic tensors, then traced and run in a graph, in training and after it. What we accept
must give the shapes, dtypes and variables that we infer, each time. What we refuse must fail once, be it when it is
called eagerly; or be refused on purpose: then the truth table has a row of that kind with the reason (`silent`), or
`ON_PURPOSE` names it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from netwright.backends.keras.lower import construct
from netwright.layer import layer_names
from netwright.misfits import Misfit
from netwright.operation import Case, Operation, outputs_of, variables_of
from netwright.tensors import FLOATS, Tensor, plain
from tests.keras.matrices import regular
from tests.nightly import NIGHTLY
from tests.operations import LEAST, Ports, every, fed, nodes
from tests.strategies import arguments_of, ports_like

EXAMPLES = 100 if NIGHTLY else 5
# What stands for sizes that are not known, and for the batch, tried one after the other: some windows are longer than
# some of them, and some sizes have to meet others that are known.
SIZES, BATCHES = (12, 8, 7, 5, 4, 3, 2, 1, 60), (7, 3, 2, 1, 5, 4, 8)
# A size that small numbers divide, for what deals all entries out anew.
DIVISIBLE = 900
# What is refused though Keras takes it, which no row of a table can show; and why.
ON_PURPOSE = {
    "*.WrongDtype of a penalty": "a penalty on integers is always 0, where it is computed at all",
    "*.VariableDtype": "a penalty on integers is always 0, where it is computed at all",
    "Discretization.PolicyLost": "a mixed policy of the model is lost when Keras saves the layer",
    "HashedCrossing.PolicyLost": "a mixed policy of the model is lost when Keras saves the layer",
}
# What the CPU kernels of oneDNN can't do, but those of Eigen and of GPUs can (TF_ENABLE_ONEDNN_OPTS=0 shows it): the
# softmax of more than five axes. What runs into it can't be compared here.
BEYOND_ONEDNN = "Input dims must be <= 5"
Unknown = tuple[str, int, int]
KNOWN: Unknown = ("", -1, -1)


class Refused(Exception):
    """Our side refuses: `why` is the layer, a dot and the kind of misfit, or the argument."""

    def __init__(self, layer: type[Operation], why: object, message: str) -> None:
        self.why = f"{layer.kind()}.{why}"
        super().__init__(f"{self.why}: {message}")


Made = tuple[list[tuple[tuple[int | None, ...], str]], list[tuple[tuple[int, ...], bool]]]


def promised(
    layer: type[Operation], arguments: dict[str, Any], ports: Ports, row: Case, policy: str | None
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


def symbolic(layer: type[Operation], arguments: dict[str, Any], ports: Ports, row: Case) -> Made:
    """What Keras says when it is called with symbolic tensors."""
    made = construct(layer.read(arguments))
    return kept((made, ask(made, ports, row)))


def ask(made: keras.Layer, ports: Ports, row: Case) -> Any:
    """The symbolic outputs for symbolic tensors."""

    def tensor(one: Tensor) -> Any:
        return keras.Input(batch_shape=plain(one.shape), dtype=one.dtype)

    first, *others = ((name, each(value, tensor)) for name, value in ports.items())
    return made(first[1], **dict(others), **row.call)


Outputs = list[tuple[tuple[int, ...], str]]


def run(layer: type[Operation], arguments: dict[str, Any], ports: Ports, row: Case, *, training: bool) -> Outputs:
    """What comes out of a graph, for the first sizes of unknown axes that do."""
    flat = flat_of(ports)
    batches = BATCHES if any(one.shape[:1] == (None,) for one in flat) else BATCHES[:1]
    sizes = SIZES if any(None in plain(one.shape)[1:] for one in flat) else SIZES[:1]
    # Numbers may be positions in tables, of which some have one row only.
    tried = [(batch, size, 2) for batch in batches for size in sizes] + [(BATCHES[0], size, 1) for size in sizes]
    alone = sum(plain(one.shape).count(None) for one in flat) == 1
    tried.append((DIVISIBLE, DIVISIBLE if alone else SIZES[0], 2))
    for one in tried:
        try:
            return run_with(layer, arguments, ports, row, one, training=training)
        except Exception:  # noqa: BLE001, S112 - any failure
            continue
    # Or else unknown sizes are some that stand elsewhere.
    for met in meetings(flat):
        try:
            return run_with(layer, arguments, ports, row, tried[0], training=training, met=met)
        except Exception:  # noqa: BLE001, S112 - any failure
            continue
    # What fails now is told.
    return run_with(layer, arguments, ports, row, tried[0], training=training)


def meetings(flat: list[Tensor]) -> Iterator[Mapping[Unknown, int]]:
    """Sizes for unknown axes but the batch's, of those that are known anywhere; axes with the same name agree."""
    keys = sorted({unknown(i, axis, one) for i, one in enumerate(flat) for axis in range(1, one.rank)} - {KNOWN})
    known = sorted({size for one in flat for size in one.shape if isinstance(size, int)})
    return islice((dict(zip(keys, sizes, strict=True)) for sizes in product(known, repeat=len(keys))), 100)


def unknown(i: int, axis: int, tensor: Tensor) -> Unknown:
    """What tells the unknown axes of several tensors apart."""
    size = tensor.shape[axis]
    return KNOWN if isinstance(size, int) else (size, 0, 0) if size else ("", i, axis)


def flat_of(ports: Ports) -> list[Tensor]:
    return [one for value in ports.values() for one in (value if isinstance(value, tuple) else (value,))]


def run_with(
    layer: type[Operation],
    arguments: dict[str, Any],
    ports: Ports,
    row: Case,
    tried: tuple[int, int, int],
    *,
    training: bool,
    eager: bool = False,
    met: Mapping[Unknown, int] | None = None,
) -> Outputs:
    made = construct(layer.read(arguments))
    flat = flat_of(ports)
    # Variables are made before anything runs, as in a model.
    ask(made, ports, row)
    also = {"training": training} if knows_training(made) else {}

    def call(*tensors: Any) -> Any:
        waiting = list(tensors)
        first, *others = ((name, each(value, lambda _: waiting.pop(0))) for name, value in ports.items())
        outputs = made(first[1], **dict(others), **{**row.call, **also})
        # Regularizers are asked only when somebody wants to know.
        return outputs, [tf.reduce_sum(loss) for loss in made.losses]

    signature = [tf.TensorSpec(plain(one.shape), one.dtype) for one in flat]
    traced = call if eager else tf.function(call, input_signature=signature)
    least = LEAST.get(layer.kind(), 0)
    outputs, _ = traced(*(regular(layer.kind(), data(i, one, tried, least, met or {})) for i, one in enumerate(flat)))
    outputs = keras.tree.flatten(outputs)
    return [(tuple(one.shape), keras.backend.standardize_dtype(one.dtype)) for one in outputs]


def knows_training(layer: object) -> bool:
    """Whether training makes a difference."""
    return isinstance(layer, keras.Layer) and "training" in layer._call_signature.parameters  # noqa: SLF001 - the only place that says it for wrapped calls too


def data(i: int, tensor: Tensor, tried: tuple[int, int, int], least: int, met: Mapping[Unknown, int]) -> Any:
    batch, size, below = tried
    shape = [
        known or met.get(unknown(i, axis, tensor), size if axis else batch)
        for axis, known in enumerate(plain(tensor.shape))
    ]
    if tensor.dtype == "string":
        return tf.fill(shape, "a")
    return tf.cast(np.random.default_rng(0).integers(least, least + below, shape), tensor.dtype)


def agrees(real: tuple[tuple[int, ...], str], said: tuple[tuple[int | None, ...], str]) -> bool:
    sizes = len(real[0]) == len(said[0]) and all(b in (None, a) for a, b in zip(real[0], said[0], strict=True))
    return sizes and real[1] == said[1]


# Cells are asked where they stand, in an `RNN`.
@pytest.mark.parametrize("name", nodes())
def test_keras_does_what_we_say(name: str) -> None:
    layer = every()[name]
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
    layer = every()[name]
    rows = [row for row in layer.cases if row.to and "dtype" not in row.arguments]
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        for row in rows if NIGHTLY else rows[:2]:
            compare(layer, dict(row.arguments), fed(layer, row), row, policy)
    finally:
        keras.config.set_dtype_policy(before)


def compare(
    layer: type[Operation], arguments: dict[str, Any], ports: Ports, row: Case, policy: str | None = None
) -> None:
    """Ask both sides, and hold the answers together; under Keras' policy of the moment, which is `policy`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ours = promised(layer, arguments, ports, row, policy)
        except Refused as refused:
            if not on_purpose(layer, arguments, refused):
                check_fails(layer, arguments, ports, row, refused)
            return
        outputs, variables = ours
        said = [(plain(tensor.shape), tensor.dtype) for tensor in outputs]
        assert symbolic(layer, arguments, ports, row) == (said, variables)
        for training in (True, False) if knows_training(construct(layer.read(arguments))) else (True,):
            try:
                made = run(layer, arguments, ports, row, training=training)
            except tf.errors.AbortedError as error:
                if BEYOND_ONEDNN not in str(error):
                    raise
                return
            # Where we say that integers flow, they do.
            real = [
                (shape, output.dtype if output.integers and dtype not in FLOATS else dtype)
                for (shape, dtype), output in zip(made, outputs, strict=True)
            ]
            assert all(agrees(one, other) for one, other in zip(real, said, strict=True)), (real, said)


def on_purpose(layer: type[Operation], arguments: dict[str, Any], refused: Refused) -> bool:
    """Whether there is a reason on record for refusing what Keras may take."""
    if arguments.get("activity_regularizer") and refused.why.endswith(".WrongDtype"):
        return "*.WrongDtype of a penalty" in ON_PURPOSE
    return (
        refused.why in ON_PURPOSE
        or f"*.{refused.why.partition('.')[2]}" in ON_PURPOSE
        or any(
            row.silent and row.fails and refused.why == f"{layer.kind()}.{row.fails.__name__}" for row in layer.cases
        )
    )


def check_fails(layer: type[Operation], arguments: dict[str, Any], ports: Ports, row: Case, refused: Refused) -> None:
    """Keras must fail too, when it is called, in a graph or eagerly; or give something else than it says."""
    try:
        said, _ = symbolic(layer, arguments, ports, row)
        trained = run(layer, arguments, ports, row, training=True)
        used = run(layer, arguments, ports, row, training=False)
        for training in (True, False):
            run_with(layer, arguments, ports, row, (BATCHES[0], SIZES[0], 2), training=training, eager=True)
    except ValidationError:
        return  # what our own types refuse is put to Keras by the tables
    except Exception:  # noqa: BLE001 - whatever it is, it is a refusal
        return
    for real in (trained, used):
        if not all(agrees(one, other) for one, other in zip(real, said, strict=True)):
            return
    pytest.fail(f"refused, but Keras runs: {refused}")
