"""What the numbers are: text, categories, dates, half precision."""

from __future__ import annotations

from typing import Any

from tests.uses.model import dense, model

TOWNS: dict[str, Any] = {"town": ([], "string")}
MSE = {"y": "mse"}
LOOKUP = {"type": "StringLookup", "vocabulary": ["a", "b", "c"]}
NARROW = {"hidden": dense(6, "relu"), "label": dense(3, "softmax", dtype="float32"), "price": dense(1, dtype="float32")}
BOTH = {"label": "sparse_categorical_crossentropy", "price": "mse"}

USES = {
    "towns_by_name": model(
        TOWNS,
        {"number": LOOKUP, "vector": {"type": "Embedding", "input_dim": 4, "output_dim": 3}, "y": dense(1)},
        [["town", "number", "vector", "y"]],
        {"y": "y"},
        MSE,
    ),
    "towns_as_one_hot": model(
        TOWNS,
        {"number": {**LOOKUP, "output_mode": "one_hot"}, "y": dense(1)},
        [["town", "number", "y"]],
        {"y": "y"},
        MSE,
    ),
    "categories_as_one_hot": model(
        {"kind": ([1], "int32")},
        {"one_hot": {"type": "CategoryEncoding", "num_tokens": 4, "output_mode": "one_hot"}, "y": dense(1)},
        [["kind", "one_hot", "y"]],
        {"y": "y"},
        MSE,
    ),
    "age_in_bins": model(
        {"age": [1]},
        {
            "bin": {"type": "Discretization", "bin_boundaries": [-1.0, 0.0, 1.0]},
            "vector": {"type": "Embedding", "input_dim": 4, "output_dim": 3},
            "flat": "Flatten",
            "y": dense(1),
        },
        [["age", "bin", "vector", "flat", "y"]],
        {"y": "y"},
        MSE,
    ),
    "hashed_users": model(
        {"user": ([], "string")},
        {
            "bucket": {"type": "Hashing", "num_bins": 8},
            "vector": {"type": "Embedding", "input_dim": 8, "output_dim": 3},
            "y": dense(1),
        },
        [["user", "bucket", "vector", "y"]],
        {"y": "y"},
        MSE,
    ),
    "known_mean_and_variance": model(
        {"x": [2]},
        {"scale": {"type": "Normalization", "mean": [1.0, 2.0], "variance": [1.0, 4.0]}, "y": dense(1)},
        [["x", "scale", "y"]],
        {"y": "y"},
        MSE,
    ),
    "mixed_precision_but_for_the_heads": model(
        {"x": [6]},
        NARROW,
        [["x", "hidden", ["label", "price"]]],
        {"label": "label", "price": "price", "embedding": "hidden"},
        {**BOTH, "embedding": None},
        dtype_policy="mixed_float16",
        metrics={"label": ["accuracy"]},
    ),
    "mixed_precision_with_a_last_activation": model(
        {"x": [6]},
        {"logits": dense(3), "label": {"type": "Activation", "activation": "softmax", "dtype": "float32"}},
        [["x", "logits", "label"]],
        {"label": "label"},
        {"label": "sparse_categorical_crossentropy"},
        dtype_policy="mixed_bfloat16",
    ),
    "double_precision": model(
        {"x": ([6], "float64")},
        {"hidden": dense(6, "tanh"), "y": dense(1)},
        [["x", "hidden", "y"]],
        {"y": "y"},
        MSE,
        dtype_policy="float64",
    ),
    "bytes_as_numbers": model(
        {"image": ([6, 6, 1], "uint8")},
        {"scale": {"type": "Rescaling", "scale": 0.00392}, "flat": "Flatten", "label": dense(3, "softmax")},
        [["image", "scale", "flat", "label"]],
        {"label": "label"},
        {"label": "sparse_categorical_crossentropy"},
    ),
    "truth_values_as_numbers": model(
        {"flags": ([4], "bool")},
        {"number": {"op": "cast", "dtype": "float32"}, "y": dense(1)},
        [["flags", "number", "y"]],
        {"y": "y"},
        MSE,
    ),
    "learned_table_of_users_and_items": model(
        {"user": ([], "int32"), "item": ([], "int32")},
        {
            "users": {"type": "Embedding", "input_dim": 5, "output_dim": 4},
            "items": {"type": "Embedding", "input_dim": 7, "output_dim": 4},
            "user_bias": {"type": "Embedding", "input_dim": 5, "output_dim": 1},
            "taste": {"type": "Dot", "axes": 1},
            "rating": "Add",
        },
        [
            ["user", ["users", "user_bias"]],
            ["item", "items"],
            [["users", "items"], "taste", "rating"],
            ["user_bias", "rating"],
        ],
        {"rating": "rating"},
        {"rating": "mse"},
    ),
    "nothing_but_a_table": model(
        {"user": ([], "int32")},
        {"mean": {"type": "Embedding", "input_dim": 5, "output_dim": 1}},
        [["user", "mean"]],
        {"y": "mean"},
        MSE,
    ),
}
