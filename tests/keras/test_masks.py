"""Masks go where Keras sends them: each layer, with masks at its first port, in a model that is really built."""

from __future__ import annotations

import json
import warnings
from typing import Any

import keras
import pytest

import netwright
from netwright.compiler import analyse
from netwright.layer import Layer, find_layer, layer_names
from netwright.operation import Case, ports_of, read_tensor
from netwright.tensors import Tensor, plain
from tests.keras.test_every_layer import SIZE, sample, spec_of

# How many rows of each layer are tried.
ROWS = 4

# Keras warns that these destroy the mask, which the layers inside then hand on all the same. We tell what Keras tells.
SEE_THROUGH = ("Pipeline", "SpectralNormalization")
# When they run, their scores carry the mask of the softmax inside, which Keras does not know when it builds the model.
SCORES = ("GroupQueryAttention", "MultiHeadAttention")


def masked_rows() -> list[Any]:
    """Of each layer, the first rows that fit and have only floats, with more than the batch axis, at the first port."""
    found = []
    for name in layer_names():
        layer = find_layer(name)
        assert layer is not None
        if layer.nested_only:
            continue
        rows = [row for row in layer.cases if row.to and not row.ports and all(maskable(one) for one in row.inputs)]
        found += [pytest.param(layer, row, id=f"{name}-{i}") for i, row in enumerate(rows[:ROWS])]
    return found


def maskable(text: str) -> bool:
    tensor = read_tensor(text)
    return tensor.rank > 1 and tensor.dtype == "float32"


def masked(layer: type[Layer], row: Case, count: int) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The spec of a row, with a `Masking` before each of the first `count` inputs of the node."""
    spec, inputs = spec_of(layer, row)
    port = next(iter(ports_of(layer).values()))
    edges = [edge for edge in spec["edges"] if edge[1] == "node"][: None if port.many else 1][:count]
    for edge in edges:
        spec["nodes"][f"mask_{edge[0]}"] = {"type": "Masking"}
    spec["edges"] = [[edge[0], f"mask_{edge[0]}", edge[1]] if edge in edges else edge for edge in spec["edges"]]
    return spec, inputs


@pytest.mark.parametrize("count", [1, 9])
@pytest.mark.parametrize(("layer", "row"), masked_rows())
def test_masks_are_keras_own(layer: type[Layer], row: Case, count: int) -> None:
    spec, inputs = masked(layer, row, count)
    work = analyse(json.dumps(spec).encode())
    told = {one.name for one in work.diagnostics}
    if work.model is None:
        # What is wrong is the mask, for without it the row fits. Keras may find out only when it runs.
        assert told
        return
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = netwright.build(spec)
        # A model that runs computes masks anew; only these count. In inference, random layers do nothing at all.
        outputs = model({name: sample(tensor) for name, tensor in inputs.items()}, training=True)
    shaped = work.model.shaped
    ours = shaped.masks.get("node", (None,) * len(spec["outputs"]))
    theirs = [getattr(outputs[name], "_keras_mask", None) for name in spec["outputs"]]
    if layer.__name__ in SEE_THROUGH:
        theirs = [None] * len(theirs)
    if layer.__name__ in SCORES:
        theirs[1:] = [None] * len(theirs[1:])
    assert [mask is None for mask in ours] == [mask is None for mask in theirs]
    for mask, real in zip(ours, theirs, strict=True):
        assert mask is None or real is None or [size or SIZE for size in plain(mask.shape)] == list(real.shape)
    # Inner layers warn too, under other names.
    warned = any("Layer 'node'" in (text := str(one.message)) and "support masking" in text for one in caught)
    lost = [one for one in work.diagnostics if one.name == "mask-lost"]
    assert warned == any("knows no masks" in one.message for one in lost)
    assert told <= {"mask-lost", "unused-node", "training-ignored"}


def test_a_state_keeps_the_mask_from_the_layer() -> None:
    """With `initial_state` fed, Keras does not hand the mask to the layer: padding is read like data."""
    layer = keras.layers.GRU(4)
    masked = keras.layers.Masking()
    data = keras.ops.convert_to_tensor([[[1.0, 2.0], [3.0, 4.0], [0.0, 0.0]]])
    stopped = layer(data[:, :2])
    assert keras.ops.max(keras.ops.abs(layer(masked(data)) - stopped)) < 1e-6
    assert keras.ops.max(keras.ops.abs(layer(masked(data), initial_state=keras.ops.zeros((1, 4))) - stopped)) > 1e-6
