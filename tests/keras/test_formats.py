"""Every format, in its own runtime: the spec's names, shapes, dtypes, and the numbers that the model gives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

import netwright
from netwright.backends.keras.formats import NAMES

# Names whose order by the alphabet is not the document's, dtypes, sizes that are not known, an op, an input that is an
# output, layers that behave differently in training.
SPEC: dict[str, Any] = {
    "netwright": 1,
    "name": "all_formats",
    "inputs": {"words": {"shape": ["time"], "dtype": "int32"}, "facts": {"shape": [3]}},
    "nodes": {
        "embed": {"type": "Embedding", "input_dim": 10, "output_dim": 4},
        "mean": {"type": "GlobalAveragePooling1D"},
        "join": {"type": "Concatenate"},
        "norm": {"type": "BatchNormalization"},
        "drop": {"type": "Dropout", "rate": 0.5},
        "hidden": {"type": "Dense", "units": 5, "activation": "gelu"},
        "size": {"type": "Dense", "units": 2},
        "kind": {"op": "cast", "dtype": "int32"},
    },
    "edges": [
        ["words", "embed", "mean", "join"],
        ["facts", "join"],
        ["join", "norm", "drop", "hidden", "size", "kind"],
    ],
    "outputs": {"size": "size", "kind": "kind", "all_words": "embed"},
    "compile": {"optimizer": "adam", "loss": {"size": "mse", "kind": None, "all_words": None}},
}
DTYPES = {"size": "float32", "kind": "int32", "all_words": "float32"}
DATA = {
    "words": np.array([[1, 2, 3, 0], [4, 5, 6, 7], [9, 8, 7, 6]], "int32"),
    "facts": np.random.default_rng(0).random((3, 3), "float32"),
}
ONE = {name: value[:1] for name, value in DATA.items()}

SERVE = """
import json, sys
sys.modules["keras"] = None  # TensorFlow imports Keras by itself where it can; here nothing can
import numpy as np, tensorflow as tf
folder = sys.argv[1]
serve = tf.saved_model.load(f"{folder}/saved_model").signatures["serving_default"]
inputs = {name: tf.constant(value) for name, value in np.load(f"{folder}/inputs.npz").items()}
np.savez(f"{folder}/served.npz", **{name: value.numpy() for name, value in serve(**inputs).items()})
json.dump([
    {one.name: [one.shape.as_list(), one.dtype.name] for one in serve.structured_input_signature[1].values()},
    {name: [one.shape.as_list(), one.dtype.name] for name, one in serve.structured_outputs.items()},
], open(f"{folder}/signature.json", "w"))
assert not [name for name in sys.modules if name.startswith("keras.")]
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> netwright.api.Artifact:
    return netwright.compile(SPEC, tmp_path_factory.mktemp("formats") / "out", formats=NAMES, seed=1)


def expected(written: Any, data: dict[str, Any]) -> dict[str, Any]:
    return {name: value.numpy() for name, value in written.model(data, training=False).items()}


def compare(given: dict[str, Any], expected: dict[str, Any]) -> None:
    assert set(given) == set(expected)
    for name, value in expected.items():
        assert given[name].shape == value.shape
        np.testing.assert_allclose(given[name], value, rtol=1e-5, atol=1e-6, err_msg=name)


def test_all_are_there(written: Any) -> None:
    files = {name.split("/")[0] for name in written.files}
    assert files == {
        "model.keras",
        "saved_model",
        "model.weights.h5",
        "model.tflite",
        "model.onnx",
        "manifest.json",
    }


def test_keras_and_the_weights_alone(written: Any) -> None:
    loaded = keras.saving.load_model(written.directory / "model.keras")
    assert {name: one.dtype for name, one in loaded.input.items()} == {"words": "int32", "facts": "float32"}
    assert {name: one.dtype for name, one in loaded.output.items()} == DTYPES
    compare(loaded(DATA, training=False), expected(written, DATA))
    other = netwright.build(SPEC, seed=2)
    assert not np.allclose(other(DATA)["size"], expected(written, DATA)["size"])
    other.load_weights(written.directory / "model.weights.h5")
    compare(other(DATA, training=False), expected(written, DATA))


