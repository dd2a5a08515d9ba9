"""The same spec, params, seed and versions: the same bytes, wherever and whenever."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import keras
import numpy as np
import pytest

import netwright
from netwright.backends.keras.formats import FORMATS
from tests.nightly import NIGHTLY

SPECS = Path(__file__).parent.parent.parent / "specs"

# What the savers of Keras and TensorFlow have trouble with: tables, layers inside layers, seed generators, an
# orthogonal matrix, an optimizer.
HARD: dict[str, Any] = {
    "netwright": 1,
    "name": "hard",
    "inputs": {"text": {"shape": [1], "dtype": "string"}, "id": {"shape": [1], "dtype": "int64"}},
    "nodes": {
        "split": {"type": "TextVectorization", "vocabulary": ["hello", "world"], "output_sequence_length": 4},
        "embed": {"type": "Embedding", "input_dim": 10, "output_dim": 3},
        "read": {"type": "Bidirectional", "layer": {"type": "LSTM", "units": 4, "recurrent_dropout": 0.1}},
        "number": {"type": "IntegerLookup", "vocabulary": [5, 6], "num_oov_indices": 2, "output_mode": "multi_hot"},
        "join": {"type": "Concatenate"},
        "drop": {"type": "Dropout", "rate": 0.5},
        "head": {"type": "Dense", "units": 2, "kernel_initializer": "orthogonal"},
        "twice": {"op": "multiply", "x2": 2.0},
    },
    "edges": [["text", "split", "embed", "read", "join"], ["id", "number", "join"], ["join", "drop", "head", "twice"]],
    "outputs": {"y": "twice"},
    "compile": {"optimizer": "adam", "loss": {"y": "mse"}, "metrics": {"y": ["mae"]}},
}

# Two processes that have nothing in common but the work.
HERE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}
THERE = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Asia/Tokyo",
    "LC_ALL": "C.UTF-8",
    "TF_NUM_INTRAOP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "HOME": "/nonexistent",
}
COMPILE = """
import sys, netwright
for number, spec in enumerate(sys.argv[2:]):
    netwright.compile(spec, f"{sys.argv[1]}/{number}", formats=FORMATS)
