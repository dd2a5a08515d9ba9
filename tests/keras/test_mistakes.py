"""What Keras does with the mistakes that the README and the guide tell of: the reason why netwright exists."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest


def two_heads() -> keras.Model:
    x = keras.Input((4,), name="x")
    trunk = keras.layers.Dense(3, name="trunk")(x)
    outputs = {"a": keras.layers.Dense(1, name="head_a")(trunk), "b": keras.layers.Dense(1, name="head_b")(trunk)}
    return keras.Model({"x": x}, outputs)


DATA = {"x": np.ones((2, 4), "float32")}
TARGETS = {"a": np.full((2, 1), 10.0), "b": np.full((2, 1), 1.0)}


@pytest.mark.parametrize(
    ("section", "refused"),
    [
        ({"loss": {"a": "mse", "bb": "mse"}}, KeyError),
        ({"loss": {"a": "mse", "head_b": "mse"}}, KeyError),
        ({"loss": {"a": "mse", "b": "mze"}}, ValueError),
        ({"loss": {"a": "mse", "b": "mse"}, "metrics": {"bb": ["mae"]}}, ValueError),
        ({"loss": {"a": "mse", "b": "mse"}, "metrics": {"b": ["may"]}}, ValueError),
    ],
)
def test_compile_accepts_what_the_first_batch_refuses(section: dict[str, Any], refused: type[Exception]) -> None:
    model = two_heads()
    model.compile("sgd", **section)
    with pytest.raises(refused):
        model.fit(DATA, TARGETS, verbose=0)


def test_a_misspelt_loss_weight_is_never_refused_and_swaps_the_weights() -> None:
    model = two_heads()
    right = {"a": 100.0, "b": 1.0}
    wrong = {"zz": 100.0, "b": 1.0}
    totals = []
    for weights in (right, wrong):
        model.compile("sgd", loss={"a": "mse", "b": "mse"}, loss_weights=weights)
        totals.append(model.evaluate(DATA, TARGETS, verbose=0, return_dict=True)["loss"])
    predicted = model.predict(DATA, verbose=0)
    a, b = (float(np.mean((predicted[name] - TARGETS[name]) ** 2)) for name in ("a", "b"))
    assert totals == pytest.approx([100.0 * a + b, a + 100.0 * b], rel=1e-4)


def test_a_forgotten_loss_leaves_a_head_untrained() -> None:
    model = two_heads()
    model.compile("sgd", loss={"a": "mse"})
    before = model.get_layer("head_b").get_weights()[0].copy()
    with pytest.warns(UserWarning, match="Gradients do not exist"):
        model.fit(DATA, TARGETS, verbose=0)
    np.testing.assert_array_equal(model.get_layer("head_b").get_weights()[0], before)


def test_the_tutorials_loss_keys_are_refused_at_the_first_fit() -> None:
    x = keras.Input((4,))
    heads = [keras.layers.Dense(1, name=f"dense_{i}")(keras.layers.Dense(3, name=f"output_{i}")(x)) for i in (1, 2)]
    model = keras.Model(x, heads)
    model.compile("sgd", loss={"output_1": "mse", "output_2": "mse"})
    with pytest.raises(ValueError, match=r"Expected keys \['dense_1', 'dense_2'\] in loss dict"):
        model.fit(DATA["x"], [TARGETS["a"], TARGETS["b"]], verbose=0)


def test_the_tutorials_image_of_the_wrong_size_is_refused_at_the_first_fit() -> None:
    x = keras.Input((7, 7, 2))
    image = keras.layers.Conv2DTranspose(1, 3, strides=2, padding="same")(x)
    model = keras.Model(x, {"image": image})
    model.compile("sgd", loss={"image": "mse"})
    with pytest.raises(ValueError, match="Dimensions must be equal, but are 28 and 14"):
        model.fit(np.zeros((2, 7, 7, 2)), {"image": np.zeros((2, 28, 28, 1))}, verbose=0)
