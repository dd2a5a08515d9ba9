"""The small networks in specs/: compiled by the command, then used by processes that know nothing of netwright.

One process loads `model.keras` and trains it; one that never imports Keras loads the SavedModel. Both compute outputs
for the same inputs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

SPECS = Path(__file__).parent.parent.parent / "specs"
# Those that train on anything in seconds; the architectures have tests of their own.
NAMES = ("regression_and_classification", "shared_trunk", "vector_and_image")

TRAIN = """
import json, sys
import keras, numpy as np
folder, spec = sys.argv[1], json.load(open(sys.argv[2]))
model = keras.models.load_model(f"{folder}/model.keras")
random = np.random.default_rng(0)
inputs = {name: random.random((1000, *one["shape"]), "float32") for name, one in spec["inputs"].items()}
few = {name: value[:7] for name, value in inputs.items()}
np.savez(f"{folder}/inputs.npz", **few)
np.savez(f"{folder}/expected.npz", **{name: value.numpy() for name, value in model(few, training=False).items()})

def target(name, one):
    loss, shape = spec["compile"]["loss"][name], one["target"]["shape"]
    if loss == "categorical_crossentropy":
        return np.eye(shape[-1], dtype="float32")[random.integers(0, shape[-1], 1000)]
    return random.random((1000, *shape), "float32")

targets = {name: target(name, one) for name, one in spec["outputs"].items()}
history = model.fit(inputs, targets, epochs=2, verbose=0).history
json.dump(history, open(f"{folder}/history.json", "w"))
"""

SERVE = """
import json, sys
sys.modules["keras"] = None  # TensorFlow imports Keras by itself where it can; here nothing can
import numpy as np, tensorflow as tf
folder = sys.argv[1]
model = tf.saved_model.load(f"{folder}/saved_model")
serve = model.signatures["serving_default"]
names = {"inputs": sorted(serve.structured_input_signature[1]), "outputs": sorted(serve.structured_outputs)}
inputs = {name: tf.constant(value) for name, value in np.load(f"{folder}/inputs.npz").items()}
np.savez(f"{folder}/served.npz", **{name: value.numpy() for name, value in serve(**inputs).items()})
one = {name: value[:1] for name, value in inputs.items()}
assert all(value.shape[0] == 1 for value in serve(**one).values())
assert not [name for name in sys.modules if name.startswith("keras.")]
json.dump(names, open(f"{folder}/names.json", "w"))
"""


@dataclass(frozen=True)
class Used:
    """What became of a spec."""

    spec: dict[str, Any]
    folder: Path
    printed: str

    def json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text())


def process(*words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done


@pytest.fixture(scope="module", params=NAMES)
def used(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Used:
    path = SPECS / f"{request.param}.json"
    folder = tmp_path_factory.mktemp(request.param) / "artifact"
    compiled = process("-m", "netwright", "compile", str(path), "-o", str(folder))
    assert compiled.stderr == "", "quiet in a pipe"
    process("-c", TRAIN, str(folder), str(path))
    process("-c", SERVE, str(folder))
    return Used(json.loads(path.read_text()), folder, compiled.stdout)


def test_it_says_what_it_wrote(used: Used) -> None:
    lines = used.printed.splitlines()
    assert [line.split()[1] for line in lines] == [
        f"{used.folder}/{name}" for name in ("model.keras", "saved_model/", "manifest.json")
    ]


def test_it_trains_and_history_bears_the_outputs_names(used: Used) -> None:
    history = used.json("history.json")
    metrics = used.spec["compile"]["metrics"]
    assert set(history) == {
        "loss",
        *(f"{name}_loss" for name in used.spec["outputs"]),
        *(f"{name}_{metric}" for name, given in metrics.items() for metric in given),
    }
    assert all(len(values) == 2 and np.isfinite(values).all() for values in history.values())


def test_the_signature_bears_the_specs_names(used: Used) -> None:
    assert used.json("names.json") == {"inputs": sorted(used.spec["inputs"]), "outputs": sorted(used.spec["outputs"])}


def test_the_saved_model_computes_what_the_keras_file_does(used: Used) -> None:
    expected, served = (np.load(used.folder / f"{name}.npz") for name in ("expected", "served"))
    assert set(expected.files) == set(served.files) == set(used.spec["outputs"])
    for name in expected.files:
        np.testing.assert_allclose(served[name], expected[name], rtol=1e-5, atol=1e-6)


def test_the_manifest_describes_the_files(used: Used) -> None:
    manifest = used.json("manifest.json")
    assert manifest["spec"] == {key: value for key, value in used.spec.items() if key != "$schema"}
    assert set(manifest["outputs"]) == set(used.spec["outputs"])
    for name, one in manifest["files"].items():
        assert (used.folder / name).stat().st_size == one["size"]
    assert {"model.keras", "saved_model/saved_model.pb"} <= set(manifest["files"])
