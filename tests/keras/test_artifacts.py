"""Artifacts that the real `compile` wrote: up to date or not, without false alarms, and without code in them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import keras
import pytest
import tensorflow as tf

import netwright
from netwright.artifacts import areas, keras_file, room
from netwright.artifacts.manifest import manifest_of
from netwright.backends.keras import artifact as artifacts
from netwright.backends.keras.formats import NAMES, write_format
from netwright.compiler import analyse
from netwright.operation import Case, Operation
from tests.core.artifacts import seal
from tests.core.test_cli import run
from tests.keras.test_every_layer import spec_of, whole_way_rows
from tests.literate import REPOSITORY
from tests.nightly import NIGHTLY

SPEC = REPOSITORY / "specs/regression_and_classification.json"
# A model with masks, a schedule, a metric of its own, strings: much of what Keras writes into a config.
RICH = REPOSITORY / "specs/multimodal_multitask.json"

TELL_IMPORTS = """
import sys
from netwright.cli import main
code = main(sys.argv[1:])
print([name for name in ("tensorflow", "keras", "numpy", "h5py") if name in sys.modules])
sys.exit(code)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An artifact of `RICH`."""
    directory = tmp_path_factory.mktemp("made") / "artifact"
    netwright.compile(RICH, directory)
    return directory


@pytest.fixture
def artifact(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to do with as one likes."""
    return shutil.copytree(made, tmp_path / "artifact")