@pytest.mark.parametrize("data", [DATA, ONE], ids=["three", "one"])
def test_the_saved_model_in_a_process_without_keras(written: Any, data: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "saved_model").symlink_to(written.directory / "saved_model")
    np.savez(tmp_path / "inputs.npz", **data)
    done = subprocess.run([sys.executable, "-c", SERVE, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    compare(dict(np.load(tmp_path / "served.npz")), expected(written, data))
    assert json.loads((tmp_path / "signature.json").read_text()) == [
        {"words": [[None, None], "int32"], "facts": [[None, 3], "float32"]},
        {
            "size": [[None, 2], "float32"],
            "kind": [[None, 2], "int32"],
            "all_words": [[None, None, 4], "float32"],
        },
    ]


def test_the_saved_model_as_a_layer_of_keras(written: Any) -> None:
    layer = keras.layers.TFSMLayer(written.directory / "saved_model", call_endpoint="serve")
    compare({name: value.numpy() for name, value in layer(DATA).items()}, expected(written, DATA))


def test_the_saved_model_can_be_trained_on(written: Any) -> None:
    loaded = tf.saved_model.load(str(written.directory / "saved_model"))
    assert len(loaded.model_variables) == len(written.model.variables)
    names = {variable.name.removesuffix(":0") for variable in loaded.model_variables}
    assert {"hidden/kernel", "norm/moving_mean"} <= names


@pytest.mark.parametrize("data", [DATA, ONE], ids=["three", "one"])
def test_lite_rt(written: Any, data: dict[str, Any]) -> None:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(written.directory / "model.tflite"))
    assert interpreter.get_signature_list() == {
        "serving_default": {"inputs": ["facts", "words"], "outputs": ["all_words", "kind", "size"]}
    }
    run = interpreter.get_signature_runner("serving_default")
    inputs, outputs = run.get_input_details(), run.get_output_details()
    assert {name: one["dtype"].__name__ for name, one in inputs.items()} == {"words": "int32", "facts": "float32"}
    assert {name: one["dtype"].__name__ for name, one in outputs.items()} == DTYPES
    assert {name: list(one["shape_signature"]) for name, one in inputs.items()} == {"words": [-1, -1], "facts": [-1, 3]}
    compare(run(**data), expected(written, data))


@pytest.mark.parametrize("data", [DATA, ONE], ids=["three", "one"])
def test_onnx_runtime(written: Any, data: dict[str, Any]) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(written.directory / "model.onnx")
    assert {one.name: (one.shape, one.type) for one in session.get_inputs()} == {
        "words": (["batch", "time"], "tensor(int32)"),
        "facts": (["batch", 3], "tensor(float)"),
    }
    assert {one.name: (one.shape, one.type) for one in session.get_outputs()} == {
        "size": (["batch", 2], "tensor(float)"),
        "kind": (["batch", 2], "tensor(int32)"),
        "all_words": (["batch", "time", 4], "tensor(float)"),
    }
    names = [one.name for one in session.get_outputs()]
    compare(dict(zip(names, session.run(names, data), strict=True)), expected(written, data))


# Text and numbers to numbers: what these layers know is in tables, not in variables.
TABLES: dict[str, Any] = {
    "netwright": 1,
    "name": "tables",
    "inputs": {
        "text": {"shape": [1], "dtype": "string"},
        "word": {"shape": [2], "dtype": "string"},
        "id": {"shape": [1], "dtype": "int64"},
    },
    "nodes": {
        "split": {"type": "TextVectorization", "vocabulary": ["hello", "world"], "output_sequence_length": 3},
        "look": {"type": "StringLookup", "vocabulary": ["a", "b"]},
        "number": {"type": "IntegerLookup", "vocabulary": [5, 6], "num_oov_indices": 2, "output_mode": "multi_hot"},
        "sort": {"type": "Hashing", "num_bins": 7},
    },
    "edges": [["text", "split"], ["word", "look"], ["id", "number"], ["word", "sort"]],
    "outputs": {"tokens": "split", "index": "look", "seen": "number", "bin": "sort"},
}
TEXTS = {
    "text": np.array([["Hello, world"], ["world unheard of"]], object),
    "word": np.array([["a", "c"], ["b", "a"]], object),
    "id": np.array([[6], [7]], "int64"),
}


def test_tables_are_in_the_saved_model(tmp_path: Path) -> None:
    written = netwright.compile(TABLES, tmp_path / "out", formats=["saved_model"])
    inputs = {name: tf.constant(value) for name, value in TEXTS.items()}
    served = tf.saved_model.load(str(tmp_path / "out/saved_model")).signatures["serving_default"](**inputs)
    for name, value in written.model(inputs).items():
        np.testing.assert_array_equal(served[name], value)
    np.testing.assert_array_equal(served["tokens"], [[2, 3, 0], [3, 1, 1]])
    np.testing.assert_array_equal(served["index"], [[1, 0], [2, 1]])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("onnx", "ONNX has no LookupTableFindV2, "),
        ("tflite", "LiteRT has no "),
    ],
)
def test_what_a_format_can_not_hold_is_told(name: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(netwright.CantConvert, match=f"can't be written as {name}: {why}") as caught:
        netwright.compile(TABLES, tmp_path / "out", formats=["keras", name])
    assert len(str(caught.value)) < 300
    assert list(tmp_path.iterdir()) == []


def test_lite_rt_takes_recurrent_layers_of_known_batches(tmp_path: Path) -> None:
    spec = {
        "netwright": 1,
        "name": "recurrent",
        "inputs": {"x": {"shape": [4, 2]}},
        "nodes": {"read": {"type": "LSTM", "units": 3}},
        "edges": [["x", "read"]],
        "outputs": {"y": "read"},
    }
    with pytest.raises(netwright.CantConvert, match="recurrent layers need a `batch_size` at the inputs"):
        netwright.compile(spec, tmp_path / "out", formats=["tflite"])
    written = netwright.compile(
        {**spec, "inputs": {"x": {"shape": [4, 2], "batch_size": 2}}}, tmp_path / "out", formats=["tflite"]
    )
    from ai_edge_litert.interpreter import Interpreter

    x = np.random.default_rng(0).random((2, 4, 2), "float32")
    run = Interpreter(str(tmp_path / "out/model.tflite")).get_signature_runner()
    compare(run(x=x), expected(written, {"x": x}))


def test_without_tf2onnx_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netwright.backends.keras.formats.onnx.find_spec", lambda name: None)
    with pytest.raises(netwright.CantConvert, match=r"pip install 'netwright\[onnx\]'"):
        netwright.compile(SPEC, tmp_path / "out", formats=["onnx"])


def test_the_command_writes_what_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "spec.json").write_text(json.dumps(SPEC))
    command = [sys.executable, "-m", "netwright", "compile", "spec.json", "-o", "out"]
    words = ["--format", "onnx,tflite", "--format", "weights"]
    done = subprocess.run([*command, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[1] for line in done.stdout.splitlines()] == [
        f"out/{name}" for name in ("model.onnx", "model.tflite", "model.weights.h5", "manifest.json")
    ]
    refused = subprocess.run([*command, "--format", "h5"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "there is no format `h5`: the formats are weights, keras, saved_model" in refused.stderr
