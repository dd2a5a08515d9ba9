"""Every layer and op goes the whole way: spec, build, `.keras` and SavedModel, load, the same numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

import netwright
from netwright.operation import Case, Operation
from netwright.snippets import at_ports, snippet
from netwright.tensors import Tensor
from tests.keras.matrices import regular
from tests.nightly import NIGHTLY
from tests.operations import LEAST, nodes

# What stands for an unknown size; and how many rows of each are tried.
SIZE = 3
ROWS = 6


def whole_way_rows() -> list[Any]:
    """Of each, the first rows that fit, and that do for any size where one is not known."""
    found = []
    for name, one in nodes().items():
        rows = [row for row in one.cases if not row.fails and not row.silent and can_be_fed(one, row)]
        if name == "Reshape":
            rows = [row for row in rows if all(word == "N" or word.isdigit() for word in row.inputs[0].split())]
        found += [pytest.param(one, row, id=f"{name}-{i}") for i, row in enumerate(rows[:ROWS])]
    return found


def can_be_fed(operation: type[Operation], row: Case) -> bool:
    """Whether inputs of a model can be what the row takes: they have a batch axis."""
    return all(one.rank for many in at_ports(operation, row).values() for one in many)


def spec_of(layer: type[Operation], row: Case) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """A spec with one node, fed as in the row, and the tensors of its inputs."""
    spec = snippet(layer, row)
    tensors = [one for many in at_ports(layer, row).values() for one in many]
    return spec, dict(zip(spec["inputs"], tensors, strict=True))


def sample(tensor: Tensor, least: int = 0) -> Any:
    shape = [size if isinstance(size, int) else SIZE for size in tensor.shape]
    random = np.random.default_rng(0)
    if tensor.dtype == "string":
        return tf.fill(shape, "a")
    if tensor.dtype == "bool":
        return keras.ops.ones(shape, "bool")
    if tensor.dtype.startswith(("int", "uint")):
        return keras.ops.cast(random.integers(least, least + 2, shape), tensor.dtype)
    return keras.ops.cast(random.random(shape), tensor.dtype)


@pytest.mark.parametrize(("layer", "row"), whole_way_rows())
def test_whole_way(layer: type[Operation], row: Case, tmp_path: Path) -> None:
    spec, inputs = spec_of(layer, row)
    model = netwright.compile(json.loads(json.dumps(spec)), tmp_path / "out", formats=["keras"]).model
    loaded = keras.models.load_model(tmp_path / "out/model.keras")
    least = LEAST.get(layer.kind(), 0)
    data = {name: regular(layer.kind(), sample(tensor, least)) for name, tensor in inputs.items()}
    expected, got = model(data, training=False), loaded(data, training=False)
    assert set(expected) == set(spec["outputs"])
    compare(got, expected)
    for name, value in expected.items():
        declared = model.output[name].shape
        assert len(declared) == len(value.shape)
        for size, real in zip(declared, value.shape, strict=True):
            assert size in (None, real)


def served_rows() -> list[Any]:
    """The first row of each; of one in ten where time is short."""
    first = {row.values[0]: row for row in reversed(whole_way_rows())}
    return list(first.values())[:: 1 if NIGHTLY else 10]


@pytest.mark.parametrize(("layer", "row"), served_rows())
def test_served(layer: type[Operation], row: Case, tmp_path: Path) -> None:
    spec, inputs = spec_of(layer, row)
    model = netwright.compile(json.loads(json.dumps(spec)), tmp_path / "out", formats=["saved_model"]).model
    serve = tf.saved_model.load(str(tmp_path / "out/saved_model")).signatures["serving_default"]
    least = LEAST.get(layer.kind(), 0)
    data = {name: regular(layer.kind(), sample(tensor, least)) for name, tensor in inputs.items()}
    got = serve(**{name: tf.convert_to_tensor(value) for name, value in data.items()})
    compare(got, model(data, training=False))


def compare(got: Any, expected: Any) -> None:
    assert set(got) == set(expected)
    for name, value in expected.items():
        if value.dtype == tf.string:
            np.testing.assert_array_equal(got[name], value)
        else:
            np.testing.assert_allclose(
                keras.ops.cast(got[name], "float32"), keras.ops.cast(value, "float32"), rtol=1e-5, atol=1e-6
            )
