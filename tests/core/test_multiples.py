"""Sizes that fit only if they are multiples of some number: which number, at which node, and where nothing is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import netwright
from netwright.compiler import analyse
from netwright.diagnostics import Diagnostic, Severity

SPECS = Path(__file__).parents[2] / "specs"
Layer = dict[str, Any]
POOL: Layer = {"type": "MaxPooling2D"}
UP: Layer = {"type": "UpSampling2D"}
JOIN: Layer = {"type": "Concatenate"}
SAME: Layer = {"type": "Conv2D", "filters": 2, "kernel_size": 3, "padding": "same"}
DOWN = {**SAME, "strides": 2}
OPEN: dict[str, Any] = {"image": [None, None, 3]}


def told(inputs: dict[str, Any], nodes: dict[str, dict[str, Any]], *edges: list[Any]) -> list[Diagnostic]:
    """What is told of a network whose output is its last node."""
    spec = {
        "netwright": 1,
        "name": "n",
        "inputs": {name: {"shape": shape} for name, shape in inputs.items()},
        "nodes": nodes,
        "edges": edges,
        "outputs": {"out": list(nodes)[-1]},
    }
    return analyse(json.dumps(spec).encode()).diagnostics


def unet(shape: list[Any], depth: int, **allow: list[str]) -> list[Diagnostic]:
    """What is told of a U-Net; `allow` is that of its block, or of the node with the skip."""
    spec = json.loads((SPECS / "unet.json").read_text())
    spec["inputs"]["image"]["shape"] = shape
    spec["nodes"]["net"]["allow"] = allow.get("net", [])
    spec["blocks"]["around"]["nodes"]["skip"]["allow"] = allow.get("skip", [])
    return list(netwright.validate(spec, params={"depth": depth, "width": 1}).diagnostics)


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 5, 8])
def test_a_unet_of_any_depth_takes_multiples_of_a_power_of_two(depth: int) -> None:
    (one,) = unet([None, None, 3], depth)
    assert (one.code, one.severity) == ("T423", Severity.WARNING)
    assert one.message.endswith(f"only where the height and the width of `image` are multiples of {2**depth}")


@pytest.mark.parametrize(
    ("shape", "sizes"),
    [
        ([None, 64, 3], "the height of `image` is a multiple of 16"),
        ([64, "wide", 3], "the width of `image` is a multiple of 16"),
        (["side", "side", 3], "the height and the width of `image` are multiples of 16"),
    ],
)
def test_only_what_is_open_is_told(shape: list[Any], sizes: str) -> None:
    (one,) = unet(shape, 4)
    assert one.message.endswith(f"only where {sizes}")


def test_a_unet_of_no_depth_and_one_of_a_given_size_fit() -> None:
    assert unet([None, None, 3], 0) == []
    assert unet([48, 80, 3], 4) == []


@pytest.mark.parametrize(
    ("shape", "way_out"),
    [
        ([100, 100, 3], "the height and the width of `image` must be multiples of 16, as 96 or 112"),
        ([100, 96, 3], "the height of `image` must be a multiple of 16, as 96 or 112"),
        ([96, 100, 3], "the width of `image` must be a multiple of 16, as 96 or 112"),
        ([100, 36, 3], "the height and the width of `image` must be multiples of 16"),
        # Both are in the way, but on different levels.
        ([100, 1000, 3], "the height and the width of `image` must be multiples of 16"),
        (["high", 100, 3], "the width of `image` must be a multiple of 16, as 96 or 112"),
        ([24, 96, 3], "the height of `image` must be a multiple of 16, as 16 or 32"),
    ],
)
def test_a_given_size_that_does_not_divide(shape: list[Any], way_out: str) -> None:
    found = unet(shape, 4)
    assert [one.code for one in found] == ["T404"]
    assert found[0].help == way_out


def test_of_a_size_below_all_multiples_the_next_is_named() -> None:
    (one,) = told({"image": [1, 4, 3]}, {"a": DOWN, "b": UP, "out": JOIN}, ["image", "a", "b", "out"], ["image", "out"])
    assert one.help == "the height of `image` must be a multiple of 2, as 2"


def test_the_warning_can_be_allowed_where_it_is_told_and_at_a_use_of_a_block() -> None:
    assert unet([None, None, 3], 4, net=["sizes-may-differ"]) == []
    assert unet([None, None, 3], 4, skip=["sizes-may-differ"]) == []
    assert [one.code for one in unet([64, 64, 3], 4, net=["sizes-may-differ"])] == ["V219"]
    assert [one.code for one in unet([64, 64, 3], 4, skip=["sizes-may-differ"])] == ["V219"]


def test_a_node_can_allow_it() -> None:
    edges = (["image", "down", "up", "out"], ["image", "out"])
    assert [one.code for one in told(OPEN, {"down": POOL, "up": UP, "out": JOIN}, *edges)] == ["T423"]
    assert told(OPEN, {"down": POOL, "up": UP, "out": {**JOIN, "allow": ["sizes-may-differ"]}}, *edges) == []


@pytest.mark.parametrize(
    ("nodes", "divisor"),
    [
        ({"a": {**POOL, "pool_size": 3}, "b": {**UP, "size": 3}}, 3),
        ({"a": {**POOL, "pool_size": 3}, "c": POOL, "b": {**UP, "size": 6}}, 6),
        ({"a": DOWN, "b": UP}, 2),
        ({"a": DOWN, "b": {**DOWN, "type": "Conv2DTranspose", "filters": 3}}, 2),
        ({"a": {**DOWN, "strides": 5}, "b": {**UP, "size": 5}}, 5),
    ],
)
@pytest.mark.parametrize("merge", ["Add", "Concatenate"])
def test_other_strides_and_merges(nodes: dict[str, dict[str, Any]], divisor: int, merge: str) -> None:
    nodes = {**nodes, "last": {**SAME, "filters": 3}, "out": {"type": merge}}
    (one,) = told(OPEN, nodes, ["image", *nodes], ["image", "out"])
    assert one.code == "T423"
    assert one.message.endswith(f"are multiples of {divisor}")


def test_two_networks_on_one_input_are_told_apart() -> None:
    nodes = {
        "a": POOL,
        "b": UP,
        "ab": JOIN,
        "c": {**POOL, "pool_size": 3},
        "d": {**UP, "size": 3},
        "cd": JOIN,
        "out": JOIN,
    }
    edges = (["image", "a", "b", "ab", "out"], ["image", "ab"], ["image", "c", "d", "cd", "out"], ["image", "cd"])
    found = told({"image": [None, 12, 1]}, nodes, *edges)
    assert [(one.message.split()[0], one.message[-1]) for one in found] == [("`ab`", "2"), ("`cd`", "3")]


def test_of_given_sizes_each_network_has_its_own_number() -> None:
    nodes = {"a": POOL, "b": UP, "ab": JOIN, "c": {**POOL, "pool_size": 3}, "d": {**UP, "size": 3}, "cd": JOIN}
    edges = (["image", "a", "b", "ab"], ["image", "ab"], ["image", "c", "d", "cd"], ["image", "cd"])
    found = [one.help for one in told({"image": [25, 12, 1]}, nodes, *edges) if one.code == "T404"]
    assert found == [
        "the height of `image` must be a multiple of 2, as 24 or 26",
        "the height of `image` must be a multiple of 3, as 24 or 27",
    ]


def test_steps_are_told_by_their_axis() -> None:
    nodes = {"a": {"type": "MaxPooling1D"}, "b": {"type": "UpSampling1D"}, "out": JOIN}
    (one,) = told({"sound": ["time", 2]}, nodes, ["sound", "a", "b", "out"], ["sound", "out"])
    assert one.message.endswith("only where the size of axis 1 of `sound` is a multiple of 2")


CROPS = {"type": "Cropping2D", "cropping": 1}
RESIZED = {"type": "Resizing", "height": 8, "width": 8}
VALID = {"type": "Conv2D", "filters": 3, "kernel_size": 3}
GOOD: list[tuple[dict[str, Any], dict[str, Any], list[list[Any]]]] = [
    # Convolutions that keep sizes, around which there is a skip.
    (OPEN, {"a": {**SAME, "filters": 3}, "out": {"type": "Add"}}, [["image", "a", "out"], ["image", "out"]]),
    # Cropping that makes up for convolutions that do not.
    (OPEN, {"a": VALID, "c": CROPS, "out": {"type": "Add"}}, [["image", ["a", "c"], "out"]]),
    # Two ways to halve that round alike.
    (OPEN, {"a": DOWN, "b": {**POOL, "padding": "same"}, "out": JOIN}, [["image", ["a", "b"], "out"]]),
    # Whatever the size, one number for each channel is left.
    (
        OPEN,
        {"a": POOL, "b": {"type": "GlobalMaxPooling2D"}, "c": {"type": "GlobalMaxPooling2D"}, "out": JOIN},
        [["image", "a", "b", "out"], ["image", "c", "out"]],
    ),
    # Both are resized.
    (
        OPEN,
        {"a": POOL, "b": RESIZED, "c": RESIZED, "out": JOIN},
        [["image", "a", "b", "out"], ["image", "c", "out"]],
    ),
    # No two tensors meet.
    (OPEN, {"a": POOL, "out": UP}, [["image", "a", "out"]]),
    # Sizes that are unknown by themselves, or the same by name.
    ({"x": [None, 3], "y": [None, 3]}, {"out": {"type": "Add"}}, [["x", "out"], ["y", "out"]]),
    ({"x": ["t", 3], "y": ["t", 3]}, {"out": {"type": "Add"}}, [["x", "out"], ["y", "out"]]),
    # Attention over any number of steps, with a skip around it.
    (
        {"x": [None, 4]},
        {"a": {"type": "MultiHeadAttention", "num_heads": 1, "key_dim": 2}, "out": {"type": "Add"}},
        [["x", "a:query", "out"], ["x", "a:value"], ["x", "out"]],
    ),
    # One axis is spread over all rows.
    (
        OPEN,
        {"a": POOL, "b": {"type": "GlobalMaxPooling2D", "keepdims": True}, "out": {"type": "Multiply"}},
        [["image", "a", "b", "out"], ["image", "out"]],
    ),
]


@pytest.mark.parametrize(("inputs", "nodes", "edges"), GOOD)
def test_nothing_is_told_of_what_fits_all_sizes(
    inputs: dict[str, Any], nodes: dict[str, Any], edges: list[Any]
) -> None:
    assert told(inputs, nodes, *edges) == []
