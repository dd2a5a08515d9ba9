"""What is told, and what is not told twice: one mistake at a time in a spec that is otherwise right."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

import netwright
from netwright.compiler import Analysis, analyse

SPEC: dict[str, Any] = {
    "netwright": 1,
    "name": "reviews",
    "inputs": {"words": {"shape": ["time"], "dtype": "int32"}, "facts": {"shape": [6]}},
    "nodes": {
        "embedding": {"type": "Embedding", "input_dim": 1000, "output_dim": 16},
        "encoder": {"type": "LSTM", "units": 8, "kernel_initializer": {"type": "HeNormal", "seed": 1}},
        "facts_vector": {"type": "Dense", "units": 8, "activation": "relu"},
        "join": {"type": "Concatenate"},
        "stars": {"type": "Dense", "units": 1},
        "topic": {"type": "Dense", "units": 5, "activation": "softmax"},
    },
    "edges": [
        ["words", "embedding", "encoder", "join"],
        ["facts", "facts_vector", "join", ["stars", "topic"]],
    ],
    "outputs": {
        "rating": {"from": "stars", "target": {"shape": [1]}},
        "subject": {"from": "topic", "target": {"shape": [], "dtype": "int32", "classes": 5}},
    },
    "compile": {
        "optimizer": {"type": "Adam", "learning_rate": 0.01},
        "loss": {"rating": "mse", "subject": "sparse_categorical_crossentropy"},
        "loss_weights": {"rating": 0.5},
        "metrics": {"rating": ["mae"], "subject": ["accuracy"]},
        "weighted_metrics": {"subject": ["accuracy"]},
    },
}


def changed(path: str, value: Any) -> Analysis:
    """The analysis of the spec with one value changed; `...` removes it."""
    spec = copy.deepcopy(SPEC)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    holder: Any = spec
    for step in steps:
        holder = holder[step]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return analyse(json.dumps(spec).encode())


def renamed(path: str, name: str) -> Analysis:
    """The analysis of the spec with one key renamed."""
    spec = copy.deepcopy(SPEC)
    *steps, last = path.split(".")
    holder: Any = spec
    for step in steps:
        holder = holder[step]
    holder[name] = holder.pop(last)
    return analyse(json.dumps(spec).encode())


def test_the_spec_is_clean() -> None:
    assert analyse(json.dumps(SPEC).encode()).diagnostics == []


@pytest.mark.parametrize(
    ("path", "value", "code", "words"),
    [
        ("nodes.encoder.type", "LSTMM", "V209", "did you mean `LSTM`?"),
        ("nodes.encoder.type", "lstm", "V209", "did you mean `LSTM`?"),
        ("nodes.topic.activation", "sofmax", "V209", "did you mean `softmax`?"),
        ("nodes.encoder.kernel_initializer.type", "HeNorml", "V209", "did you mean `HeNormal`?"),
        ("nodes.encoder.kernel_initializer", "he_normall", "V209", "did you mean `he_normal`?"),
        ("compile.optimizer.type", "Adamm", "V209", "did you mean `Adam`?"),
        ("compile.optimizer", "adm", "V209", "did you mean `adam`?"),
        ("compile.loss.rating", "msee", "V209", "did you mean `mse`?"),
        ("compile.metrics.subject.0", "acuracy", "V209", "did you mean `accuracy`?"),
        ("outputs.rating.from", "star", "G301", "did you mean `stars`?"),
        ("edges.0.0", "wrods", "G301", "did you mean `words`?"),
        ("edges.0.1", "embeding", "G301", "did you mean `embedding`?"),
        ("edges.1.2", "joni", "G301", "did you mean `join`?"),
        ("edges.1.3.1", "topics", "G301", "did you mean `topic`?"),
        ("inputs.words.dtype", "int23", "V208", "did you mean `int32`?"),
        ("nodes.encoder.unit_forget_bias", 1, "V206", "true or false"),
        ("nodes.embedding.input_dim", 1000.5, "V206", "an integer"),
        ("nodes.embedding.input_dim", 0, "V207", "at least 1"),
        ("nodes.embedding.input_dim", ..., "V205", "`input_dim`"),
        ("compile.loss_weights.rating", "0.5", "V206", "a number"),
        ("nodes.facts_vector", ["Dense", 8], "V206", "an object"),
        ("inputs.facts.shape", 6, "V206", "a list"),
        ("inputs.facts.shape.0", 0, "V207", "at least 1"),
        ("edges.1", ["facts"], "V215", "needs two or more"),
        ("netwright", 2, "V202", "version 2"),
        ("outputs.rating.target.shape", [2, 2], "C507", "(batch, 2, 2)"),
        ("outputs.subject.target.shape", [5], "C507", "one number per class"),
        ("nodes.topic.units", 1, "C505", "needs a unit for each class"),
        ("compile.loss.subject", None, "C503", "`null`"),
        ("compile.loss.subject", ..., "C502", "has no loss"),
        ("nodes.encoder.return_sequences", True, "T405", "join"),
        ("inputs.facts.shape", [None], "T402", "must be known"),
        ("inputs.words.shape", ["time", 3], "T401", "(batch, time, 3, 16)"),
    ],
)
def test_one_mistake_is_told_once(path: str, value: Any, code: str, words: str) -> None:
    work = changed(path, value)
    told = {one.code for one in work.diagnostics}
    assert told == {code}
    assert any(words in f"{one.message} {one.help} {one.notes}" for one in work.diagnostics)
    if code != "C503":
        assert len(work.diagnostics) == 1


@pytest.mark.parametrize(
    ("path", "name", "codes"),
    [
        ("nodes.join", "joint", {"G301"}),
        ("outputs.rating", "ratings", {"C501"}),
        ("compile.loss.rating", "raiting", {"C501"}),
        ("compile.loss.rating", "stars", {"C501"}),
        ("compile.loss.rating", "nothing_like_it", {"C501"}),
        ("compile.loss_weights.rating", "words", {"C501"}),
        ("compile.metrics.subject", "subjekt", {"C501"}),
        ("compile.weighted_metrics.subject", "topic", {"C501"}),
        ("nodes.topic.units", "unit", {"V204"}),
        ("compile.loss", "losses", {"V204"}),
        ("compile", "compiles", {"V204"}),
        ("outputs", "output", {"V204"}),
        ("inputs.facts", "class", {"V213", "G301"}),
        ("nodes.stars", "star-rating", {"V212", "G301"}),
    ],
)
def test_a_misspelt_key_is_told_as_that(path: str, name: str, codes: set[str]) -> None:
    assert {one.code for one in renamed(path, name).diagnostics} == codes


def test_all_weights_and_metrics_of_a_misspelt_output_are_told_at_their_places() -> None:
    work = renamed("outputs.rating", "ratings")
    assert [one.place.path for one in work.diagnostics] == [
        ("compile", "loss", "rating"),
        ("compile", "loss_weights", "rating"),
        ("compile", "metrics", "rating"),
    ]


def test_warnings_can_be_allowed_where_they_stand() -> None:
    dead = {"type": "Dense", "units": 1}
    spec = copy.deepcopy(SPEC)
    spec["nodes"]["dead"] = dead
    spec["edges"].append(["facts", "dead"])
    assert [one.code for one in netwright.validate(spec).diagnostics] == ["G311"]
    spec["nodes"]["dead"] = {**dead, "allow": ["unused-node"]}
    assert netwright.validate(spec).diagnostics == ()
    spec["nodes"]["stars"]["allow"] = ["unused-node"]
    assert [one.code for one in netwright.validate(spec).diagnostics] == ["V219"]
    spec["nodes"]["stars"]["allow"] = ["unused-nodes"]
    assert [one.code for one in netwright.validate(spec).diagnostics] == ["V218"]


def test_an_allowance_at_an_output_covers_its_compile_section() -> None:
    spec = copy.deepcopy(SPEC)
    spec["compile"]["loss"]["rating"] = {"type": "Huber", "delta": 2.0}
    assert [one.code for one in netwright.validate(spec).diagnostics] == ["C508"]
    spec["outputs"]["rating"]["allow"] = ["argument-not-saved"]
    assert netwright.validate(spec).diagnostics == ()


def test_errors_cannot_be_allowed() -> None:
    spec = copy.deepcopy(SPEC)
    spec["nodes"]["facts_vector"]["allow"] = ["unknown-size"]
    spec["inputs"]["facts"]["shape"] = [None]
    assert {one.code for one in netwright.validate(spec).diagnostics} == {"T402", "V219"}


def test_the_library_reads_paths_and_values(tmp_path: Any) -> None:
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(SPEC))
    for source in (SPEC, path, str(path)):
        report = netwright.validate(source)
        assert report
        assert report.ok
        assert str(report) == ""
    path.write_text(json.dumps({**SPEC, "name": 1}))
    report = netwright.validate(path)
    assert not report
    assert "V206" in str(report)
    assert json.loads(report.to_json())["errors"] == 1
    with pytest.raises(OSError, match="missing"):
        netwright.validate(tmp_path / "missing.json")


def wrapped(inner: dict[str, Any], shape: list[int]) -> Any:
    spec = {
        "netwright": 1,
        "name": "frames",
        "inputs": {"video": {"shape": shape}},
        "nodes": {"each": {"type": "TimeDistributed", "layer": inner}},
        "edges": [["video", "each"]],
        "outputs": {"y": "each"},
    }
    (one,) = analyse(json.dumps(spec).encode()).diagnostics
    return one


def test_what_does_not_fit_inside_a_wrapper_is_told_of_a_step() -> None:
    conv = {"type": "Conv2D", "filters": 2, "kernel_size": 9}
    one = wrapped(conv, [4, 8, 8, 3])
    assert one.place.path == ("nodes", "each", "layer", "kernel_size")
    assert "each step of `video` is (batch, 8, 8, 3)" in one.message
    one = wrapped(conv, [4, 8])
    assert one.code == "T401"
    assert "each step of `video` is 2: (batch, 8)" in one.message


@pytest.mark.parametrize("name", ["node", "nodess"])
def test_misspelt_nodes_are_one_mistake(name: str) -> None:
    assert [one.code for one in renamed("nodes", name).diagnostics] == ["V204"]


def test_misspelt_edges_are_one_mistake() -> None:
    assert [one.code for one in renamed("edges", "edge").diagnostics] == ["V204"]


def test_nodes_of_the_wrong_type_are_one_mistake() -> None:
    assert [one.code for one in changed("nodes", [{"type": "Dense", "units": 1}]).diagnostics] == ["V206"]
