"""What `build` and `compile` make, in this process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

import netwright
from netwright.backends.keras import artifact as artifacts
from netwright.backends.keras import build as builder
from netwright.operation import Variable

SPEC: dict[str, Any] = {
    "netwright": 1,
    "name": "two_heads",
    "inputs": {"x": {"shape": [8]}, "ids": {"shape": ["time"], "dtype": "int32"}},
    "nodes": {
        "embed": {"type": "Embedding", "input_dim": 10, "output_dim": 4, "mask_zero": True},
        "read": {"type": "LSTM", "units": 3, "return_state": True},
        "trunk": {"type": "Dense", "units": 4, "activation": {"type": "LeakyReLU", "negative_slope": 0.1}},
        "join": {"type": "Concatenate"},
        "drop": {"type": "Dropout", "rate": 0.5},
        "head_b": {"type": "Dense", "units": 1},
        "head_a": {"type": "Dense", "units": 1, "kernel_initializer": {"type": "HeNormal", "seed": 1}},
        "dead": {"type": "Dense", "units": 99},
    },
    "edges": [
        ["x", "trunk", "join"],
        ["ids", "embed", "read"],
        ["read:output", "join"],
        ["join", "drop", ["head_b", "head_a"]],
        ["trunk", "dead"],
    ],
    "outputs": {"b": "head_b", "a": "head_a", "again": "head_a", "state": "read:state_c", "x": "x"},
    "compile": {
        "optimizer": {"type": "Adam", "learning_rate": 0.01},
        "loss": {"a": "mse", "b": {"type": "Huber", "delta": 2.0}, "again": None, "state": None, "x": None},
        "loss_weights": {"a": 3.0},
        "metrics": {"b": ["mae", {"type": "MeanSquaredError", "name": "squared"}]},
        "weighted_metrics": {"a": ["mse"]},
    },
}


def with_(**changes: Any) -> dict[str, Any]:
    return {**SPEC, **changes}


@pytest.fixture(scope="module")
def model() -> keras.Model:
    return netwright.build(SPEC)


def test_names_are_the_specs(model: keras.Model) -> None:
    assert model.name == "two_heads"
    assert set(model.input) == {"x", "ids"}
    assert set(model.output) == set(SPEC["outputs"])
    built = {layer.name for layer in model.layers}
    assert built == {"x", "ids", *SPEC["nodes"]} - {"dead"}


def test_losses_and_weights_go_to_their_outputs(model: keras.Model) -> None:
    data = {"x": np.ones((4, 8), "float32"), "ids": np.ones((4, 5), "int32")}
    predicted = model.predict(data, verbose=0)
    # Where there are metrics, Keras wants a target for every output, though nothing is made of it without a loss.
    unused = {name: np.zeros_like(value) for name, value in predicted.items()}
    targets = {**unused, "a": np.full((4, 1), 7.0), "b": np.full((4, 1), -50.0)}
    result = model.evaluate(data, targets, return_dict=True, verbose=0)
    loss_a = np.mean((predicted["a"] - 7.0) ** 2)
    error_b = np.abs(predicted["b"] + 50.0)
    loss_b = np.mean(2.0 * error_b - 2.0)
    assert result["loss"] == pytest.approx(3.0 * loss_a + loss_b, rel=1e-4)
    assert result["b_mae"] == pytest.approx(error_b.mean(), rel=1e-4)
    assert result["b_squared"] == pytest.approx((error_b**2).mean(), rel=1e-4)
    assert {"a_loss", "b_loss", "a_mse"} <= set(result)


def test_an_untrained_output_needs_no_target_and_trains_nothing() -> None:
    spec = with_(compile={"optimizer": "sgd", "loss": {"a": "mse", "b": None, "again": None, "state": None, "x": None}})
    model = netwright.build(spec)
    before = model.get_layer("head_b").get_weights()[0].copy()
    data = {"x": np.ones((4, 8), "float32"), "ids": np.ones((4, 5), "int32")}
    with pytest.warns(UserWarning, match="Gradients do not exist"):
        model.fit(data, {"a": np.ones((4, 1))}, verbose=0)
    np.testing.assert_array_equal(before, model.get_layer("head_b").get_weights()[0])


def test_without_a_compile_section_the_model_is_not_compiled() -> None:
    spec = {key: value for key, value in SPEC.items() if key != "compile"}
    assert not netwright.build(spec).compiled


def test_dtype_policy_holds_for_all_layers_that_have_none() -> None:
    nodes = {**SPEC["nodes"], "head_a": {"type": "Dense", "units": 1, "dtype": "float32"}}
    model = netwright.build(with_(nodes=nodes, dtype_policy="mixed_float16"))
    assert model.get_layer("trunk").compute_dtype == "float16"
    assert model.get_layer("head_a").compute_dtype == "float32"
    assert keras.config.dtype_policy().name == "float32"


def test_building_leaves_keras_configuration_alone_and_ignores_it() -> None:
    keras.config.set_image_data_format("channels_first")
    keras.config.set_floatx("float64")
    keras.config.set_epsilon(1e-3)
    try:
        image = {
            "netwright": 1,
            "name": "image",
            "inputs": {"x": {"shape": [8, 8, 3]}},
            "nodes": {"conv": {"type": "Conv2D", "filters": 2, "kernel_size": 3}},
            "edges": [["x", "conv"]],
            "outputs": {"y": "conv"},
        }
        assert netwright.build(image).output["y"].shape == (None, 6, 6, 2)
        assert {weight.dtype for weight in netwright.build(SPEC).weights} == {"float32"}
        assert keras.config.image_data_format() == "channels_first"
        assert keras.config.floatx() == "float64"
        assert keras.config.epsilon() == 1e-3
    finally:
        keras.config.set_floatx("float32")
        keras.config.set_epsilon(1e-7)
        keras.config.set_image_data_format("channels_last")


def test_errors_are_raised_with_the_whole_report() -> None:
    with pytest.raises(netwright.InvalidSpec, match="there is no node or input `hed`") as caught:
        netwright.build(with_(outputs={"a": "hed"}))
    assert caught.value.report.diagnostics[0].code == "G301"


def test_a_build_that_differs_from_the_inference_names_the_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a shape rule ever be wrong, the artifact is not written."""
    from netwright.catalog.layers.dense import Dense

    def wrong(self: Dense, inputs: Any) -> Any:
        yield Variable("kernel", (1, 1))

    monkeypatch.setattr(Dense, "variables", wrong)
    with pytest.raises(builder.NotWhatWasInferred, match="node `trunk`"):
        netwright.build(SPEC)


