"""What Keras does with sizes that inputs leave open and that do not fit all the way: nothing, at first."""

from __future__ import annotations

import json

import keras
import numpy as np
import pytest
import tensorflow as tf

import netwright
from tests.literate import REPOSITORY


def test_a_skip_around_halving_fails_at_the_first_batch_that_does_not_divide() -> None:
    image = keras.Input((None, None, 1), name="image")
    up = keras.layers.UpSampling2D()(keras.layers.MaxPooling2D()(image))
    outline = keras.layers.Conv2D(2, 1)(keras.layers.Concatenate()([image, up]))
    model = keras.Model(image, {"outline": outline})
    model.compile("sgd", loss={"outline": "mse"})
    model.fit(np.zeros((2, 8, 8, 1)), {"outline": np.zeros((2, 8, 8, 2))}, verbose=0)
    with pytest.raises(tf.errors.InvalidArgumentError, match="Dimension"):
        model.fit(np.zeros((2, 9, 8, 1)), {"outline": np.zeros((2, 9, 8, 2))}, verbose=0)


@pytest.mark.parametrize(("size", "fits"), [(32, True), (48, True), (33, False), (40, False), (100, False)])
def test_keras_builds_a_unet_for_multiples_of_16_only(size: int, fits: bool) -> None:
    spec = json.loads((REPOSITORY / "specs" / "unet.json").read_text())
    spec["inputs"]["image"]["shape"] = [None, None, 3]
    spec["nodes"]["net"]["allow"] = ["sizes-may-differ"]
    model = netwright.build(spec, params={"width": 1})
    try:
        model.predict({"image": np.zeros((1, size, size, 3))}, verbose=0)
    except (tf.errors.InvalidArgumentError, ValueError):
        assert not fits
    else:
        assert fits
