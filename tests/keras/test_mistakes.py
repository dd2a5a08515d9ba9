"""What Keras does with the mistakes that the README and the guide tell of: the reason why netwright exists."""

from __future__ import annotations

import warnings
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from netwright.backends.keras.lower import construct
from tests.operations import every


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


def one_head(**arguments: Any) -> keras.Model:
    keras.utils.set_random_seed(0)
    x = keras.Input((4,), name="x")
    return keras.Model({"x": x}, {"y": keras.layers.Dense(name="y", **arguments)(x)})


ROWS = np.random.default_rng(0).normal(size=(6, 4)).astype("float32")
CLASSES = np.eye(3, dtype="float32")[[0, 1, 2, 0, 1, 2]]


@pytest.mark.parametrize(
    ("activation", "loss", "from_logits"),
    [
        ("softmax", "BinaryCrossentropy", False),
        ("sigmoid", "CategoricalCrossentropy", False),
        ("softmax", "CategoricalCrossentropy", True),
        ("sigmoid", "BinaryCrossentropy", True),
    ],
)
def test_the_loss_is_computed_from_what_was_before_the_activation(
    activation: str, loss: str, from_logits: bool
) -> None:
    model = one_head(units=3, activation=activation)
    model.compile("sgd", loss={"y": getattr(keras.losses, loss)(from_logits=from_logits)})
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        total = model.evaluate({"x": ROWS}, {"y": CLASSES}, verbose=0)
    kernel, bias = model.get_layer("y").get_weights()
    logits = ROWS @ kernel + bias
    assert total == pytest.approx(float(getattr(keras.losses, loss)(from_logits=True)(CLASSES, logits)), rel=1e-5)
    assert any("from_logits" in str(one.message) for one in said) == from_logits


def test_the_loss_of_a_softmax_over_the_wrong_axis_is_that_of_the_right_one() -> None:
    x = keras.Input((5, 3), name="x")
    model = keras.Model({"x": x}, {"y": keras.layers.Softmax(axis=1)(x)})
    model.compile("sgd", loss={"y": "categorical_crossentropy"})
    data = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
    labels = np.eye(3, dtype="float32")[np.random.default_rng(1).integers(0, 3, (2, 5))]
    right = keras.losses.CategoricalCrossentropy(from_logits=True)(labels, data)
    assert model.evaluate({"x": data}, {"y": labels}, verbose=0) == pytest.approx(float(right), rel=1e-5)


def test_a_softmax_over_one_unit_trains_and_is_always_1() -> None:
    model = one_head(units=1, activation="softmax")
    model.compile(keras.optimizers.SGD(1.0), loss={"y": "binary_crossentropy"})
    labels = np.array([[0], [1], [0], [1], [0], [1]], "float32")
    with pytest.warns(UserWarning, match="always return the value 1"):
        losses = model.fit({"x": ROWS}, {"y": labels}, epochs=5, verbose=0).history["loss"]
    assert losses[-1] < losses[0]
    with pytest.warns(UserWarning, match="always return the value 1"):
        predicted = model.predict({"x": ROWS}, verbose=0)["y"]
    np.testing.assert_array_equal(predicted, np.ones((6, 1)))


def test_a_frozen_batch_normalization_normalizes_nothing() -> None:
    norm = keras.layers.BatchNormalization(trainable=False)
    far = 100 + 10 * ROWS
    np.testing.assert_allclose(norm(far, training=True), far, rtol=1e-3)


def trained(x: Any, y: Any, target: Any) -> list[str]:
    """What Keras warns of, in one step."""
    model = keras.Model({"x": x}, {"y": y})
    model.compile("sgd", loss={"y": "mse"})
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        model.fit({"x": ROWS}, {"y": target}, verbose=0)
    return [str(one.message) for one in said]


def test_what_keras_says_where_nothing_is_learned() -> None:
    x = keras.Input((4,), name="x")
    hidden = keras.layers.Dense(3)(x)
    with pytest.raises(ValueError, match="No gradients provided for any variable"):
        trained(x, keras.ops.argmax(hidden, axis=-1), np.ones(6))
    with pytest.raises(LookupError, match="gradient registry has no entry"):
        trained(x, keras.layers.Dense(1)(keras.ops.unique(hidden, size=3, axis=1)), np.ones((6, 1)))
    (said,) = set(trained(x, keras.layers.Dense(1)(keras.ops.floor(hidden)), np.ones((6, 1))))
    assert said.startswith("Gradients do not exist for variables")
    (said,) = trained(x, keras.layers.Dense(1, trainable=False)(x), np.ones((6, 1)))
    assert said == "The model does not have any trainable weights."


def test_a_loss_of_weight_0_is_never_mentioned() -> None:
    model = two_heads()
    model.compile("sgd", loss={"a": "mse", "b": "mse"}, loss_weights={"a": 1.0, "b": 0.0})
    before = model.get_layer("head_b").get_weights()[0].copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model.fit(DATA, TARGETS, verbose=0)
    np.testing.assert_array_equal(model.get_layer("head_b").get_weights()[0], before)


def test_a_merge_spreads_without_a_word() -> None:
    image, row = keras.Input((4, 4)), keras.Input((4,))
    merged = keras.Model([image, row], keras.layers.Multiply()([image, row]))
    data = np.arange(16.0).reshape(1, 4, 4), np.arange(4.0)[None]
    np.testing.assert_array_equal(merged.predict(data, verbose=0), data[0] * data[1][:, None, :])


def test_categorical_accuracy_of_class_numbers_counts_class_0() -> None:
    metric = keras.metrics.CategoricalAccuracy()
    metric.update_state([[1], [2], [1]], CLASSES[:3])
    assert float(metric.result()) == pytest.approx(1 / 3)


@pytest.mark.parametrize("name", ["StringLookup", "IntegerLookup", "TextVectorization"])
def test_how_many_numbers_a_vocabulary_has(name: str) -> None:
    rows = [every()[name].read(row.arguments) for row in every()[name].cases if row.to and not row.silent]
    counted = [(row, row.ids) for row in rows if row.ids is not None]
    assert len(counted) > 3
    for row, ids in counted:
        assert construct(row).vocabulary_size() == ids


def test_a_number_beyond_the_last_row_is_refused_when_it_comes() -> None:
    x = keras.Input((1,), dtype="int64")
    model = keras.Model(x, keras.layers.Embedding(3, 2)(x))
    model.predict(np.array([[2]]), verbose=0)
    with pytest.raises(tf.errors.InvalidArgumentError):
        model.predict(np.array([[3]]), verbose=0)
