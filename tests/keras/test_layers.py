"""Ask Keras for every row of every table, and for every layer's signature."""

from __future__ import annotations

import inspect
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from netwright.backends.keras.lower import construct
from netwright.catalog.refused import ALIASES, REFUSED
from netwright.layer import find_layer, layer_names
from netwright.operation import Case, Operation, outputs_of, ports_of, variables_of
from netwright.tensors import Tensor
from tests.operations import all_cases, fed

# Keras' own arguments that a spec can't set, and why.
LEFT_OUT = {
    "name": "the key of the node is the name",
    "autocast": "not part of a layer's config: `.keras` would lose it without a word",
}


# What Keras and TensorFlow raise when they refuse a layer or its input.
REFUSALS = (
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    StopIteration,
    ZeroDivisionError,
    tf.errors.InvalidArgumentError,
)


def symbolic(value: Tensor | tuple[Tensor, ...]) -> Any:
    if isinstance(value, tuple):
        return [symbolic(one) for one in value]
    shape = [size if isinstance(size, int) else None for size in value.shape]
    return keras.Input(batch_shape=shape, dtype=value.dtype)


def called(layer: Operation, ports: dict[str, Any], row: Case) -> Any:
    made = construct(layer)
    # By position: some layers of Keras' name their first argument otherwise where they are called.
    first, *others = ports.items()
    return made, made(first[1], **dict(others), **row.call)


def plain(shape: tuple[Any, ...]) -> tuple[int | None, ...]:
    return tuple(size if isinstance(size, int) else None for size in shape)


@pytest.mark.parametrize(("layer", "row"), all_cases())
def test_keras_agrees_with_the_table(layer: type[Operation], row: Case) -> None:
    one = layer.read(dict(row.arguments))
    ports = fed(layer, row)
    if row.silent:
        called(one, {name: symbolic(value) for name, value in ports.items()}, row)
        return
    if row.fails and not row.late:
        with pytest.raises(REFUSALS):
            called(one, {name: symbolic(value) for name, value in ports.items()}, row)
        return
    if row.fails:
        called(one, {name: symbolic(value) for name, value in ports.items()}, row)
        sample = {name: concrete(value) for name, value in ports.items()}
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever TensorFlow raises when it runs
            called(one, sample, row)
        return
    call = layer.Call.read(dict(row.call))
    expected, variables = outputs_of(one, ports, call), variables_of(one, ports, call)
    made, outputs = called(one, {name: symbolic(value) for name, value in ports.items()}, row)
    outputs = keras.tree.flatten(outputs)
    assert [(plain(output.shape), output.dtype) for output in outputs] == [
        (plain(tensor.shape), tensor.dtype) for tensor in expected
    ]
    assert sorted((tuple(weight.shape), weight.trainable) for weight in made.weights) == sorted(
        (variable.shape, variable.trainable) for variable in variables
    )


def concrete(value: Tensor | tuple[Tensor, ...]) -> Any:
    if isinstance(value, tuple):
        return [concrete(one) for one in value]
    shape = [size if isinstance(size, int) else 2 for size in value.shape]
    return tf.fill(shape, "text") if value.dtype == "string" else np.ones(shape, value.dtype)


@pytest.mark.parametrize("name", layer_names())
def test_arguments_and_defaults_are_keras_own(name: str) -> None:
    layer = find_layer(name)
    assert layer is not None
    theirs: dict[str, inspect.Parameter] = {}
    for constructor in (keras.layers.Layer.__init__, getattr(keras.layers, name).__init__):
        theirs |= dict(inspect.signature(constructor).parameters)
    theirs = {
        key: parameter
        for key, parameter in theirs.items()
        if key not in ("self", *LEFT_OUT) and parameter.kind is not inspect.Parameter.VAR_KEYWORD
    }
    ours = layer.model_fields
    assert set(ours) == set(theirs)
    for key, parameter in theirs.items():
        assert ours[key].is_required() == (parameter.default is inspect.Parameter.empty), key
        if not ours[key].is_required():
            assert same_default(ours[key].default, parameter.default), key


def same_default(ours: object, theirs: object) -> bool:
    if isinstance(ours, tuple) and isinstance(theirs, int):
        return set(ours) == {theirs}
    return ours == theirs


@pytest.mark.parametrize("name", layer_names())
def test_ports_and_call_arguments_are_keras_own(name: str) -> None:
    layer = find_layer(name)
    assert layer is not None
    parameters = inspect.signature(getattr(keras.layers, name).call).parameters
    theirs = [key for key, one in parameters.items() if key != "self" and one.kind is not inspect.Parameter.VAR_KEYWORD]
    ours = {*ports_of(layer), *layer.Call.model_fields}
    assert ours == set(theirs)


def test_every_class_of_keras_is_in_the_catalog_or_refused_with_its_reason() -> None:
    public = {name: one for name, one in vars(keras.layers).items() if inspect.isclass(one)}
    assert len({one for one in public.values() if issubclass(one, keras.layers.Layer)}) == 143
    assert set(public) == {*layer_names(), *REFUSED, *ALIASES} - {"GroupedQueryAttention"}
    # The name of the class behind `GroupQueryAttention`, which Keras' own messages and files use.
    assert keras.layers.GroupQueryAttention.__name__ == "GroupedQueryAttention"


@pytest.mark.parametrize("alias", sorted(set(ALIASES) - {"GroupedQueryAttention"}))
def test_second_names_are_keras_own(alias: str) -> None:
    assert getattr(keras.layers, alias) is getattr(keras.layers, ALIASES[alias])


def test_what_is_refused_does_not_do_what_keras_says() -> None:
    images = np.zeros((2, 8, 6, 3), "float32")
    crop = keras.layers.RandomCrop(4, 4)
    assert crop(keras.Input((8, 6, 3))).shape == (None, 4, 4, 3)
    assert crop(images, training=False).shape == images.shape
    boxes = keras.layers.MaxNumBoundingBoxes(5)
    assert np.array_equal(boxes(images + 1), images + 1)