@pytest.mark.parametrize("command", ["compile", "verify"])
def test_what_is_up_to_date_needs_no_tensorflow(artifact: Path, command: str) -> None:
    before = {path: path.stat().st_mtime_ns for path in artifact.rglob("*")}
    told = {
        "compile": ([RICH, "-o", artifact], "is up to date"),
        "verify": ([artifact, "--spec", RICH], "is whole (6 files), what its spec says, and up to date"),
    }
    words, said = told[command]
    process = [sys.executable, "-c", TELL_IMPORTS, command, *map(str, words)]
    done = subprocess.run(process, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{artifact} {said}\n[]\n", "")
    assert {path: path.stat().st_mtime_ns for path in artifact.rglob("*")} == before


def test_what_is_asked_for_anew_is_built(artifact: Path) -> None:
    assert netwright.compile(RICH, artifact).up_to_date
    for asked in ({"force": True}, {"seed": 1}, {"seed": 1, "formats": ["keras"]}):
        assert not netwright.compile(RICH, artifact, **asked).up_to_date, asked
        assert netwright.verify(artifact).ok
    assert netwright.compile(RICH, artifact, seed=1, formats=["keras"]).up_to_date
    assert not (artifact / "saved_model").exists()


def test_a_damaged_artifact_is_built_anew(artifact: Path) -> None:
    data = bytearray((artifact / "model.keras").read_bytes())
    data[len(data) // 2] ^= 1
    (artifact / "model.keras").write_bytes(data)
    assert not netwright.verify(artifact).ok
    written = netwright.compile(RICH, artifact)
    assert not written.up_to_date
    assert netwright.verify(artifact, RICH).ok


def test_the_model_of_an_artifact_that_was_up_to_date(tmp_path: Path) -> None:
    first, second = (netwright.compile(SPEC, tmp_path / "out", seed=3) for _ in range(2))
    assert (first.up_to_date, second.up_to_date) == (False, True)
    assert first.files == second.files
    for one, other in zip(first.model.get_weights(), second.model.get_weights(), strict=True):
        assert (one == other).all()


def test_a_whole_artifact_is_what_its_spec_says(made: Path) -> None:
    found = netwright.verify(made, RICH, load=True)
    assert found.ok, str(found)


def test_every_format_is_what_its_spec_says(tmp_path: Path) -> None:
    pytest.importorskip("tf2onnx", reason="needs the extra `onnx`")
    netwright.compile(SPEC, tmp_path / "out", formats=NAMES)
    found = netwright.verify(tmp_path / "out", SPEC)
    assert found.ok, str(found)
    assert found.manifest
    assert {"onnx", "tf2onnx"} <= found.manifest.versions.keys()


@pytest.mark.parametrize(("layer", "row"), [one for one in whole_way_rows() if NIGHTLY or str(one.id).endswith("-0")])
def test_no_config_that_keras_writes_is_suspected(layer: type[Operation], row: Case, tmp_path: Path) -> None:
    spec, _ = spec_of(layer, row)
    model = analyse(json.dumps(spec).encode()).model
    assert model
    netwright.build(spec).save(tmp_path / keras_file.NAME)
    manifest = manifest_of(model, seed=None, formats=["keras"], unstable={})
    assert list(keras_file.problems(tmp_path, manifest, model.shaped)) == []


def test_loading_finds_what_reading_can_not(artifact: Path) -> None:
    """Other variables under the right names, with the right digest."""
    manifest = netwright.verify(artifact).manifest
    assert manifest
    other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    other.save(artifact / "other.keras")
    with ZipFile(artifact / "model.keras") as mine, ZipFile(artifact / "other.keras") as its:
        members = {name: mine.read(name) for name in mine.namelist()}
        members["model.weights.h5"] = its.read("model.weights.h5")
    (artifact / "other.keras").unlink()
    with ZipFile(artifact / "model.keras", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    seal(artifact, manifest)
    assert netwright.verify(artifact).ok
    ((kind, file, message),) = netwright.verify(artifact, load=True).problems
    assert (kind, file) == ("wrong-model", "model.keras")
    assert "can't be loaded" in message
    code, out, err = run("verify", str(artifact), "--load")
    assert (code, err) == (1, "")
    assert "can't be loaded" in out


def test_a_signature_of_another_model(artifact: Path) -> None:
    manifest = netwright.verify(artifact).manifest
    assert manifest
    module = tf.Module()
    module.serve = tf.function(lambda x: {"y": x}, input_signature=[tf.TensorSpec([None, 2], name="x")])
    shutil.rmtree(artifact / "saved_model")
    tf.saved_model.save(module, str(artifact / "saved_model"), signatures={"serving_default": module.serve})
    shutil.rmtree(artifact / "saved_model/assets")
    seal(artifact, manifest)
    messages = [one.message for one in netwright.verify(artifact).problems]
    assert "`saved_model/saved_model.pb` has the input `x`, which its spec has not" in messages
    assert "`saved_model/saved_model.pb` lacks the output `price`" in messages


# What is in an artifact


def members(value: Any) -> list[dict[str, Any]]:
    """Every object in a JSON value that says what class it is of."""
    found, todo = [], [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict) and "class_name" in one:
            found.append(one)
        if isinstance(one, dict | list):
            todo += one.values() if isinstance(one, dict) else one
    return found


def test_nothing_in_it_runs_code_but_keras_and_tensorflow(made: Path) -> None:
    with ZipFile(made / "model.keras") as archive:
        assert set(archive.namelist()) == {"config.json", "metadata.json", "model.weights.h5"}
        config = json.loads(archive.read("config.json"))
        weights = archive.read("model.weights.h5")
    classes = members(config)
    assert {str(one.get("module")).partition(".")[0] for one in classes} <= {"keras", "None"}
    assert {one["class_name"] for one in classes if one.get("module") is None} <= {"__keras_tensor__"}
    assert not {one["class_name"] for one in classes} & {"Lambda", "function", "__lambda__", "TFSMLayer"}
    assert weights.startswith(b"\x89HDF")
    assert not [path for path in made.rglob("*") if path.suffix in (".pkl", ".pickle", ".py", ".pyc", ".npy")]
    keras.models.load_model(made / "model.keras", safe_mode=True)


def test_the_graph_calls_no_python_and_opens_no_file_but_its_own(made: Path) -> None:
    from tensorflow.core.protobuf import saved_model_pb2

    saved = saved_model_pb2.SavedModel.FromString((made / "saved_model/saved_model.pb").read_bytes())
    assert len(saved.meta_graphs) == 1
    graph = saved.meta_graphs[0].graph_def
    ops = {node.op for node in graph.node} | {node.op for one in graph.library.function for node in one.node_def}
    assert "MatMul" in ops
    assert not [op for op in ops if "Py" in op or "Socket" in op or "Dataset" in op or op in ("ReadFile", "WriteFile")]
    assert not saved.meta_graphs[0].asset_file_def


# Where it is written


def test_an_output_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    with pytest.raises(netwright.TargetInUse, match="is a symbolic link"):
        netwright.compile(SPEC, tmp_path / "out")
    (tmp_path / "out").unlink()
    (tmp_path / "out").symlink_to("nowhere")
    code, _, err = run("compile", str(SPEC), "-o", str(tmp_path / "out"))
    assert code == 3
    assert "is a symbolic link" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "real"]


def test_a_link_inside_is_refused(artifact: Path) -> None:
    shutil.move(artifact / "saved_model", artifact.parent / "elsewhere")
    (artifact / "saved_model").symlink_to(artifact.parent / "elsewhere")
    before = sorted((artifact.parent / "elsewhere").rglob("*"))
    for force in (False, True):
        with pytest.raises(netwright.TargetInUse, match="`saved_model`, which is a symbolic link"):
            netwright.compile(RICH, artifact, force=force)
    assert sorted((artifact.parent / "elsewhere").rglob("*")) == before


def test_a_link_on_the_way_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "way").symlink_to("real")
    written = netwright.compile(SPEC, tmp_path / "way/out")
    assert written.directory == tmp_path / "real/out"
    assert netwright.verify(tmp_path / "real/out").ok


def test_a_link_that_takes_the_place_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim, target = tmp_path / "victim", tmp_path / "out"
    victim.mkdir()

    def raced(*given: Any) -> None:
        write_format(*given)
        target.unlink(missing_ok=True)
        target.symlink_to(victim)

    monkeypatch.setattr(artifacts, "write_format", raced)
    with pytest.raises(netwright.TargetInUse, match="symbolic link"):
        netwright.compile(SPEC, target)
    assert target.readlink() == victim
    assert list(victim.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "victim"]


@pytest.mark.parametrize("place", [".", "..", "../.."])
def test_the_working_directory_and_what_is_around_it_are_refused(
    artifact: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(artifact / "saved_model" / ("variables" if place == "../.." else "."))
    with pytest.raises(netwright.TargetInUse, match="working directory"):
        netwright.compile(RICH, artifact if place == "." else place, force=True)


def test_a_place_that_can_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, _, err = run("compile", str(SPEC), "-o", str(tmp_path / "file/out"))
    assert code == 3
    assert err == f"netwright: error: {tmp_path / 'file'}: Not a directory\n"


# What goes wrong on the way


def test_a_full_disk_is_not_told_as_a_lack_of_memory(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="No space left on device") as caught,
        room.told_as_disk_errors(tmp_path),
    ):
        raise tf.errors.ResourceExhaustedError(None, None, "/x/part-0; No space left on device [Op:SaveV2]")
    assert caught.value.filename == str(tmp_path)


def test_other_errors_are_left_alone(tmp_path: Path) -> None:
    with pytest.raises(tf.errors.ResourceExhaustedError), room.told_as_disk_errors(tmp_path):
        raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")


def test_ctrl_c_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the files are written; the command ends as shells expect it."""
    netwright.compile(SPEC, tmp_path / "out")
    before = (tmp_path / "out/manifest.json").read_bytes()

    def interrupted(*given: Any) -> None:
        write_format(*given)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(artifacts, "write_format", interrupted)
    code, _, err = run("compile", str(SPEC), "-o", str(tmp_path / "out"), "--seed", "1")
    assert (code, err) == (130, "netwright: error: interrupted\n")
    assert (tmp_path / "out/manifest.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(areas.PREFIX)]
