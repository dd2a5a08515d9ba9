"""Where random numbers come from: the seed and the node, and nothing else."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

import netwright

SPECS = Path(__file__).parent.parent.parent / "specs"

NODES: dict[str, Any] = {
    "embed": {"type": "Embedding", "input_dim": 20, "output_dim": 8},
    "both": {"type": "Bidirectional", "layer": {"type": "LSTM", "units": 4, "return_sequences": True}},
    "look": {"type": "MultiHeadAttention", "num_heads": 2, "key_dim": 4},
    "stack": {
        "type": "RNN",
        "cell": {
            "type": "StackedRNNCells",
            "cells": [{"type": "GRUCell", "units": 8}, {"type": "GRUCell", "units": 8}],
        },
    },
    "drop": {"type": "Dropout", "rate": 0.5},
    "one": {"type": "Dense", "units": 8},
    "two": {"type": "Dense", "units": 8},
    "own": {"type": "Dense", "units": 8, "kernel_initializer": {"type": "HeNormal", "seed": 5}},
}
SPEC: dict[str, Any] = {
    "netwright": 1,
    "name": "seeds",
    "inputs": {"ids": {"shape": [6], "dtype": "int32"}},
    "nodes": NODES,
    "edges": [
        ["ids", "embed", "both", "look:query"],
        ["both", "look:value"],
        ["look", "stack", "drop", "one", "two", "own"],
    ],
    "outputs": {"y": "own"},
    "seed": 3,
}


def state(model: keras.Model) -> dict[str, Any]:
    """All that random numbers went into, and all else, by node and place in it."""
    return {
        f"{layer.name}/{place}": variable.numpy()
        for layer in model.layers
        for place, variable in enumerate(layer.variables)
    }


def changed(spec: dict[str, Any]) -> set[str]:
    """The nodes whose numbers differ from those of `SPEC`; a node that is new is none."""
    before, after = state(netwright.build(SPEC)), state(netwright.build(spec))
    return {key.split("/")[0] for key in before.keys() & after.keys() if not np.array_equal(before[key], after[key])}


def with_node(name: str, **arguments: Any) -> dict[str, Any]:
    return {**SPEC, "nodes": {**NODES, name: {**NODES.get(name, {}), **arguments}}}


def test_a_change_of_one_node_changes_its_own_numbers_only() -> None:
    assert changed(SPEC) == set()
    assert changed(with_node("embed", embeddings_initializer="normal")) == {"embed"}
    layer = {**NODES["both"]["layer"], "kernel_initializer": "zeros"}
    assert changed(with_node("both", layer=layer)) == {"both"}


def test_another_node_before_all_others_changes_nothing() -> None:
    first = {"type": "Dense", "units": 8}
    edges = [["ids", "embed", "first", "both", "look:query"], *SPEC["edges"][1:]]
    assert changed({**SPEC, "nodes": {"first": first, **NODES}, "edges": edges}) == set()


def test_another_seed_changes_all_that_is_random() -> None:
    assert changed({**SPEC, "seed": 4}) == set(NODES) - {"own"}


def test_a_seed_of_an_initializer_is_kept() -> None:
    expected = keras.initializers.HeNormal(seed=5)((8, 8))
    np.testing.assert_array_equal(netwright.build(SPEC, seed=9).get_layer("own").kernel, expected)


def test_a_layer_that_is_used_often_is_what_its_first_node_makes_it() -> None:
    shared = {"again": {"share": "one"}, "before": {"share": "one"}}
    edges = [*SPEC["edges"][:2], ["look", "stack", "drop", "before", "one", "again", "two", "own"]]
    assert changed({**SPEC, "nodes": {**NODES, **shared}, "edges": edges}) == set()


def kernels(model: keras.Model) -> Iterator[bytes]:
    """Variables that random numbers went into."""
    for variable in model.variables:
        numbers = variable.numpy()
        if numbers.size > 4 and np.unique(numbers).size > numbers.size // 2:
            yield numbers.tobytes()


@pytest.mark.parametrize("spec", [SPEC, SPECS / "mobilenet_v2.json", SPECS / "transformer_classifier.json"])
def test_no_two_variables_start_equal(spec: Any) -> None:
    """Nor do those that Keras makes with copies of one initializer: halves, cells, queries and keys."""
    found = Counter(kernels(netwright.build(spec, seed=0)))
    assert len(found) > 5
    assert set(found.values()) == {1}


RANDOM: dict[str, dict[str, Any]] = {
    "GlorotNormal": {},
    "GlorotUniform": {},
    "HeNormal": {},
    "HeUniform": {},
    "LecunNormal": {},
    "LecunUniform": {},
    "Orthogonal": {"gain": 2.0},
    "RandomNormal": {"mean": 1.0, "stddev": 0.5},
    "RandomUniform": {"minval": -2.0, "maxval": 1.0},
    "TruncatedNormal": {"stddev": 0.5},
    "VarianceScaling": {"scale": 2.0, "mode": "fan_out"},
}


@pytest.mark.parametrize("name", RANDOM)
def test_weights_are_distributed_as_the_initializer_promises(name: str) -> None:
    nodes = {"one": {"type": "Dense", "units": 300, "kernel_initializer": {"type": name, **RANDOM[name]}}}
    spec = {"netwright": 1, "name": "one", "inputs": {"x": {"shape": [400]}}, "nodes": nodes}
    model = netwright.build({**spec, "edges": [["x", "one"]], "outputs": {"y": "one"}}, seed=1)
    ours = np.sort(model.get_layer("one").kernel.numpy().ravel())
    theirs = np.sort(getattr(keras.initializers, name)(**RANDOM[name], seed=2)((400, 300)).numpy().ravel())
    # The distance of Kolmogorov and Smirnov between 120,000 numbers and as many others: above 0.008 once in a thousand.
    distance = np.abs(np.searchsorted(theirs, ours, "right") - np.arange(1, ours.size + 1)).max() / ours.size
    assert distance < 0.008
    assert not np.array_equal(ours, theirs)


def test_weights_of_two_nodes_are_independent() -> None:
    spec = with_node("one", units=500)
    spec["nodes"]["two"] = {"type": "Dense", "units": 500}
    spec["edges"] = [*SPEC["edges"][:2], ["look", "stack", "drop", ["one", "two"]], ["one", "own"]]
    spec["outputs"] = {"y": "own", "z": "two"}
    model = netwright.build(spec)
    one, two = (model.get_layer(name).kernel.numpy().ravel() for name in ("one", "two"))
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.06, "four thousand pairs: four standard deviations"


def test_python_goes_on_with_its_own_random_numbers() -> None:
    random.seed(1)
    before = random.getstate()
    netwright.build(SPEC)
    assert random.getstate() == before


def test_without_any_seed_weights_are_drawn_as_by_hand() -> None:
    spec = {key: value for key, value in SPEC.items() if key != "seed"}

    def drawn() -> Any:
        return netwright.build(spec).get_layer("one").kernel.numpy()

    keras.utils.set_random_seed(7)
    first, second = drawn(), drawn()
    keras.utils.set_random_seed(7)
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(drawn(), first)
    np.testing.assert_array_equal(drawn(), second)
