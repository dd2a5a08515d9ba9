"""`verify`: every kind of damage has its words, and nothing that an artifact holds does anything but be told."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import netwright
from netwright.artifacts.manifest import MOST_BYTES, BadManifest, Manifest, canonical, digest, read_manifest
from netwright.compiler import analyse, analyse_expanded
from tests.core.artifacts import (
    SPEC,
    checked,
    config,
    field,
    saved_model,
    seal,
    tensor,
    write_artifact,
    write_keras_file,
)
from tests.core.test_cli import run, write
from tests.literate import REPOSITORY

KERAS, GRAPH, INDEX = "model.keras", "saved_model/saved_model.pb", "saved_model/variables/variables.index"


@pytest.fixture
def artifact(tmp_path: Path) -> Path:
    directory = tmp_path / "artifact"
    write_artifact(directory)
    return directory


def told(directory: Path) -> list[tuple[str, str]]:
    """Kind and message of each problem."""
    return [(one.kind, one.message) for one in netwright.verify(directory).problems]


def test_a_whole_artifact(artifact: Path) -> None:
    found = netwright.verify(artifact)
    assert found
    assert found.ok
    assert str(found) == ""
    assert found.manifest
    assert found.manifest.parameters.trainable == 8 * 4 + 4 + 4 + 1
    assert run("verify", str(artifact)) == (0, f"{artifact} is whole (4 files), and what its spec says\n", "")


def truncate(directory: Path) -> None:
    os.truncate(directory / INDEX, 10)


def flip(directory: Path) -> None:
    data = bytearray((directory / INDEX).read_bytes())
    data[500] ^= 1
    (directory / INDEX).write_bytes(data)


def replace_by_link(directory: Path) -> None:
    shutil.move(directory / INDEX, directory.parent / "elsewhere")
    (directory / INDEX).symlink_to(directory.parent / "elsewhere")


def link_the_directory(directory: Path) -> None:
    shutil.move(directory / "saved_model", directory.parent / "elsewhere")
    (directory / "saved_model").symlink_to(directory.parent / "elsewhere")


def pipe(directory: Path) -> None:
    (directory / INDEX).unlink()
    os.mkfifo(directory / INDEX)


def replace_by_directory(directory: Path) -> None:
    (directory / INDEX).unlink()
    (directory / INDEX).mkdir()


def fill(directory: Path) -> None:
    for i in range(1000):
        (directory / f"f{i}").touch()


DAMAGE: dict[Callable[[Path], object], list[tuple[str, str]]] = {
    lambda it: (it / INDEX).unlink(): [("missing-file", f"`{INDEX}` is missing")],
    truncate: [("changed-file", f"`{INDEX}` is cut short: it has 10 bytes, and had 1,000")],
    flip: [("changed-file", f"`{INDEX}` was changed: its SHA-256 is not the one in the manifest")],
    lambda it: (it / INDEX).write_bytes(b"1" * 2000): [
        ("changed-file", f"`{INDEX}` was changed: it has 2,000 bytes, and had 1,000")
    ],
    lambda it: (it / "notes.txt").write_text(""): [("foreign-file", "`notes.txt` is no part of the artifact")],
    lambda it: (it / "saved_model/assets").mkdir(): [
        ("foreign-file", "`saved_model/assets` is no part of the artifact")
    ],
    lambda it: (it / "link").symlink_to("/etc"): [
        ("foreign-file", "`link` is no part of the artifact, and a symbolic link")
    ],
    replace_by_link: [("not-a-file", f"`{INDEX}` is a symbolic link, not the file that was written")],
    link_the_directory: [
        ("not-a-file", f"`{GRAPH}` is out of reach: `saved_model` is a symbolic link"),
        ("not-a-file", f"`{INDEX}` is out of reach: `saved_model` is a symbolic link"),
        ("foreign-file", "`saved_model` is no part of the artifact, and a symbolic link"),
    ],
    pipe: [("not-a-file", f"`{INDEX}` is no regular file, not the file that was written")],
    replace_by_directory: [("missing-file", f"`{INDEX}` is missing")],
    lambda it: (it / "manifest.json").unlink(): [("no-manifest", "there is no `manifest.json`: this is no artifact")],
    fill: [
        *(("foreign-file", f"`f{name}` is no part of the artifact") for name in sorted(map(str, range(1000)))[:10]),
        ("foreign-file", "990 other files are no part of the artifact either"),
    ],
}


@pytest.mark.parametrize(("damage", "expected"), DAMAGE.items(), ids=range(len(DAMAGE)))
def test_damage(artifact: Path, damage: Callable[[Path], object], expected: list[tuple[str, str]]) -> None:
    damage(artifact)
    assert told(artifact) == expected
    code, out, err = run("verify", str(artifact))
    assert (code, err) == (1, "")
    assert all(message in out for _, message in expected)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read(artifact: Path) -> None:
    (artifact / INDEX).chmod(0)
    assert told(artifact) == [("unreadable-file", f"{artifact / INDEX}: Permission denied")]


MANIFESTS: dict[bytes, str] = {
    b"": "is no JSON that netwright writes: line 1, column 1",
    b"{": "is no JSON that netwright writes: line 1, column 2",
    b"\xff\xfe": "is not UTF-8",
    b"[]": "is no manifest of netwright's: it has no key `manifest`",
    b'{"manifest_version": 3}': "is no manifest of netwright's: it has no key `manifest`",
    b'{"manifest": 2}': "has version `2` of the format; this netwright reads 1",
    b'{"manifest": "\\u001b[31m"}': "has version `\\u001b[31m` of the format; this netwright reads 1",
    b'{"manifest": 1}': "is no manifest: `name`: field required (and 12 more faults)",
    b'{"manifest": 1, "manifest": 1}': "is no JSON that netwright writes",
    b'{"a": NaN}': "is no JSON that netwright writes",
    b"[" * 100_000: "is no JSON that netwright writes",
    b"[" * 90 + b"]" * 90: "is no JSON that netwright writes",
    b'{"a": "\\ud800"}': "is no JSON that netwright writes",
    b" " * (MOST_BYTES + 1): "is larger than 67,108,864 bytes",
}


@pytest.mark.parametrize(("data", "why"), MANIFESTS.items(), ids=range(len(MANIFESTS)))
def test_a_manifest_that_is_none(artifact: Path, data: bytes, why: str) -> None:
    (artifact / "manifest.json").write_bytes(data)
    assert told(artifact) == [("bad-manifest", f"`manifest.json` {why}")]


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "/etc/passwd",
        "a/../../b",
        "./a",
        "a//b",
        "a/",
        "",
        ".hidden",
        "a\\b",
        "a\x1b[31m",
        "a\nb",
        "a" * 2000,
    ],
)
def test_no_path_leads_out_of_the_artifact(artifact: Path, name: str) -> None:
    (artifact.parent / "secret").write_text("secret")
    value = json.loads((artifact / "manifest.json").read_text())
    value["files"][name] = value["files"][KERAS]
    (artifact / "manifest.json").write_text(json.dumps(value))
    ((kind, message),) = told(artifact)
    assert kind == "bad-manifest"
    assert message.isprintable()
    assert len(message) < 300


def changed(artifact: Path, change: Callable[[dict[str, Any]], object]) -> list[tuple[str, str]]:
    """What is told if somebody changes the manifest and keeps its form."""
    value = json.loads((artifact / "manifest.json").read_text())
    change(value)
    (artifact / "manifest.json").write_text(json.dumps(value))
    return told(artifact)


def test_a_manifest_that_does_not_follow_from_its_spec(artifact: Path) -> None:
    def lie(value: dict[str, Any]) -> None:
        value["outputs"]["score"]["shape"] = [None, 2]
        value["parameters"]["trainable"] += 1
        value["name"] = "other"

    messages = [message for kind, message in changed(artifact, lie) if kind == "wrong-manifest"]
    assert [message.split(" is ")[0] for message in messages] == ["`outputs`", "`parameters`", "`name`"]


def test_a_spec_that_was_changed(artifact: Path) -> None:
    def change(value: dict[str, Any]) -> None:
        value["spec"]["nodes"]["trunk"]["units"] = 5

    words = "`spec` was changed: it does not have the digest in `spec_sha256`"
    assert changed(artifact, change) == [("wrong-manifest", words)]


def test_a_spec_that_does_not_compile(artifact: Path) -> None:
    def change(value: dict[str, Any]) -> None:
        value["spec"]["nodes"]["trunk"]["type"] = "Lambda"
        value["spec_sha256"] = digest(canonical(value["spec"]))

    ((kind, message),) = changed(artifact, change)
    assert kind == "wrong-manifest"
    assert message.startswith("`spec` is not one that compiles: ")


def keras_with(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], object]:
    """Write `model.keras` with something else in its config."""

    def write_it(path: Path) -> None:
        value = config()
        change(value)
        write_keras_file(path, value)

    return write_it


def layers(value: dict[str, Any]) -> Any:
    return value["config"]["layers"]


LAMBDA = {"module": "keras.layers", "class_name": "Lambda", "name": "evil", "config": {"name": "evil"}}
WRONG_KERAS: dict[Callable[[Path], object], list[str]] = {
    keras_with(lambda it: layers(it).append(LAMBDA)): [
        'would run code of the file\'s choice: `"keras.layers"`, `"Lambda"`',
        "has the layer `evil`, which its spec has not",
    ],
    keras_with(lambda it: layers(it)[1].update(class_name="system", module="os")): [
        'would run code of the file\'s choice: `"os"`, `"system"`',
        'has another layer `trunk` than its spec: `"system"` instead of `"Dense"`',
    ],
    keras_with(lambda it: layers(it)[1]["config"].update(activation={"class_name": "function", "config": "x"})): [
        'would run code of the file\'s choice: `null`, `"function"`'
    ],
    keras_with(lambda it: layers(it)[1]["config"].update(activation={"class_name": "Dense"})): [
        'has `"Dense"` without saying of what module'
    ],
    keras_with(lambda it: it.update(class_name="Sequential")): ["holds no functional model"],
    keras_with(lambda it: it["config"].clear()): [
        *(f"lacks the layer `{name}`" for name in ("x", "trunk", "head")),
        "lacks the input `x`",
        "lacks the output `score`",
    ],
    keras_with(lambda it: layers(it)[0]["config"].update(batch_shape=[None, 9])): [
        'has another input `x` than its spec: `[[null, 9], "float32"]` instead of `[[null, 8], "float32"]`'
    ],
    keras_with(lambda it: it["config"]["output_layers"].update(score=["trunk", 0, 0])): [
        'has another output `score` than its spec: `"trunk"` instead of `"head"`'
    ],
    lambda path: write_keras_file(path, config(), **{"evil.pkl": "x"}): [
        "can't be read: it holds `evil.pkl`, which Keras does not write"
    ],
    lambda path: path.write_bytes(b"no archive"): ["can't be read: File is not a zip file"],
    lambda path: write_keras_file(path, []): ["holds no functional model"],
}


@pytest.mark.parametrize(("spoil", "expected"), WRONG_KERAS.items(), ids=range(len(WRONG_KERAS)))
def test_a_keras_file_that_is_not_its_spec(
    artifact: Path, spoil: Callable[[Path], object], expected: list[str]
) -> None:
    """Also if whoever made it has given it the right digest."""
    spoil(artifact / KERAS)
    seal(artifact, read_manifest((artifact / "manifest.json").read_bytes()))
    assert told(artifact) == [("wrong-model", f"`{KERAS}` {one}") for one in expected]


X, SCORE = tensor("x", [-1, 8]), tensor("score", [-1, 1])
WRONG_GRAPH: dict[bytes, list[str]] = {
    saved_model([X], [SCORE], "other"): ["has no signature `serving_default`"],
    saved_model([X], [tensor("output_0", [-1, 1])]): [
        "has the output `output_0`, which its spec has not",
        "lacks the output `score`",
    ],
    saved_model([tensor("x", [-1, 9])], [SCORE]): ["has the input `x` as (batch, 9), and by its spec it is (batch, 8)"],
    saved_model([tensor("x", [-1, 8], 3)], [SCORE]): ["has the input `x` as int32, and by its spec it is float32"],
    saved_model([X], [tensor("score", [-1])]): ["has the output `score` as (batch), and by its spec it is (batch, 1)"],
    saved_model([tensor("x", [-1, -1])], [SCORE]): [],
    b"\xff" * 100: ["can't be read: it is no protocol buffer"],
    field(2, b"\x0a\xff"): ["can't be read: it is no protocol buffer"],
    b"": ["has no signature `serving_default`"],
}


@pytest.mark.parametrize(("data", "expected"), WRONG_GRAPH.items(), ids=range(len(WRONG_GRAPH)))
def test_a_saved_model_that_is_not_its_spec(artifact: Path, data: bytes, expected: list[str]) -> None:
    (artifact / GRAPH).write_bytes(data)
    seal(artifact, read_manifest((artifact / "manifest.json").read_bytes()))
    assert told(artifact) == [("wrong-model", f"`{GRAPH}` {one}") for one in expected]


def onnx(inputs: list[tuple[str, int, list[Any]]], outputs: list[tuple[str, int, list[Any]]]) -> bytes:
    """A model in ONNX that has inputs and outputs, and nothing between."""

    def value(name: str, dtype: int, sizes: list[Any]) -> bytes:
        dims = b"".join(field(1, field(1, one) if isinstance(one, int) else field(2, one.encode())) for one in sizes)
        return field(1, name.encode()) + field(2, field(1, field(1, dtype) + field(2, dims)))

    graph = b"".join(field(11, value(*one)) for one in inputs) + b"".join(field(12, value(*one)) for one in outputs)
    return field(1, 8) + field(7, graph)


GOOD_SCORE: tuple[str, int, list[Any]] = ("score", 1, ["batch", 1])
ONNX: dict[bytes, list[str]] = {
    onnx([("x", 1, ["batch", 8])], [GOOD_SCORE]): [],
    onnx([("x", 1, ["batch", 8])], [("y", 1, [7, 1])]): [
        "lacks the output `score`",
        "has the output `y`, which its spec has not",
    ],
    onnx([("x", 7, ["batch", 9])], [GOOD_SCORE]): [
        "has the input `x` as int64, and by its spec it is float32",
        "has the input `x` as (batch, 9), and by its spec it is (batch, 8)",
    ],
    b"\xff": ["can't be read: it is no protocol buffer"],
}


@pytest.mark.parametrize(("data", "expected"), ONNX.items(), ids=range(len(ONNX)))
def test_an_onnx_model_that_is_not_its_spec(artifact: Path, data: bytes, expected: list[str]) -> None:
    (artifact / "model.onnx").write_bytes(data)
    seal(artifact, read_manifest((artifact / "manifest.json").read_bytes()))
    assert told(artifact) == [("wrong-model", f"`model.onnx` {one}") for one in expected]


def test_up_to_date_is_told_by_content(artifact: Path, tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(SPEC))
    assert netwright.verify(artifact, spec).ok
    code, out, _ = run("verify", str(artifact), "--spec", str(spec))
    assert (code, out) == (0, f"{artifact} is whole (4 files), what its spec says, and up to date\n")
    spec.write_text(json.dumps(SPEC, indent=2))
    assert [one.message for one in netwright.verify(artifact, spec).problems] == [
        "the spec was changed, though it means the same"
    ]
    spec.write_text(json.dumps(SPEC))
    found = netwright.verify(artifact, spec, params={"units": 5}, seed=7)
    assert [one.message for one in found.problems] == [
        "the param `units` is `5`, and was `4`",
        "the seed is 7, and was 0",
    ]
    code, out, _ = run("verify", str(artifact), "--spec", str(spec), "--set", "units=5", "--seed", "7")
    assert code == 1
    assert out == "".join(f"{artifact}: error[out-of-date]: {one.message}\n" for one in found.problems)


def test_versions_are_compared(artifact: Path, tmp_path: Path) -> None:
    def older(value: dict[str, Any]) -> None:
        value["versions"] |= {"netwright": "0.0.1", "cobol": "85"}

    assert changed(artifact, older) == []
    spec = write(tmp_path, "spec.json", SPEC)
    (artifact.parent / "spec.json").write_text(json.dumps(SPEC))
    (problem,) = netwright.verify(artifact, spec).problems
    assert problem.message == f"netwright is {netwright.__version__}, and was `0.0.1`"


def test_imports_are_sources(tmp_path: Path) -> None:
    library = {
        "netwright": 1,
        "blocks": {
            "part": {
                "inputs": ["x"],
                "nodes": {"dense": {"type": "Dense", "units": 4}},
                "edges": [["x", "dense"]],
                "outputs": {"x": "dense"},
            }
        },
    }
    spec = {
        "netwright": 1,
        "name": "built",
        "imports": {"lib": "lib/blocks.json"},
        "inputs": {"x": {"shape": [8]}},
        "nodes": {"part": {"block": "lib.part", "repeat": 2}},
        "edges": [["x", "part"]],
        "outputs": {"y": "part"},
    }
    write(tmp_path, "lib/blocks.json", library)
    path = Path(write(tmp_path, "spec.json", spec))
    model = analyse(path.read_bytes(), settings={}, path=str(path)).model
    assert model
    manifest = write_artifact(tmp_path / "artifact", model)
    assert list(manifest.sources.imports) == ["lib/blocks.json"]
    assert list(manifest.spec["nodes"]) == ["part.0.dense", "part.1.dense"]
    assert not {"imports", "blocks", "params"} & manifest.spec.keys()
    library["blocks"]["part"]["nodes"]["dense"]["units"] = 5  # type: ignore[index]  # it is what was written above
    write(tmp_path, "lib/blocks.json", library)
    found = netwright.verify(tmp_path / "artifact", path).problems
    assert [one.message for one in found if one.kind == "out-of-date"] == ["`lib/blocks.json` was changed"]


def test_exit_codes_and_json(artifact: Path, tmp_path: Path) -> None:
    assert run("verify", str(tmp_path / "nowhere"))[0] == 3
    assert run("verify")[0] == 2
    assert run("verify", str(artifact), "--spec", str(tmp_path / "nowhere.json"))[0] == 3
    bad = write(tmp_path, "bad.json", {**SPEC, "outputs": {"score": "hed"}})
    code, out, err = run("verify", str(artifact), "--spec", bad)
    assert (code, out) == (1, "")
    assert "there is no node or input `hed`" in err
    code, out, _ = run("verify", str(artifact), "--format", "json")
    assert code == 0
    assert json.loads(out) == {
        "format": 1, "directory": str(artifact), "name": "scorer", "ok": True, "problems": []
    }  # fmt: skip
    (artifact / INDEX).unlink()
    code, out, _ = run("verify", str(artifact), "--format", "json")
    problem = {"kind": "missing-file", "file": INDEX, "message": f"`{INDEX}` is missing"}
    assert (code, json.loads(out)["problems"]) == (1, [problem])


def test_a_link_to_an_artifact_may_be_verified(artifact: Path) -> None:
    """`current -> artifact` is how people deploy; it is what they named."""
    (artifact.parent / "current").symlink_to(artifact)
    assert netwright.verify(artifact.parent / "current").ok


def test_an_artifact_that_is_replaced_meanwhile(artifact: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from netwright.artifacts import verify, whole

    looked: list[whole.Found] = []
    other = artifact.parent / "other"
    manifest = write_artifact(other)
    (other / INDEX).write_bytes(b"another")
    seal(other, manifest)

    def replaced(directory: Path) -> whole.Found:
        found = whole.look(directory)
        if not looked:
            shutil.move(directory, directory.parent / "old")
            shutil.move(other, directory)
            shutil.rmtree(directory.parent / "old")
        looked.append(found)
        return found

    monkeypatch.setattr(verify, "look", replaced)
    assert netwright.verify(artifact).ok
    assert len(looked) == 2


def test_the_manifest_is_written_in_one_way(artifact: Path) -> None:
    text = (artifact / "manifest.json").read_text()
    manifest = read_manifest(text.encode())
    assert manifest.text() == text
    shuffled = json.dumps(dict(reversed(json.loads(text).items())))
    assert read_manifest(shuffled.encode()).text() == text
    assert str(artifact.parent) not in text


def test_the_published_schema_is_what_manifests_are_checked_with(artifact: Path) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((REPOSITORY / "schema/manifest.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    value = json.loads((artifact / "manifest.json").read_text())
    assert judge.is_valid(value)
    spoilt: list[dict[str, Any]] = [{**value, "other": 1}, {**value, "seed": -1}, {**value, "manifest": 2}]
    spoilt += [{key: one for key, one in value.items() if key != left} for left in value]
    spoilt += [{**value, "files": {"../x": {"sha256": "0" * 64, "size": 1}}}]
    spoilt += [{**value, "files": {"x": {"sha256": "0" * 63, "size": 1}}}]
    for one in spoilt:
        assert not judge.is_valid(one)
        with pytest.raises(BadManifest):
            read_manifest(json.dumps(one).encode())
    assert json.loads(run("schema", "--manifest")[1]) == schema


@pytest.mark.parametrize("path", sorted((REPOSITORY / "specs").glob("*.json")), ids=lambda path: path.stem)
def test_an_expanded_spec_is_the_same_model(path: Path) -> None:
    """What a manifest keeps can be analysed anew, without params, blocks and imports, and means the same."""
    from netwright.artifacts.manifest import description, manifest_of

    model = analyse(path.read_bytes(), path=str(path)).model
    assert model
    manifest = manifest_of(model, seed=None, formats=["keras"], unstable={})
    assert read_manifest(manifest.text().encode()) == manifest
    shaped, work = analyse_expanded(manifest.spec, "manifest")
    assert shaped, work.diagnostics
    assert description(shaped) == description(model.shaped)
    assert set(shaped.graph.order) == set(model.shaped.graph.order)
    assert shaped.tensors == model.shaped.tensors


def test_numbers_mean_the_same_however_they_are_computed() -> None:
    spec = {**SPEC, "nodes": {**SPEC["nodes"], "trunk": {"type": "Dense", "units": "${units / 2}"}}}
    one = Manifest.model_validate(json.loads(_text(checked({**spec}, units=8))))
    other = Manifest.model_validate(json.loads(_text(checked({**spec}, units=8.0))))
    assert one.spec == other.spec
    assert one.spec["nodes"]["trunk"]["units"] == 4
    assert one.spec_sha256 == other.spec_sha256 == digest(canonical(one.spec))


def _text(model: Any) -> str:
    from netwright.artifacts.manifest import manifest_of

    return manifest_of(model, seed=None, formats=["keras"], unstable={}).text()
