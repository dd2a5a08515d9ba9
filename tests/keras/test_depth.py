"""Graphs that are deeper and wider than Python's stack."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

import netwright
from tests.nightly import NIGHTLY

DEEP = 10_000 if NIGHTLY else 1_200
WIDE = 3_000 if NIGHTLY else 100


def chain(length: int) -> dict[str, Any]:
    nodes = {f"n{number}": {"type": "Rescaling", "scale": 1.0, "offset": 1.0} for number in range(length)}
    return {
        "netwright": 1,
        "name": "chain",
        "inputs": {"x": {"shape": [2]}},
        "nodes": nodes,
        "edges": [["x", *nodes]],
        "outputs": {"y": f"n{length - 1}"},
    }


def test_keras_by_hand_stops_at_this_depth() -> None:
    """If it no longer does, there is nothing left to make room for."""
    first = last = keras.Input((2,))
    for _ in range(1_200):
        last = keras.layers.Rescaling(1.0, 1.0)(last)
    with pytest.raises(RecursionError):
        keras.Model(first, last)


def test_a_chain_of_many_layers_is_built_saved_and_served(tmp_path: Path) -> None:
    before = sys.getrecursionlimit()
    netwright.compile(chain(DEEP), tmp_path / "out")
    assert sys.getrecursionlimit() == before
    serve = tf.saved_model.load(tmp_path / "out/saved_model").signatures["serving_default"]
    np.testing.assert_array_equal(serve(x=tf.zeros((3, 2)))["y"], np.full((3, 2), DEEP))
    # Keras recurses again where it loads: there the limit is the user's.
    sys.setrecursionlimit(2 * DEEP + 1_000)
    try:
        loaded = keras.models.load_model(tmp_path / "out/model.keras")
    finally:
        sys.setrecursionlimit(before)
    assert len(loaded.layers) == DEEP + 1


def test_a_graph_of_many_layers_that_feed_many(tmp_path: Path) -> None:
    """Each adds up what the thirty before it give; the last takes all."""
    nodes: dict[str, Any] = {f"n{number}": {"type": "Average"} for number in range(WIDE)}
    names = ["x", "also", *nodes]
    edges = [[names[max(0, place - 30) : place], names[place]] for place in range(2, len(names))]
    spec = {
        "netwright": 1,
        "name": "wide",
        "inputs": {"x": {"shape": [2]}, "also": {"shape": [2]}},
        "nodes": {**nodes, "all": {"type": "Concatenate"}},
        "edges": [*edges, [names[2:], "all"]],
        "outputs": {"y": "all"},
    }
    netwright.compile(spec, tmp_path / "out")
    serve = tf.saved_model.load(tmp_path / "out/saved_model").signatures["serving_default"]
    np.testing.assert_allclose(serve(x=tf.ones((1, 2)), also=tf.ones((1, 2)))["y"], np.ones((1, 2 * WIDE)), rtol=1e-4)
