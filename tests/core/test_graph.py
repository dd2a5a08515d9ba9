"""Names, ports, order: what the graph stage makes of edges, and what it tells."""

from __future__ import annotations

import json
from typing import Any

from netwright.compiler import Analysis, analyse
from netwright.connect import connect
from netwright.drafts import validate
from netwright.graph import Graph
from netwright.graph_faults import Cycle
from netwright.syntax import parse

DENSE = {"type": "Dense", "units": 4}


def document(nodes: dict[str, Any], edges: list[Any], outputs: dict[str, Any], **more: Any) -> bytes:
    head = {"netwright": 1, "name": "test", "inputs": {"x": {"shape": [4]}}}
    return json.dumps({**head, "nodes": nodes, "edges": edges, "outputs": outputs, **more}).encode()


def graph_of(data: bytes) -> tuple[Graph, tuple[Any, ...]]:
    tree, _ = parse(data)
    assert tree is not None
    draft, _ = validate(tree)
    assert draft is not None
    return connect(draft)


def codes(work: Analysis) -> list[str]:
    return [one.code for one in work.diagnostics]


def test_order_is_the_documents_among_equals() -> None:
    nodes = dict.fromkeys(("c", "a", "d", "b"), DENSE)
    graph, faults = graph_of(document(nodes, [["x", "b", "c"], ["x", ["a", "d"]]], {"c": "c", "a": "a", "d": "d"}))
    assert not faults
    assert graph.order == ("a", "d", "b", "c")


def test_lists_fan_out_and_in() -> None:
    nodes = {"a": DENSE, "b": DENSE, "join": {"type": "Concatenate"}}
    graph, faults = graph_of(document(nodes, [["x", ["a", "b"], "join"]], {"y": "join"}))
    assert not faults
    assert [feed.source.name for feed in graph.feeds["join"]["inputs"]] == ["a", "b"]


def test_ports_by_name_leave_the_rest_to_position() -> None:
    nodes = {"a": DENSE, "attend": {"type": "MultiHeadAttention", "num_heads": 1, "key_dim": 2}}
    edges = [["x", "a"], ["a", "attend:value"], ["x", "attend"]]
    graph, faults = graph_of(document(nodes, edges, {"y": "attend"}))
    assert not faults
    fed = {port: [feed.source.name for feed in feeds] for port, feeds in graph.feeds["attend"].items()}
    assert fed == {"query": ["x"], "value": ["a"]}


def test_each_cycle_is_told_once_with_its_path() -> None:
    nodes = {name: {"type": "Add"} for name in ("a", "b", "c", "d", "e")}
    edges = [["x", "a", "b", "c", "a"], ["x", "d", "e", "d"], ["c", "e"]]
    _, faults = graph_of(document(nodes, edges, {"y": "c", "z": "e"}))
    assert sorted(fault.names for fault in faults if isinstance(fault, Cycle)) == [
        ("a", "b", "c", "a"),
        ("d", "e", "d"),
    ]


def test_a_node_that_feeds_itself_is_a_cycle() -> None:
    _, faults = graph_of(document({"a": {"type": "Add"}}, [["x", "a", "a"]], {"y": "a"}))
    assert [fault.names for fault in faults if isinstance(fault, Cycle)] == [("a", "a")]


def test_a_misspelt_name_is_told_once() -> None:
    nodes = {"trunk": DENSE, "head": DENSE}
    for edges in ([["x", "trnk"], ["trunk", "head"]], [["x", "trunk", "haed"]], [["x", "trnk", "head"]]):
        assert codes(analyse(document(nodes, edges, {"y": "head"}))) == ["G301"]


def test_a_wrong_node_hides_nothing_but_itself() -> None:
    nodes = {"trunk": {"type": "Dens", "units": 4}, "conv": {"type": "Conv2D", "filters": 1, "kernel_size": 1}}
    work = analyse(document(nodes, [["x", "trunk"], ["x", "conv"]], {"y": "trunk", "z": "conv"}))
    assert codes(work) == ["V209", "T401"]


def test_a_dead_branch_is_told_at_its_end() -> None:
    nodes = {"head": DENSE, "a": DENSE, "b": DENSE, "c": DENSE}
    work = analyse(document(nodes, [["x", "head"], ["x", "a", "b", "c"]], {"y": "head"}))
    assert codes(work) == ["G311"]
    assert work.diagnostics[0].place.path == ("nodes", "c")
    assert work.model is not None, "a warning stops nothing"


def test_an_input_may_be_an_output() -> None:
    assert codes(analyse(document({}, [], {"y": "x"}))) == []


def test_a_long_chain_is_no_deep_recursion() -> None:
    names = [f"n{i}" for i in range(20_000)]
    work = analyse(document(dict.fromkeys(names, DENSE), [["x", *names]], {"y": names[-1]}))
    assert codes(work) == []
    assert work.model is not None


def test_a_long_cycle_is_told_shortly() -> None:
    names = [f"n{i}" for i in range(20_000)]
    work = analyse(document({name: {"type": "Add"} for name in names}, [["x", *names, "n0"]], {"y": names[-1]}))
    assert codes(work) == ["G310"]
    assert len(work.diagnostics[0].message) < 300
