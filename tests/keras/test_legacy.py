"""Old names and arguments, put to Keras: it refuses them, or takes them and does nothing with them."""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

import keras
import numpy as np
import pytest

from netwright.backends.keras.lower import construct
from netwright.catalog import legacy
from netwright.layer import find_layer
from netwright.objects import family
from tests.families import REQUIRED
from tests.legacy import Old, old_arguments

# The only one that Keras still heeds, with a warning that it is deprecated.
HEEDED = {"LeakyReLU.alpha"}
VALUES = {"input_shape": (3,), "batch_input_shape": (None, 3), "batch_shape": (None, 3)}
MODULES = {
    "optimizer": "optimizers", "loss": "losses", "metric": "metrics", "initializer": "initializers",
    "regularizer": "regularizers", "constraint": "constraints", "activation": "activations",
}  # fmt: skip


@pytest.mark.parametrize("name", legacy.NAMES["layer"])
def test_keras_has_no_such_layer(name: str) -> None:
    assert not hasattr(keras.layers, name)


@pytest.mark.parametrize(("noun", "name"), [(noun, name) for noun in MODULES for name in legacy.NAMES[noun]])
def test_keras_takes_no_such_name(noun: str, name: str) -> None:
    assert set(legacy.NAMES) == {"layer", *MODULES}
    # KeyError: `constant` is found, but not what it is to be.
    with pytest.raises((ValueError, TypeError, KeyError)):
        import_module(f"keras.{MODULES[noun]}").get(name)


def made(one: Old) -> Any:
    """An object of the class, without the old argument."""
    if one.family != "layers":
        return construct(family(one.family).entries[one.kind].model.read(REQUIRED.get(one.kind, {})))
    layer = find_layer(one.kind)
    assert layer is not None
    return construct(layer.read(dict(next(row for row in layer.cases if not row.fails).arguments)))


@pytest.mark.parametrize("kind", sorted({(one.family, one.kind) for one in old_arguments()}))
def test_keras_refuses_or_ignores_every_old_argument(kind: tuple[str, str]) -> None:
    for old in (one for one in old_arguments() if (one.family, one.kind) == kind):
        plain = made(old)
        config = plain.get_config()
        again = type(plain).from_config(dict(config)).get_config()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                same = type(plain).from_config({**config, old.argument: VALUES.get(old.argument, 1)})
            except (TypeError, ValueError):
                continue
        # Some layers only keep it for their configuration.
        heeded = {key: value for key, value in same.get_config().items() if key != old.argument} != again
        assert heeded == (f"{old.kind}.{old.argument}" in HEEDED), old


@pytest.mark.parametrize(
    "make",
    [
        lambda: keras.losses.MeanSquaredError(reduction="auto"),
        lambda: keras.layers.Conv2D(1, 1, data_format="tf"),
        lambda: keras.layers.Conv2D(1, 1, data_format="th"),
    ],
)
def test_keras_refuses_old_words(make: Any) -> None:
    with pytest.raises(ValueError, match=r"Invalid value|data_format"):
        make()


def test_keras_takes_one_old_word_for_the_new_one() -> None:
    assert keras.layers.CategoryEncoding(4, output_mode="binary").output_mode == legacy.VALUES["output_mode"]["binary"]


def test_what_takes_the_place_of_a_decay_does_the_same() -> None:
    # Keras 2 divided the learning rate by 1 + decay * step.
    schedule = keras.optimizers.schedules.InverseTimeDecay(0.1, decay_steps=1, decay_rate=0.5)
    assert [float(schedule(step)) for step in range(3)] == pytest.approx([0.1, 0.1 / 1.5, 0.1 / 2])


def test_what_takes_the_place_of_a_thresholded_relu_does_the_same() -> None:
    given = [-2.0, 0.5, 1.5, 3.0]
    made = keras.layers.ReLU(threshold=1.0)(np.array(given))
    assert list(np.array(made)) == [x if x > 1.0 else 0.0 for x in given]
