"""Branches that meet, and sizes that are spread on purpose."""

from __future__ import annotations

from typing import Any

from tests.uses.model import conv, dense, model

IMAGE = {"image": [8, 8, 3]}
SERIES = {"series": [6, 4]}
MSE = {"y": "mse"}


def of_images(nodes: dict[str, Any], edges: list[Any]) -> Any:
    """From an image to a number; the last node is `end`."""
    more = {"pool": "GlobalAveragePooling2D", "y": dense(1)}
    return model(IMAGE, {**nodes, **more}, [*edges, ["end", "pool", "y"]], {"y": "y"}, MSE)


def of_series(nodes: dict[str, Any], edges: list[Any]) -> Any:
    more = {"pool": "GlobalAveragePooling1D", "y": dense(1)}
    return model(SERIES, {**nodes, **more}, [*edges, ["end", "pool", "y"]], {"y": "y"}, MSE)


def of_vectors(nodes: dict[str, Any], edges: list[Any]) -> Any:
    return model({"x": [4]}, {**nodes, "y": dense(1)}, [*edges, ["end", "y"]], {"y": "y"}, MSE)


USES = {
    "squeeze_and_excitation": of_images(
        {
            "look": conv(4),
            "squeeze": "GlobalAveragePooling2D",
            "reduce": dense(2, "relu"),
            "excite": dense(4, "sigmoid"),
            "shape": {"type": "Reshape", "target_shape": [1, 1, 4]},
            "end": "Multiply",
        },
        [["image", "look", "squeeze", "reduce", "excite", "shape", "end"], ["look", "end"]],
    ),
    "spatial_attention": of_images(
        {"look": conv(4), "where": conv(1, activation="sigmoid"), "end": "Multiply"},
        [["image", "look", "where", "end"], ["look", "end"]],
    ),
    "channels_that_depend_on_a_label": model(
        {**IMAGE, "label": ([], "int32")},
        {
            "look": conv(4),
            "scale": {"type": "Embedding", "input_dim": 5, "output_dim": 4},
            "shape": {"type": "Reshape", "target_shape": [1, 1, 4]},
            "scaled": {"op": "multiply"},
            "pool": "GlobalAveragePooling2D",
            "y": dense(1),
        },
        [["image", "look", "scaled:x1"], ["label", "scale", "shape", "scaled:x2"], ["scaled", "pool", "y"]],
        {"y": "y"},
        MSE,
    ),
    "gate_of_each_step": of_series(
        {"look": dense(4, "tanh"), "gate": dense(1, "sigmoid"), "end": "Multiply"},
        [["series", ["look", "gate"], "end"]],
    ),
    "gate_of_all": of_vectors(
        {"look": dense(4, "tanh"), "gate": dense(1, "sigmoid"), "end": "Multiply"}, [["x", ["look", "gate"], "end"]]
    ),
    "attention_over_steps": model(
        SERIES,
        {
            "score": dense(1),
            "share": {"type": "Softmax", "axis": 1},
            "weighted": "Multiply",
            "sum": {"op": "sum", "axis": 1},
            "y": dense(1),
        },
        [["series", "score", "share", "weighted"], ["series", "weighted", "sum", "y"]],
        {"y": "y", "attention": "share"},
        {"y": "mse", "attention": None},
    ),
    "attention_over_steps_by_dot": of_vectors(
        {
            "keys": {"type": "RepeatVector", "n": 3},
            "look": {"type": "GRU", "units": 4, "return_sequences": True},
            "score": {"type": "Dot", "axes": [2, 1]},
            "share": "Softmax",
            "end": {"type": "Dot", "axes": [1, 1]},
        },
        [["x", "keys", "look", "score"], ["x", "score", "share", "end"], ["look", "end"]],
    ),
    "highway": of_vectors(
        {
            "gate": dense(4, "sigmoid"),
            "new": dense(4, "relu"),
            "rest": {"op": "subtract", "x1": 1.0},
            "carry": "Multiply",
            "change": "Multiply",
            "end": "Add",
        },
        [
            ["x", ["gate", "new"], "change"],
            ["gate", "rest:x2"],
            ["rest", "carry"],
            ["x", "carry"],
            [["change", "carry"], "end"],
        ],
    ),
    "mixture_of_experts": of_vectors(
        {
            "gate": dense(3, "softmax"),
            "shares": {"type": "Reshape", "target_shape": [3, 1]},
            "first": dense(4, "relu"),
            "second": dense(4, "relu"),
            "third": dense(4, "relu"),
            "experts": {"op": "stack", "axis": 1},
            "weighted": "Multiply",
            "end": {"op": "sum", "axis": 1},
        },
        [
            ["x", "gate", "shares", "weighted"],
            ["x", ["first", "second", "third"], "experts", "weighted", "end"],
        ],
    ),
    "interactions_of_features": of_vectors(
        {
            "a": dense(3),
            "b": dense(3),
            "rows": {"type": "Reshape", "target_shape": [3, 1]},
            "columns": {"type": "Reshape", "target_shape": [1, 3]},
            "pairs": "Multiply",
            "end": "Flatten",
        },
        [["x", "a", "rows", "pairs"], ["x", "b", "columns", "pairs", "end"]],
    ),
    "residual_with_projection": of_images(
        {
            "norm": "BatchNormalization",
            "look": conv(4, strides=2, activation="relu"),
            "short": {"type": "Conv2D", "filters": 4, "kernel_size": 1, "strides": 2},
            "end": "Add",
        },
        [["image", "norm", "look", "end"], ["image", "short", "end"]],
    ),
    "stochastic_depth_by_dropout": of_images(
        {"look": conv(3), "drop": {"type": "Dropout", "rate": 0.2, "noise_shape": [None, 1, 1, 1]}, "end": "Add"},
        [["image", "look", "drop", "end"], ["image", "end"]],
    ),
    "rounded_with_straight_gradients": of_vectors(
        {
            "code": dense(4, "sigmoid"),
            "hard": {"op": "round"},
            "difference": {"op": "subtract"},
            "constant": {"op": "stop_gradient"},
            "end": {"op": "add"},
        },
        [
            ["x", "code", "hard", "difference:x1"],
            ["code", "difference:x2"],
            ["difference", "constant", "end:x1"],
            ["code", "end:x2"],
        ],
    ),
    "target_network_that_is_not_trained": model(
        {"x": [4]},
        {
            "online": dense(4, "tanh"),
            "target": dense(4, "tanh", trainable=False),
            "stop": {"op": "stop_gradient"},
            "near": {"type": "Dot", "axes": 1, "normalize": True},
        },
        [["x", "online", "near"], ["x", "target", "stop", "near"]],
        {"near": "near"},
        {"near": "mse"},
    ),
    "wide_and_deep": model(
        {"wide": [8], "deep": [4]},
        {"hidden": dense(4, "relu"), "left": dense(1), "right": dense(1), "sum": "Add", "y": {"op": "sigmoid"}},
        [["wide", "left", "sum"], ["deep", "hidden", "right", "sum", "y"]],
        {"y": "y"},
        {"y": "binary_crossentropy"},
        metrics={"y": ["accuracy"]},
    ),
    "inception": of_images(
        {
            "small": conv(2, 1),
            "large": conv(2),
            "pooled": {"type": "MaxPooling2D", "pool_size": 3, "strides": 1, "padding": "same"},
            "end": "Concatenate",
        },
        [["image", ["small", "large", "pooled"], "end"]],
    ),
    "groups_of_channels": of_images(
        {
            "widen": conv(4, 1),
            "groups": conv(4, groups=2),
            "depth": {"type": "DepthwiseConv2D", "kernel_size": 3},
            "norm": {"type": "GroupNormalization", "groups": 2},
            "end": {"type": "PReLU", "shared_axes": [1, 2]},
        },
        [["image", "widen", "groups", "depth", "norm", "end"]],
    ),
}
