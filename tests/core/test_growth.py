"""Nothing grows faster than the document: work is counted in function calls, which do not depend on the machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from netwright.compiler import analyse
from netwright.render import text
from netwright.syntax import Limits

DENSE = {"type": "Dense", "units": 2}
ADD = {"type": "Add"}


def spec(nodes: dict[str, Any], edges: list[Any], outputs: dict[str, Any], **more: Any) -> bytes:
    head = {"netwright": 1, "name": "wide", "inputs": {"x": {"shape": [2]}}}
    return json.dumps({**head, "nodes": nodes, "edges": edges, "outputs": outputs, **more}).encode()


def names(n: int, letter: str = "n") -> list[str]:
    return [f"{letter}{i}" for i in range(n)]


def chain(n: int) -> bytes:
    return spec(dict.fromkeys(names(n), DENSE), [["x", *names(n)]], {"y": names(n)[-1]})


def fan_in(n: int) -> bytes:
    nodes = {**dict.fromkeys(names(n), DENSE), "join": {"type": "Concatenate"}, "sum": ADD}
    return spec(nodes, [["x", names(n), "join"], [names(n), "sum"]], {"y": "join", "z": "sum"})


def outputs_without_loss(n: int) -> bytes:
    outputs = {f"y{i}": f"n{i}" for i in range(n)}
    return spec(
        dict.fromkeys(names(n), DENSE), [["x", names(n)]], outputs, compile={"optimizer": "sgd", "loss": {"y0": "mse"}}
    )


def wrong_targets(n: int) -> bytes:
    outputs = {f"y{i}": {"from": f"n{i}", "target": {"shape": [3]}} for i in range(n)}
    loss = dict.fromkeys(outputs, "mse")
    return spec(dict.fromkeys(names(n), DENSE), [["x", *names(n)]], outputs, compile={"optimizer": "sgd", "loss": loss})


def unknown_endpoints(n: int) -> bytes:
    nodes = dict.fromkeys(names(n), DENSE)
    return spec(nodes, [["x", *names(n)], *[["x", f"{i}z"[::-1]] for i in range(n)]], {"y": names(n)[-1]})


def unknown_keys(n: int) -> bytes:
    section = {"optimizer": "sgd", "loss": {"y": "mse", **dict.fromkeys(names(n), "mse")}}
    return spec(dict.fromkeys(names(n), DENSE), [["x", *names(n)]], {"y": names(n)[-1]}, compile=section)


def unknown_layers(n: int) -> bytes:
    nodes = {name: {"type": f"Layer{name}"} for name in names(n)}
    return spec(nodes, [["x", *names(n)]], {"y": names(n)[-1]})


def dead_leaves(n: int) -> bytes:
    nodes = dict.fromkeys((*names(n), *names(n, "leaf")), DENSE)
    leaves = [[f"n{i}", f"leaf{i}"] for i in range(n)]
    return spec(nodes, [["x", *names(n)], *leaves], {"y": names(n)[-1]})


def allowed_leaves(n: int) -> bytes:
    nodes = {**{name: {**DENSE, "allow": ["unused-node"]} for name in names(n)}, "y": DENSE}
    return spec(nodes, [["x", [*names(n), "y"]]], {"y": "y"})


def cycles(n: int) -> bytes:
    nodes = dict.fromkeys((*names(n, "a"), *names(n, "b")), ADD)
    edges = [["x", f"a{i}", f"b{i}", f"a{i}"] for i in range(n)]
    return spec(nodes, edges, {f"y{i}": f"a{i}" for i in range(n)})


def slips(n: int) -> bytes:
    return f"[{'NaN, ' * n}1]".encode()


def calls(data: bytes) -> int:
    """How many functions, Python's own and C's, are called to analyse a document and to show what is wrong."""
    count = 0

    def counted(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        text.render([analyse(data, limits=Limits(size=10**9))])
    finally:
        sys.setprofile(None)
    return count


WIDE = [
    chain, fan_in, outputs_without_loss, wrong_targets, unknown_endpoints, unknown_keys, unknown_layers, dead_leaves,
    allowed_leaves, cycles, slips,
]  # fmt: skip


@pytest.mark.parametrize("make", WIDE, ids=lambda make: make.__name__)
def test_twice_the_document_is_twice_the_work(make: Callable[[int], bytes]) -> None:
    calls(make(10))  # loads what is loaded once
    small, large = calls(make(300)), calls(make(600))
    assert large < 2.3 * small


def test_layers_inside_layers_cost_no_more_than_their_number() -> None:
    def nested(depth: int) -> bytes:
        inner: dict[str, Any] = DENSE
        for _ in range(depth):
            inner = {"type": "TimeDistributed", "layer": inner}
        head = {"netwright": 1, "name": "deep", "inputs": {"x": {"shape": [*[1] * depth, 3]}}}
        return json.dumps({**head, "nodes": {"n": inner}, "edges": [["x", "n"]], "outputs": {"y": "n"}}).encode()

    assert analyse(nested(25)).model is not None
    assert calls(nested(24)) < 5 * calls(nested(12))
