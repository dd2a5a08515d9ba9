"""Ask Keras about ops: which there are, their signatures, their dtypes, and what becomes of the names of nodes."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from functools import reduce
from itertools import product
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras.src.backend.common.dtypes import result_type as keras_result_type
from tensorflow.core.protobuf import saved_model_pb2

import netwright
from netwright.backends.keras.lower import construct
from netwright.catalog.refused_ops import ALIASES, REFUSED
from netwright.misfits import Misfit
from netwright.op import Op, find_op, op_names
from netwright.operation import Case, outputs_of, ports_of
from netwright.promotion import result_type
from netwright.tensors import Tensor, plain
from tests.keras.matrices import regular
from tests.keras.test_layers import same_default
from tests.operations import Ports, fed

DTYPES = (
    "bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "bfloat16", "float16", "float32",
    "float64",
)  # fmt: skip
# Numbers that stand in a spec.
NUMBERS: tuple[bool | int | float, ...] = (True, 1, 0.5)
# Arguments of functions that a spec can't set, and why.
LEFT_OUT = {
    ("layer_normalization", "kwargs"): "Keras takes the names of arguments of former versions by it",
    ("multi_hot", "kwargs"): "Keras takes the names of arguments of former versions by it",
    ("einsum", "kwargs"): "no argument of einsum's changes its result",
}


def op_of(name: str) -> type[Op]:
    found = find_op(name)
    assert found is not None
    return found


def function(name: str) -> Any:
    return reduce(getattr, name.split("."), keras.ops)


def test_every_function_of_keras_is_in_the_catalog_or_refused_with_its_reason() -> None:
    public = {name for name in dir(keras.ops) if not name.startswith("_") and callable(getattr(keras.ops, name))}
    assert len(public) == 337
    ours = {name for name in op_names() if "." not in name}
    assert public == {*ours, *REFUSED, *ALIASES}
    assert not ours & {*REFUSED, *ALIASES}


@pytest.mark.parametrize("alias", ALIASES)
def test_second_names_do_the_same(alias: str) -> None:
    numbers = np.array([[3, 1], [2, 5]])
    given = (numbers, numbers) if "x1" in str(inspect.signature(function(alias))) or "shift" in alias else (numbers,)
    if alias in ("swish", "hard_swish"):
        given = (numbers.astype("float32"),)
    np.testing.assert_array_equal(function(alias)(*given), function(ALIASES[alias])(*given))


@pytest.mark.parametrize("name", op_names())
def test_arguments_and_defaults_are_keras_own(name: str) -> None:
    op = op_of(name)
    theirs = {
        key: one for key, one in inspect.signature(function(name)).parameters.items() if (name, key) not in LEFT_OUT
    }
    ports = ports_of(op)
    assert {*ports, *op.model_fields} == {*theirs}
    for key, one in theirs.items():
        optional = one.default is not inspect.Parameter.empty or one.kind is inspect.Parameter.VAR_KEYWORD
        if key in ports:
            assert ports[key].optional == optional, key
        else:
            assert op.model_fields[key].is_required() != optional, key
        if optional and one.kind is not inspect.Parameter.VAR_KEYWORD and key in op.model_fields:
            assert same_default(op.model_fields[key].default, one.default), key


def test_dtypes_are_promoted_as_keras_does() -> None:
    words = {"int": int, "float": float}
    for count in (1, 2, 3):
        for dtypes in product((*DTYPES, *words), repeat=count):
            assert result_type(*dtypes) == keras_result_type(*(words.get(one, one) for one in dtypes)), dtypes


def variants(op: type[Op], row: Case) -> Iterator[tuple[dict[str, Any], Ports]]:
    """The row with every dtype, or pair of dtypes, and number that its first two ports may have."""
    ports = fed(op, row)
    changed = [name for name in ports_of(op) if name in ports or name in row.arguments][:2]
    choices = [
        (*DTYPES, *(NUMBERS if name in op.model_fields and len(changed) > 1 else ())) if name in ports else DTYPES
        for name in changed
    ]
    for chosen in product(*choices):
        arguments, tensors = dict(row.arguments), dict(ports)
        for name, one in zip(changed, chosen, strict=True):
            if isinstance(one, str):
                arguments.pop(name, None)
                tensors[name] = with_dtype(ports.get(name, next(iter(ports.values()))), one)
            else:
                arguments[name] = one
                tensors.pop(name)
        if tensors:
            yield arguments, tensors


def with_dtype(value: Any, dtype: str) -> Any:
    return tuple(one.with_dtype(dtype) for one in value) if isinstance(value, tuple) else value.with_dtype(dtype)


def each(value: Any, change: Any) -> Any:
    return [change(one) for one in value] if isinstance(value, tuple) else change(value)


def symbolic(tensor: Tensor) -> Any:
    return keras.KerasTensor(plain(tensor.shape), tensor.dtype)


def concrete(tensor: Tensor) -> Any:
    return tf.cast(tf.ones([size if isinstance(size, int) else 3 for size in tensor.shape]), tensor.dtype)


@pytest.mark.parametrize("name", op_names())
def test_dtypes_are_those_that_keras_says_and_gives(name: str) -> None:
    """Every pair of dtypes: what we promise comes out, and what we refuse fails, or gives what Keras does not say."""
    op = op_of(name)
    row = next(one for one in op.cases if one.to)
    on_purpose = {one.fails for one in op.cases if one.silent}
    wrong = []
    for arguments, ports in variants(op, row):
        one = op.read(arguments)
        try:
            ours: Any = [tensor.dtype for tensor in outputs_of(one, ports, one.Call())]
        except Misfit as misfit:
            if type(misfit) in on_purpose:
                continue
            ours = "refused"
        said = dtypes_of(one, ports, symbolic)
        given = dtypes_of(one, ports, lambda tensor: regular(name, concrete(tensor)))
        if ours == "refused":
            if said == given != "refused":
                wrong.append((arguments, shown(ports), ours, said, given))
        elif not ours == said == given:
            wrong.append((arguments, shown(ports), ours, said, given))
    assert not wrong, f"{len(wrong)}: {wrong[:12]}"


def dtypes_of(op: Op, ports: Ports, change: Any) -> Any:
    try:
        result = construct(op)(**{name: each(value, change) for name, value in ports.items()})
    except Exception:  # noqa: BLE001 - whatever it is, it is a refusal
        return "refused"
    return [keras.backend.standardize_dtype(one.dtype) for one in keras.tree.flatten(result)]


def shown(ports: Ports) -> dict[str, Any]:
    return {name: each(value, lambda one: f"{one}:{one.dtype}") for name, value in ports.items()}


SPEC: dict[str, Any] = {
    "netwright": 1,
    "name": "named",
    "inputs": {"x": {"shape": [4]}},
    "nodes": {
        "centered": {"op": "subtract", "x2": 1},
        "subtract": {"type": "Dense", "units": 4},
        "sum": {"op": "add"},
        "add_1": {"op": "add", "x1": 0.5},
    },
    "edges": [["x", "centered", "subtract", "sum", "add_1"], ["x", "sum"]],
    "outputs": {"y": "add_1", "z": "sum"},
}


def test_the_names_of_nodes_survive_everywhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    netwright.compile(SPEC, tmp_path / "artifact")
    loaded = keras.models.load_model(tmp_path / "artifact" / "model.keras")
    names = ["x", *SPEC["nodes"]]
    assert [one.name for one in loaded.operations] == names
    loaded.summary()
    assert all(name in capsys.readouterr().out for name in ["centered (Subtract)"])
    saved = tf.saved_model.load(tmp_path / "artifact" / "saved_model")
    written = saved_model_pb2.SavedModel.FromString(
        (tmp_path / "artifact" / "saved_model" / "saved_model.pb").read_bytes()
    )
    functions = written.meta_graphs[0].graph_def.library.function
    scopes = {part for one in functions for node in one.node_def for part in node.name.split("/")}
    # Keras counts the scopes of layers, of which it made one before.
    assert {"centered", "subtract_1", "sum", "add_1"} <= scopes
    data = np.arange(8, dtype="float32").reshape(2, 4)
    np.testing.assert_allclose(
        saved.signatures["serving_default"](x=tf.constant(data))["y"], loaded({"x": data})["y"], rtol=1e-6
    )


def test_a_node_may_have_the_name_that_keras_would_give_another(tmp_path: Path) -> None:
    model = netwright.build(json.loads(json.dumps(SPEC)))
    assert model.get_layer("subtract").units == 4


def test_an_op_hands_no_mask_on() -> None:
    x = keras.Input((5,), dtype="int32")
    masked = keras.layers.Embedding(10, 4, mask_zero=True)(x)
    assert masked._keras_mask is not None  # noqa: SLF001 - where Keras keeps it
    assert getattr(keras.ops.add(masked, 1), "_keras_mask", None) is None
