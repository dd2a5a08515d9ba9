"""Blocks, imports and shared layers: what they become, and where mistakes in them are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from netwright.compiler import Analysis, analyse
from netwright.costs import costs, total
from netwright.shapes import ShapedModel
from netwright.syntax import Limits

LAYER: dict[str, Any] = {
    "params": {"units": {"type": "integer"}},
    "inputs": ["x"],
    "nodes": {"dense": {"type": "Dense", "units": "${units}"}, "relu": {"type": "ReLU"}},
    "edges": [["x", "dense", "relu"]],
    "outputs": {"x": "relu"},
}
PAIR: dict[str, Any] = {
    "inputs": ["x", "y"],
    "nodes": {"sum": {"type": "Add"}},
    "edges": [[["x", "y"], "sum"]],
    "outputs": {"x": "sum"},
}


def spec(blocks: dict[str, Any], nodes: dict[str, Any], edges: list[Any], output: str, **more: Any) -> dict[str, Any]:
    head = {"netwright": 1, "name": "whole", "inputs": {"a": {"shape": [4]}, "b": {"shape": [4]}}}
    return {
        **head,
        "blocks": blocks,
        "nodes": nodes,
        "edges": edges,
        "outputs": {"o": output, "a": "a", "b": "b"},
        **more,
    }


def work_of(document: Any, **settings: Any) -> Analysis:
    return analyse(json.dumps(document, indent=1).encode(), settings=settings)


def shaped(document: Any, **settings: Any) -> ShapedModel:
    work = work_of(document, **settings)
    assert not work.diagnostics, work.diagnostics
    assert work.model is not None
    return work.model.shaped


def feeds(model: ShapedModel) -> dict[str, list[str]]:
    """What feeds each node, by the labels of tensors."""
    graph = model.graph
    return {
        name: [graph.label(feed.source) for fed in graph.feeds[name].values() for feed in fed] for name in graph.order
    }


def told(document: Any, **settings: Any) -> list[str]:
    return [f"{one.code}: {one.message}" for one in work_of(document, **settings).diagnostics]


def test_a_use_becomes_the_nodes_of_its_block() -> None:
    model = shaped(spec({"layer": LAYER}, {"u": {"block": "layer", "with": {"units": 3}}}, [["a", "u"]], "u"))
    assert feeds(model) == {"u.dense": ["a"], "u.relu": ["u.dense"]}
    assert model.graph.label(model.graph.outputs["o"]) == "u.relu"


def test_copies_follow_each_other_and_know_their_number() -> None:
    use = {"block": "layer", "repeat": 3, "with": {"units": "${2 + index}"}}
    model = shaped(spec({"layer": LAYER}, {"u": use}, [["a", "u"]], "u"))
    assert feeds(model)["u.1.dense"] == ["u.0.relu"]
    assert [model.tensors[f"u.{k}.dense"][0].last for k in range(3)] == [2, 3, 4]


def test_an_input_without_an_output_of_its_name_goes_to_all_copies() -> None:
    model = shaped(spec({"pair": PAIR}, {"u": {"block": "pair", "repeat": 2}}, [[["a", "b"], "u"]], "u"))
    assert feeds(model) == {"u.0.sum": ["a", "b"], "u.1.sum": ["u.0.sum", "b"]}


def test_without_a_copy_outputs_are_inputs() -> None:
    use = {"block": "layer", "repeat": "${0 if 1 == 1 else 1}", "with": {"units": 3}}
    model = shaped(spec({"layer": LAYER}, {"u": use}, [["a", "u"]], "u"))
    assert model.graph.label(model.graph.outputs["o"]) == "a"


def test_edges_without_a_port_fill_what_those_with_one_leave() -> None:
    edges = [["a", "u"], ["b", "u:x"]]
    assert feeds(shaped(spec({"pair": PAIR}, {"u": {"block": "pair"}}, edges, "u")))["u.sum"] == ["b", "a"]


def test_a_block_with_several_outputs_has_ports() -> None:
    both = {**PAIR, "outputs": {"sum": "sum", "first": "x"}}
    nodes = {"u": {"block": "both"}, "more": {"type": "Add"}}
    edges = [[["a", "b"], "u"], ["u:sum", "more"], ["u:first", "more"]]
    assert feeds(shaped(spec({"both": both}, nodes, edges, "more")))["more"] == ["u.sum", "a"]
    assert told(spec({"both": both}, {"u": {"block": "both"}}, edges[:1], "u"))[0] == (
        "B613: `u` (both) has 2 outputs, and it is not said which is meant"
    )


def test_blocks_use_blocks_and_themselves() -> None:
    deep = {
        "params": {"depth": {"type": "integer"}},
        "inputs": ["x"],
        "nodes": {
            "layer": {"block": "layer", "with": {"units": "${depth}"}},
            "below": {"block": "deep", "repeat": "${min(depth - 1, 1)}", "with": {"depth": "${depth - 1}"}},
        },
        "edges": [["x", "layer", "below"]],
        "outputs": {"x": "below"},
    }
    blocks = {"layer": LAYER, "deep": deep}
    model = shaped(spec(blocks, {"u": {"block": "deep", "with": {"depth": 3}}}, [["a", "u"]], "u"))
    dense = [name for name in model.graph.order if name.endswith("dense")]
    assert dense == ["u.layer.dense", "u.below.0.layer.dense", "u.below.0.below.0.layer.dense"]
    assert [model.tensors[name][0].last for name in dense] == [3, 2, 1]


def test_a_shared_layer_is_counted_once_and_must_fit_each_time() -> None:
    nodes = {"one": {"type": "Dense", "units": 3}, "two": {"share": "one"}, "sum": {"type": "Add"}}
    edges = [["a", "one", "sum"], ["b", "two", "sum"]]
    model = shaped(spec({}, nodes, edges, "sum"))
    assert total(costs(model).values()).parameters == 15
    wide = {"a": {"shape": [4]}, "b": {"shape": [5]}}
    assert told(spec({}, nodes, edges, "sum", inputs=wide)) == [
        "T419: `two` (Dense) shares the layer of `one`, whose `kernel` is (4, 3), but needs (5, 3)"
    ]


def test_a_shared_block_shares_copy_by_copy() -> None:
    nodes = {
        "one": {"block": "layer", "repeat": 2, "with": {"units": 4}},
        "two": {"share": "one"},
        "sum": {"type": "Add"},
    }
    model = shaped(spec({"layer": LAYER}, nodes, [["a", "one", "sum"], ["b", "two", "sum"]], "sum"))
    assert {name: model.graph.node(name).owner for name in model.graph.order if name.startswith("two")} == {
        f"two.{k}.{name}": f"one.{k}.{name}" for k in (0, 1) for name in ("dense", "relu")
    }
    assert total(costs(model).values()).parameters == 40


@pytest.mark.parametrize(
    ("share", "message"),
    [
        ("on", "there is no layer or block `on` to share"),
        ("op", "`op` is an op, which has no weights to share"),
        ("two", "`two` shares itself: name the node that it shares with"),
    ],
)
def test_what_cannot_be_shared(share: str, message: str) -> None:
    nodes = {
        "one": {"type": "Dense", "units": 3},
        "op": {"op": "negative"},
        "two": {"share": "one"},
        "three": {"share": share},
        "sum": {"type": "Add"},
    }
    edges = [["a", ["one", "two", "three", "op"]], [["one", "two", "three", "op"], "sum"]]
    assert told(spec({}, nodes, edges, "sum"))[0] == f"B617: {message}"


def test_a_mistake_inside_is_told_once_at_the_use_with_the_values() -> None:
    bad = {**LAYER, "edges": [["x", "dense", "relu"], ["x", "relu"]]}
    nodes = {"u": {"block": "layer", "repeat": 3, "with": {"units": 4}}}
    (one,) = work_of(spec({"layer": bad}, nodes, [["a", "u"]], "u")).diagnostics
    assert one.code == "G307"
    assert one.place.path == ("nodes", "u")
    assert [note.message for note in one.notes] == ["in the block `layer`", "`u` has units = 4"]
    assert one.notes[0].place is not None
    assert one.notes[0].place.path == ("blocks", "layer", "edges", 1, 1)


def test_a_value_written_in_a_block_is_told_there() -> None:
    bad = {**LAYER, "nodes": {"dense": {"type": "Dense", "units": "${units}", "use_bias": 3}, "relu": {"type": "ReLU"}}}
    nodes = {"u": {"block": "layer", "with": {"units": 4}}, "v": {"block": "layer", "with": {"units": 5}}}
    (one,) = work_of(spec({"layer": bad}, nodes, [["a", "u", "v"]], "v")).diagnostics
    assert one.place.path == ("blocks", "layer", "nodes", "dense", "use_bias")


def test_a_block_that_nobody_uses_is_checked_as_far_as_its_params_allow() -> None:
    bad = {**LAYER, "nodes": {"dense": {"type": "Dense", "units": "${units}"}, "relu": {"type": "ReLu"}}}
    found = told(spec({"layer": bad}, {"u": {"type": "ReLU"}}, [["a", "u"]], "u"))
    assert found == ["B614: no node uses the block `layer`", "V209: netwright has no layer `ReLu`"]


def test_a_library_is_checked_and_has_no_model() -> None:
    assert told({"netwright": 1, "blocks": {"layer": LAYER}}) == []
    assert work_of({"netwright": 1, "blocks": {"layer": LAYER}}).model is None
    assert told({"netwright": 1, "blocks": {"layer": LAYER}, "nodes": {}}) == ["V204: a library has no key `nodes`"]


def bomb(levels: int, times: int) -> dict[str, Any]:
    blocks = {
        f"b{i}": {
            "inputs": ["x"],
            "nodes": {"n": {"block": f"b{i + 1}", "repeat": times}},
            "edges": [["x", "n"]],
            "outputs": {"x": "n"},
        }
        for i in range(levels)
    }
    blocks[f"b{levels}"] = {
        "inputs": ["x"],
        "nodes": {"n": {"type": "ReLU"}},
        "edges": [["x", "n"]],
        "outputs": {"x": "n"},
    }
    return spec(blocks, {"u": {"block": "b0"}}, [["a", "u"]], "u")


def test_what_would_be_too_large_is_refused_before_it_is_made() -> None:
    (message,) = told(bomb(4, 1000))
    assert message.startswith("B610: with its copies, the document has ")
    assert shaped(bomb(2, 10)).graph.order
    small = analyse(json.dumps(bomb(2, 10)).encode(), limits=Limits(nodes=100))
    assert [one.code for one in small.diagnostics] == ["B610"]


def test_what_never_ends_is_refused() -> None:
    again = {"inputs": ["x"], "nodes": {"n": {"block": "b"}}, "edges": [["x", "n"]], "outputs": {"x": "n"}}
    (message,) = told(spec({"b": again}, {"u": {"block": "b"}}, [["a", "u"]], "u"))
    assert message.startswith("B611: blocks are used 64 deep")
    assert message.count("`b`") <= 10


def test_a_circle_through_a_block_is_no_endless_loop() -> None:
    through = {"inputs": ["x"], "outputs": {"x": "x"}}
    nodes = {"u": {"block": "through"}, "v": {"block": "through"}, "r": {"type": "ReLU"}}
    assert told(spec({"through": through}, nodes, [["u", "v"], ["v", "u"], ["a", "r"]], "r")) == []
    assert told(spec({"through": through}, nodes, [["u", "v"], ["v", "u"], ["u", "r"]], "r"))


def write(folder: Path, name: str, value: Any) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1))
    return path


def in_project(folder: Path, imports: dict[str, str], block: str = "l.layer") -> Analysis:
    (folder / "pyproject.toml").touch()
    nodes = {"u": {"block": block, "with": {"units": 3}}}
    path = write(folder, "models/whole.json", spec({}, nodes, [["a", "u"]], "u", imports=imports))
    return analyse(path.read_bytes(), "whole.json", path=str(path))


def messages(work: Analysis) -> list[str]:
    return [one.message for one in work.diagnostics]


def test_blocks_are_imported_from_files_of_the_project(tmp_path: Path) -> None:
    write(tmp_path, "layers/more.json", {"netwright": 1, "blocks": {"layer": LAYER}})
    through = {**LAYER, "nodes": {"n": {"block": "m.layer", "with": {"units": "${units}"}}}, "edges": [["x", "n"]]}
    through["outputs"] = {"x": "n"}
    library = {"netwright": 1, "imports": {"m": "more.json"}, "blocks": {"layer": through}}
    write(tmp_path, "layers/layers.json", library)
    work = in_project(tmp_path, {"l": "../layers/layers.json"})
    assert messages(work) == []
    assert work.model is not None
    assert work.model.shaped.graph.order == ("u.n.dense", "u.n.relu")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("../layers/gone.json", "there is no such file"),
        ("../../outside.json", "it is outside of the project"),
        ("/etc/hostname", "a path is relative to the file that has it, and uses `/`"),
        ("..\\layers\\layers.json", "a path is relative to the file that has it, and uses `/`"),
        ("../spec.json", "it is no library, which has `blocks` and no `inputs`"),
        ("../link.json", "it is outside of the project"),
    ],
)
def test_what_is_not_imported(tmp_path: Path, path: str, why: str) -> None:
    project = tmp_path / "project"
    write(tmp_path, "outside.json", {"netwright": 1, "blocks": {"layer": LAYER}})
    write(project, "spec.json", spec({}, {"r": {"type": "ReLU"}}, [["a", "r"]], "r"))
    (project / "link.json").symlink_to(tmp_path / "outside.json")
    assert f"`{path}` can't be imported: {why}" in messages(in_project(project, {"l": path}))


def test_a_document_that_is_no_file_imports_nothing() -> None:
    assert told(spec({}, {"u": {"block": "l.layer"}}, [["a", "u"]], "u", imports={"l": "l.json"}))[0] == (
        "B615: `l.json` can't be imported: only a document that is a file can import others"
    )


def test_files_that_import_each_other_are_told_with_their_way(tmp_path: Path) -> None:
    for own, other in (("one", "two"), ("two", "three"), ("three", "one")):
        library = {"netwright": 1, "imports": {"o": f"{other}.json"}, "blocks": {"layer": LAYER}}
        write(tmp_path, f"models/{own}.json", library)
    (circle,) = messages(in_project(tmp_path, {"l": "one.json"}))
    assert circle.startswith("files import each other in a circle: ")
    assert circle.count(" -> ") == 3


def test_what_is_wrong_in_another_file_is_told_with_its_name(tmp_path: Path) -> None:
    bad = {**LAYER, "nodes": {"dense": {"type": "Dense", "units": "${unit}"}, "relu": {"type": "ReLU"}}}
    write(tmp_path, "models/l.json", {"netwright": 1, "blocks": {"layer": bad}})
    work = in_project(tmp_path, {"l": "l.json"})
    (one,) = work.diagnostics
    assert work.file_of(one.place).endswith("models/l.json")
    assert one.message == "there is no param `unit`"
    start, end = work.offsets(one)
    assert work.text_of(one.place.file)[start:end] == "unit"


def test_broken_text_in_another_file_is_told_there(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/l.json").write_text('{"netwright": 1, "blocks": {,}}')
    work = in_project(tmp_path, {"l": "l.json"})
    assert any(work.file_of(one.place).endswith("l.json") and one.code.startswith("S") for one in work.diagnostics)