def test_artifact_replaces_an_artifact_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "precious.txt").write_text("mine")
    with pytest.raises(netwright.TargetInUse, match=r"`precious\.txt`"):
        netwright.compile(SPEC, target)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (target / "precious.txt").read_text() == "mine"
    (target / "precious.txt").unlink()
    netwright.compile(SPEC, target)
    netwright.compile(SPEC, target)
    assert sorted(path.name for path in target.iterdir()) == ["manifest.json", "model.keras", "saved_model"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_foreign_file_in_an_artifact_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "out"
    netwright.compile(SPEC, target)
    (target / "notes.txt").write_text("mine")
    with pytest.raises(netwright.TargetInUse, match=r"`notes\.txt`"):
        netwright.compile(SPEC, target)
    foreign = tmp_path / "extension"
    foreign.mkdir()
    (foreign / "manifest.json").write_text('{"manifest_version": 3, "files": []}')
    with pytest.raises(netwright.TargetInUse, match=r"`manifest\.json`"):
        netwright.compile(SPEC, foreign)
    assert (target / "notes.txt").read_text() == "mine"


def test_the_working_directory_is_refused_before_anything_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(artifacts, "build", None)
    with pytest.raises(netwright.TargetInUse, match="working directory"):
        netwright.compile(SPEC, ".")


def test_a_failure_leaves_the_old_artifact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    netwright.compile(SPEC, target)
    before = (target / "manifest.json").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(artifacts, "write_format", full)
    with pytest.raises(OSError, match="No space"):
        netwright.compile(SPEC, target, seed=1)
    assert (target / "manifest.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_seeds_make_weights(tmp_path: Path) -> None:
    first = netwright.compile(SPEC, tmp_path / "a", seed=1).model.get_weights()
    same = netwright.compile(SPEC, tmp_path / "b", seed=1).model.get_weights()
    other = netwright.compile(SPEC, tmp_path / "c", seed=2).model.get_weights()
    assert all(np.array_equal(one, two) for one, two in zip(first, same, strict=True))
    assert not all(np.array_equal(one, two) for one, two in zip(first, other, strict=True))


def test_the_specs_seed_reaches_the_weights() -> None:
    one, two = (netwright.build(with_(seed=5)).get_weights() for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))
    given = netwright.build(with_(seed=5), seed=6).get_weights()
    assert not all(np.array_equal(a, b) for a, b in zip(one, given, strict=True))


def test_a_loaded_model_is_the_one_that_was_saved(tmp_path: Path) -> None:
    written = netwright.compile(SPEC, tmp_path / "out")
    loaded = keras.models.load_model(tmp_path / "out/model.keras")
    data = {"x": np.ones((2, 8), "float32"), "ids": np.array([[1, 2, 0], [3, 0, 0]], "int32")}
    expected, got = written.model(data), loaded(data)
    for name in SPEC["outputs"]:
        np.testing.assert_allclose(got[name], expected[name], rtol=1e-6)
    assert loaded.compiled
