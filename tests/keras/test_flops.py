"""What a layer costs, against TensorFlow's profiler: row by row of the truth tables, and for whole networks."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import keras
import pytest
import tensorflow as tf

import netwright
from netwright.backends.keras.lower import construct
from netwright.catalog.activations import FAMILY, FLOPS
from netwright.compiler import analyse
from netwright.costs import costs, total
from netwright.misfits import Misfit
from netwright.operation import Case, Operation, flops_of, outputs_of
from netwright.tensors import Tensor
from tests.keras.matrices import regular
from tests.nightly import NIGHTLY
from tests.operations import LEAST, Ports, every, fed
from tests.profiler import operations

# What stands for an unknown size, and how many rows of each layer are counted.
SIZE = 3
ROWS = 99 if NIGHTLY else 3

# Whole networks, of layers that the profiler sees through.
HERE = Path(__file__).parent
# Not those with loops, which it counts once, or with an einsum, which it does not see.
BLIND = {"multimodal_multitask", "seq2seq", "transformer_classifier"}
SPECS = (one for one in (HERE.parent.parent / "specs").glob("*.json") if one.stem not in BLIND)
NETWORKS = sorted([*(HERE / "networks").glob("*.json"), *SPECS])


def counted_rows() -> list[Any]:
    """Of each layer and op that the profiler sees through, the first rows that fit, one sample at a time."""
    found = []
    for name, one in every().items():
        rows = [row for row in one.cases if row.to and one.profiled and known(one, row)]
        found += [pytest.param(one, row, id=f"{name}-{i}") for i, row in enumerate(rows[:ROWS])]
    return found


def known(layer: type[Operation], row: Case) -> bool:
    """Whether the row fits with a size for each that is not known, and lets the batch be one sample."""
    try:
        ports = {name: sized(value) for name, value in fed(layer, row).items()}
        outputs_of(layer.read(dict(row.arguments)), ports, layer.Call.read(dict(row.call)))
    except Misfit:
        return False
    return all(
        one.shape[:1] == (1,) for value in ports.values() for one in ((value,) if isinstance(value, Tensor) else value)
    )


def sized(value: Tensor | tuple[Tensor, ...]) -> Any:
    if isinstance(value, tuple):
        return tuple(sized(one) for one in value)
    if not value.shape:
        return value
    batch, *sizes = value.shape
    return value.with_shape(batch or 1, *(size if isinstance(size, int) else SIZE for size in sizes))


def specs(ports: Ports) -> list[tf.TensorSpec]:
    many = [one for value in ports.values() for one in ((value,) if isinstance(value, Tensor) else value)]
    return [tf.TensorSpec(one.shape, one.dtype) for one in many]


@pytest.mark.parametrize(("layer", "row"), counted_rows())
def test_a_layer_or_op_costs_what_the_profiler_counts(layer: type[Operation], row: Case) -> None:
    one, call = layer.read(dict(row.arguments)), layer.Call.read(dict(row.call))
    ports: Ports = {name: sized(value) for name, value in fed(layer, row).items()}
    made = construct(one)
    is_layer = isinstance(made, keras.Layer)
    also = {"training": False} if is_layer and "training" in inspect.signature(made.call).parameters else {}

    def run(*tensors: Any) -> Any:
        waiting = list(tensors)
        given = {
            name: [waiting.pop(0) for _ in value] if isinstance(value, tuple) else waiting.pop(0)
            for name, value in ports.items()
        }
        first, *others = given.items()
        return made(first[1], **dict(others), **{**row.call, **also})

    least = LEAST.get(layer.kind(), 0)
    run(
        *(
            tf.fill(spec.shape, "")
            if spec.dtype == tf.string
            else regular(layer.kind(), tf.cast(tf.fill(spec.shape, least), spec.dtype))
            for spec in specs(ports)
        )
    )
    assert flops_of(one, ports, call) == operations(run, *specs(ports))


@pytest.mark.parametrize("name", FAMILY.functions)
def test_activations_cost_what_the_profiler_counts(name: str) -> None:
    activation = keras.activations.get(name)
    entries = operations(activation, tf.TensorSpec((1, 4, 10)))
    # One more for each call, whatever its size.
    assert entries - 40 * FLOPS.get(name, 0) == (1 if name == "sparsemax" else 0)


@pytest.mark.parametrize("path", NETWORKS, ids=lambda path: path.stem)
def test_a_network_costs_what_the_profiler_counts(path: Path) -> None:
    checked = analyse(path.read_bytes(), path.name, path=str(path)).model
    assert checked is not None
    model = netwright.build(path)
    inputs = {one.name: tf.TensorSpec((1, *one.shape[1:]), one.dtype) for one in model.inputs}

    def run(*tensors: Any) -> Any:
        return model(dict(zip(inputs, tensors, strict=True)), training=False)

    assert total(costs(checked.shaped).values()).flops == operations(run, *inputs.values())
