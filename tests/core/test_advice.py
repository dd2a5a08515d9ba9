"""The ways out of shape faults: told where they are right, which the mended spec shows, and not told elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from netwright.compiler import analyse
from netwright.diagnostics import Diagnostic

Nodes = dict[str, dict[str, Any]]
Layer = dict[str, Any]
IMAGE: dict[str, Any] = {"x": [8, 8, 3]}
STEPS: dict[str, Any] = {"x": [6, 2]}
LSTM: Layer = {"type": "LSTM", "units": 4}
ALL: Layer = {**LSTM, "return_sequences": True}
STATES: Layer = {**LSTM, "return_state": True}
DENSE: Layer = {"type": "Dense", "units": 5}
CONV: Layer = {"type": "Conv2D", "filters": 4, "kernel_size": 3}
SAME: Layer = {**CONV, "padding": "same"}
JOIN: Layer = {"type": "Concatenate"}
ADD: Layer = {"type": "Add"}
FLAT: Layer = {"type": "Flatten"}
DROPPED: Layer = {"type": "Dropout", "rate": 0.5}


def told(inputs: dict[str, Any], nodes: Nodes, *edges: list[Any]) -> list[Diagnostic]:
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


def advice(inputs: dict[str, Any], nodes: Nodes, *edges: list[Any]) -> str:
    """The help of the only fault."""
    (one,) = told(inputs, nodes, *edges)
    return one.help or ""


def test_a_recurrent_layer_that_gives_one_step_and_all_are_needed() -> None:
    path = ["x", "a", "drop", "b"]
    way_out = advice(STEPS, {"a": LSTM, "drop": DROPPED, "b": LSTM}, path)
    assert way_out.startswith('set `"return_sequences": true` at `a`')
    assert not told(STEPS, {"a": ALL, "drop": DROPPED, "b": LSTM}, path)


def test_both_directions_give_one_step() -> None:
    both = {"type": "Bidirectional", "layer": LSTM}
    assert "at the `layer` of `a`" in advice(STEPS, {"a": both, "b": LSTM}, ["x", "a", "b"])
    assert not told(STEPS, {"a": {**both, "layer": ALL}, "b": LSTM}, ["x", "a", "b"])


def test_what_others_need_is_not_to_be_changed() -> None:
    nodes = {"a": LSTM, "b": LSTM, "head": DENSE, "out": JOIN}
    assert "return_sequences" not in advice(STEPS, nodes, ["x", "a", ["b", "head"], "out"])


def test_a_state_is_no_sequence() -> None:
    assert "return_sequences" not in advice(STEPS, {"a": STATES, "b": LSTM}, ["x", "a"], ["a:state_h", "b"])


def test_all_steps_where_one_is_needed() -> None:
    repeat = {"type": "RepeatVector", "n": 3}
    assert advice(STEPS, {"a": ALL, "b": repeat}, ["x", "a", "b"]).startswith("leave out `return_sequences` at `a`")
    assert not told(STEPS, {"a": LSTM, "b": repeat}, ["x", "a", "b"])


def test_a_flatten_before_what_needs_axes() -> None:
    assert advice(STEPS, {"a": FLAT, "b": LSTM}, ["x", "a", "b"]).startswith("leave out `a` (Flatten)")
    # Without it, the convolution would get 3 axes.
    assert "leave out" not in advice(STEPS, {"a": FLAT, "b": CONV}, ["x", "a", "b"])


def test_an_image_without_channels() -> None:
    assert "as `[28, 28, 1]`" in advice({"x": [28, 28]}, {"a": CONV}, ["x", "a"])
    assert not told({"x": [28, 28, 1]}, {"a": CONV}, ["x", "a"])
    # Three columns are rather the channels, and a height or a width is missing.
    assert advice({"x": [28, 3]}, {"a": CONV}, ["x", "a"]) == "the axes are (batch, height, width, channels)"
    # What comes from a node can't be written otherwise.
    assert "`shape`" not in advice({"x": [28, 28]}, {"d": DENSE, "a": CONV}, ["x", "d", "a"])


def test_rows_without_steps() -> None:
    assert advice({"x": [20]}, {"a": LSTM}, ["x", "a"]).startswith("if its 20 numbers are steps")
    assert not told({"x": [20, 1]}, {"a": LSTM}, ["x", "a"])


def test_plain_features_before_what_needs_space() -> None:
    assert advice({"x": [20]}, {"d": DENSE, "a": CONV}, ["x", "d", "a"]).startswith("give the features axes")


@pytest.mark.parametrize("size", [8, None])
def test_an_image_where_steps_are_read(size: int | None) -> None:
    inputs = {"x": [size, 6, 4]}
    target = [size or -1, 24]
    way_out = advice(inputs, {"a": LSTM}, ["x", "a"])
    assert f'`"target_shape": {target}`' in way_out
    reshape = {"type": "Reshape", "target_shape": target}
    assert not told(inputs, {"r": reshape, "a": LSTM}, ["x", "r", "a"])
    assert "`TimeDistributed`" in way_out
    # Keras must know how many steps that has.
    if size:
        assert not told(inputs, {"a": {"type": "TimeDistributed", "layer": LSTM}}, ["x", "a"])


def test_time_distributed_without_time() -> None:
    nodes = {"a": {"type": "TimeDistributed", "layer": CONV}}
    assert advice(IMAGE, nodes, ["x", "a"]).startswith("`x` has no axis of steps")
    assert not told(IMAGE, {"a": CONV}, ["x", "a"])
    assert "no axis" not in advice({"x": [8, 8]}, nodes, ["x", "a"]), "the convolution does not fit it either"


def test_a_padding_mask_for_attention() -> None:
    attention = {"type": "MultiHeadAttention", "num_heads": 1, "key_dim": 2}
    inputs, edges = {"x": [6, 2], "m": [6]}, (["x", "a:query"], ["x", "a:value"])
    assert '`{"op": "expand_dims", "axis": 1}`' in advice(inputs, {"a": attention}, *edges, ["m", "a:attention_mask"])
    nodes = {"more": {"op": "expand_dims", "axis": 1}, "a": attention}
    assert not told(inputs, nodes, *edges, ["m", "more", "a:attention_mask"])


@pytest.mark.parametrize(("sizes", "pooling"), [([None, None, 4], "2D"), ([None, 4, 4], "2D"), ([None, 5], "1D")])
def test_unknown_sizes_flattened(sizes: list[int | None], pooling: str) -> None:
    inputs, nodes = {"x": sizes}, {"f": FLAT, "d": DENSE}
    kind = f"GlobalAveragePooling{pooling}"
    assert advice(inputs, nodes, ["x", "f", "d"]).startswith(f"put `{kind}` in the place of `f`")
    assert not told(inputs, {"f": {"type": kind}, "d": DENSE}, ["x", "f", "d"])
    assert "Pooling" not in advice({"x": [4, None]}, nodes, ["x", "f", "d"]), "the channels are unknown too"


def test_factors_for_each_place_of_unknown_many() -> None:
    inputs: dict[str, Any] = {"x": [None, None, 4]}
    assert '`"shared_axes": [1, 2]`' in advice(inputs, {"a": {"type": "PReLU"}}, ["x", "a"])
    assert not told(inputs, {"a": {"type": "PReLU", "shared_axes": [1, 2]}}, ["x", "a"])


def test_features_beside_an_image() -> None:
    inputs, edges = {**IMAGE, "y": [5]}, (["x", "out"], ["y", "out"])
    assert "those of `x` first, with `Flatten`" in advice(inputs, {"out": JOIN}, *edges)
    assert not told(inputs, {"f": FLAT, "out": JOIN}, ["x", "f", "out"], ["y", "out"])
    assert "`Flatten`" not in advice({"x": [None, None, 3], "y": [5]}, {"out": JOIN}, *edges)
    assert advice({"x": [8, 8, 3], "y": [5, 3]}, {"out": JOIN}, *edges) == ""


@pytest.mark.parametrize(
    ("shape", "projection"),
    [
        ([8], {"type": "Dense", "units": 5}),
        ([6, 3], {"type": "Dense", "units": 5}),
        ([8, 8, 3], {"type": "Conv2D", "filters": 5, "kernel_size": 1}),
        ([8, 8, 8, 3], {"type": "Conv3D", "filters": 5, "kernel_size": 1}),
    ],
)
def test_a_shortcut_of_another_width(shape: list[int], projection: dict[str, Any]) -> None:
    inputs, layer = {"x": shape}, projection
    way_out = advice(inputs, {"wide": layer, "out": ADD}, ["x", "wide", "out"], ["x", "out"])
    less = "x" if shape[-1] < 5 else "wide"
    assert f"as `{less}` by a `{layer['type']}` of" in way_out
    assert not told(inputs, {"wide": layer, "short": layer, "out": ADD}, ["x", ["wide", "short"], "out"])


def test_channels_that_come_first_are_not_to_be_projected() -> None:
    first = {**SAME, "data_format": "channels_first", "strides": [1, 2]}
    assert advice({"x": [4, 8, 8]}, {"a": first, "out": ADD}, ["x", "a", "out"], ["x", "out"]) == ""


@pytest.mark.parametrize(
    ("size", "layer", "cropping"),
    [
        (20, CONV, {"type": "Cropping2D", "cropping": 1}),
        (20, {**CONV, "kernel_size": 2}, {"type": "Cropping2D", "cropping": [[0, 1], [0, 1]]}),
        (20, {**CONV, "kernel_size": [3, 1]}, {"type": "Cropping2D", "cropping": [[1, 1], [0, 0]]}),
    ],
)
def test_a_skip_around_valid_convolutions(size: int, layer: dict[str, Any], cropping: dict[str, Any]) -> None:
    inputs = {"x": [size, size, 3]}
    way_out = advice(inputs, {"a": layer, "out": JOIN}, ["x", "a", "out"], ["x", "out"])
    assert way_out == f'crop `x` with a `Cropping2D`: `"cropping": {cropping["cropping"]}`'
    assert not told(inputs, {"a": layer, "c": cropping, "out": JOIN}, ["x", ["a", "c"], "out"])


def test_a_skip_of_steps() -> None:
    layer = {"type": "Conv1D", "filters": 2, "kernel_size": 4}
    assert '`"cropping": [1, 2]`' in advice({"x": [9, 2]}, {"a": layer, "out": ADD}, ["x", "a", "out"], ["x", "out"])
    cropping = {"type": "Cropping1D", "cropping": [1, 2]}
    assert not told({"x": [9, 2]}, {"a": layer, "c": cropping, "out": ADD}, ["x", ["a", "c"], "out"])


def test_a_map_and_a_part_of_it() -> None:
    nodes = {"small": {"type": "MaxPooling2D"}, "out": JOIN}
    assert "an `UpSampling2D` of `size` 2" in advice(IMAGE, nodes, ["x", "small", "out"], ["x", "out"])
    nodes = {"small": {"type": "MaxPooling2D"}, "large": {"type": "UpSampling2D"}, "out": JOIN}
    assert not told(IMAGE, nodes, ["x", "small", "large", "out"], ["x", "out"])


def test_what_has_nothing_to_do_with_each_other_is_not_cropped() -> None:
    assert advice({"x": [10, 4], "y": [12, 4]}, {"out": JOIN}, ["x", "out"], ["y", "out"]) == ""


def test_the_batch_size_in_a_target_shape() -> None:
    nodes = {"a": {"type": "Reshape", "target_shape": [8, 4, 4]}}
    assert advice({"x": [16]}, nodes, ["x", "a"]).endswith("leave out the first, as in `[4, 4]`")
    assert advice({"x": [17]}, nodes, ["x", "a"]) == ""


def test_states_of_both_directions() -> None:
    both = {"type": "Bidirectional", "layer": STATES}
    edges: list[Any] = [[f"b:{number}", "d:initial_state"] for number in range(1, 5)]
    way_out = advice({"x": [6, 2], "t": [5, 2]}, {"b": both, "d": LSTM}, ["x", "b"], ["t", "d"], *edges)
    assert way_out.startswith("join `forward_state_h` with `backward_state_h` and")
    assert way_out.endswith("give `d` 8 `units`")
    mended = {"b": both, "h": JOIN, "c": JOIN, "d": {**LSTM, "units": 8}}
    edges = [[["b:forward_state_h", "b:backward_state_h"], "h", "d:initial_state"]]
    edges += [[["b:forward_state_c", "b:backward_state_c"], "c", "d:initial_state"]]
    assert not told({"x": [6, 2], "t": [5, 2]}, mended, ["x", "b"], ["t", "d"], *edges)


def test_states_of_another_width() -> None:
    inputs, wide = {"x": [6, 2], "t": [5, 2]}, {**LSTM, "units": 8}
    edges = (["x", "e"], ["t", "d"], ["e:state_h", "d:initial_state"], ["e:state_c", "d:initial_state"])
    (one,) = told(inputs, {"e": STATES, "d": wide}, *edges)
    assert one.message.startswith("`d` (LSTM) gets (batch, 4) from `e:state_h`: axis 1 is 4, but must be 8")
    assert (one.help or "").startswith("give `d` 4 `units`")
    assert not told(inputs, {"e": STATES, "d": LSTM}, *edges)


def test_a_sequence_in_the_place_of_a_state() -> None:
    inputs, edges = {"x": [6, 2], "y": [6, 2]}, (["x", "a"], ["y", "a:initial_state"])
    way_out = advice(inputs, {"a": LSTM}, *edges)
    assert way_out.startswith("`y` gives (batch, 6, 2), which is no state: a state is (batch, 4)")
    assert "`state_h` and `state_c`" in advice({"x": [6, 2], "y": [4]}, {"a": LSTM}, *edges)


@pytest.mark.parametrize(
    ("rate", "way_out"), [(20, "20 percent are `0.2`"), (12.5, "12.5 percent are `0.125`"), (1.5, ""), (-1, "")]
)
def test_a_rate_in_percent(rate: float, way_out: str) -> None:
    found = advice({"x": [4]}, {"d": {"type": "Dropout", "rate": rate}}, ["x", "d"])
    assert found.endswith(way_out) if way_out else not found


def test_a_shape_that_is_one_size() -> None:
    assert advice({"x": 28}, {"d": DENSE}, ["x", "d"]) == "write `[28]`"


def test_samples_joined_in_the_place_of_features() -> None:
    edges = (["x", "out"], ["y", "out"])
    assert (
        advice({"x": [4], "y": [5]}, {"out": {**JOIN, "axis": 0}}, *edges)
        == "the axis of features or channels is the last, -1"
    )
    assert not told({"x": [4], "y": [5]}, {"out": {**JOIN, "axis": -1}}, *edges)


def test_two_tensors_at_one_port() -> None:
    attention = {"type": "MultiHeadAttention", "num_heads": 1, "key_dim": 2}
    inputs, edges = {"x": [6, 2], "y": [6, 2]}, (["x", "a:query"], ["y", "a:query"], ["x", "a:value"])
    assert "`Concatenate` or `Add`" in advice(inputs, {"a": attention}, *edges)
    nodes = {"both": ADD, "a": attention}
    assert not told(inputs, nodes, [["x", "y"], "both", "a:query"], ["x", "a:value"])