"""


def compiled(folder: Path, specs: list[str], formats: tuple[str, ...], **environment: str) -> dict[str, str]:
    """The digest of each file that a new process makes of the specs."""
    script = COMPILE.replace("FORMATS", repr(formats))
    command = [sys.executable, "-c", script, str(folder), *specs]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return digests(folder)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def hard(tmp_path: Path) -> str:
    path = tmp_path / "hard.json"
    path.write_text(json.dumps(HARD))
    return str(path)


@pytest.mark.parametrize("formats", [("keras", "saved_model", "weights"), ("tflite",)])
def test_two_processes_write_the_same(tmp_path: Path, hard: str, formats: tuple[str, ...]) -> None:
    specs = [str(SPECS / f"{name}.json") for name in ("regression_and_classification", "siamese")]
    if "tflite" not in formats:
        specs.append(hard)
    here = compiled(tmp_path / "here", specs, formats, **HERE)
    there = compiled(tmp_path / "somewhere" / "else", specs, formats, **THERE)
    assert len(here) >= 2 * len(specs)
    assert here == there


def test_what_varies_is_told() -> None:
    assert {name for name, one in FORMATS.items() if one.varies} == {"saved_model", "onnx"}


@pytest.mark.skipif(not NIGHTLY, reason="twenty builds of each spec take an hour")
@pytest.mark.parametrize("spec", sorted(SPECS.glob("*.json")), ids=lambda path: path.stem)
def test_twenty_builds_are_one(spec: Path, tmp_path: Path) -> None:
    found = set()
    for number in range(20):
        environment = {
            "PYTHONHASHSEED": str(number * 7),
            "TZ": ("UTC", "Asia/Tokyo", "America/New_York")[number % 3],
            "LC_ALL": ("C", "C.UTF-8", "POSIX")[number % 3],
            "TF_NUM_INTRAOP_THREADS": str(1 + number % 4),
            "OMP_NUM_THREADS": str(1 + number % 2),
        }
        folder = tmp_path / ("x" * (number + 1))
        found.add(json.dumps(compiled(folder, [str(spec)], ("keras", "saved_model", "weights"), **environment)))
        shutil.rmtree(folder)
    assert len(found) == 1


def test_what_was_built_before_in_the_process_makes_no_difference(tmp_path: Path) -> None:
    for name in ("one", "two"):
        netwright.compile(HARD, tmp_path / name, formats=("keras", "weights"))
        keras.layers.Bidirectional(keras.layers.LSTM(2))(keras.Input((2, 2)))
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def metadata(path: Path) -> Any:
    with ZipFile(path) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return json.loads(archive.read("metadata.json"))


def test_the_date_is_none_or_the_one_that_builds_agree_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = SPECS / "regression_and_classification.json"
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    netwright.compile(spec, tmp_path / "none", formats=["keras"])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    netwright.compile(spec, tmp_path / "agreed", formats=["keras"])
    assert metadata(tmp_path / "none/model.keras") == {
        "keras_version": keras.__version__,
        "date_saved": "1980-01-01@00:00:00",
    }
    assert metadata(tmp_path / "agreed/model.keras")["date_saved"] == "2023-11-14@22:13:20"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(netwright.CantConvert, match="SOURCE_DATE_EPOCH is `soon`"):
        netwright.compile(spec, tmp_path / "never", formats=["keras"])


def test_the_file_is_what_keras_itself_would_have_saved(tmp_path: Path) -> None:
    """All that Keras writes is there, and nothing else: only addresses and dates are missing."""
    model = netwright.compile(HARD, tmp_path / "out", formats=["keras"]).model
    model.save(tmp_path / "theirs.keras")
    with ZipFile(tmp_path / "out/model.keras") as ours, ZipFile(tmp_path / "theirs.keras") as theirs:
        assert ours.namelist() == theirs.namelist()
        assert without_ids(json.loads(theirs.read("config.json"))) == json.loads(ours.read("config.json"))


def without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_ids(item) for key, item in value.items() if key != "shared_object_id"}
    return [without_ids(item) for item in value] if isinstance(value, list) else value


def test_training_goes_on_with_the_optimizer_that_was_saved(tmp_path: Path) -> None:
    """Keras warns where it does not, and a warning fails a test."""
    netwright.compile(HARD, tmp_path / "out", formats=["keras"])
    loaded = keras.models.load_model(tmp_path / "out/model.keras")
    assert loaded.optimizer.built
    assert len(loaded.optimizer.variables) == 2 + 2 * len(loaded.trainable_variables)
    shared = keras.models.load_model(netwright_siamese(tmp_path))
    left, right = np.ones((2, 1, 64, 64, 3), "float32")
    assert float(np.abs(shared({"left": left, "right": right})["distance"]).max()) == 0.0


def netwright_siamese(tmp_path: Path) -> Path:
    netwright.compile(SPECS / "siamese.json", tmp_path / "siamese", formats=["keras"])
    return tmp_path / "siamese/model.keras"


def test_formats_are_chosen_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no format `h5`: the formats are weights, keras, saved_model"):
        netwright.compile(HARD, tmp_path / "out", formats=["h5"])
    written = netwright.compile(HARD, tmp_path / "out", formats=["weights", "weights"])
    assert set(written.files) == {"model.weights.h5", "manifest.json"}


def test_other_formats_make_no_difference(tmp_path: Path) -> None:
    netwright.compile(HARD, tmp_path / "one", formats=["keras"])
    netwright.compile(HARD, tmp_path / "two", formats=["weights"])
    netwright.compile(HARD, tmp_path / "all", formats=["saved_model", "keras", "weights"])
    apart = digests(tmp_path / "one") | digests(tmp_path / "two")
    assert digests(tmp_path / "all").items() >= {name: apart[name] for name in apart if name != "manifest.json"}.items()
