"""Layers that are called more than once."""

from __future__ import annotations

from tests.uses.model import dense, model

WORDS = ([5], "int32")

USES = {
    "siamese_towers": model(
        {"left": [6], "right": [6]},
        {
            "tower": dense(4, "relu"),
            "again": {"share": "tower"},
            "difference": "Subtract",
            "distance": {"op": "absolute"},
            "same": dense(1, "sigmoid"),
        },
        [["left", "tower"], ["right", "again"], [["tower", "again"], "difference", "distance", "same"]],
        {"same": "same"},
        {"same": "binary_crossentropy"},
    ),
    "cosine_of_two_towers": model(
        {"user": [6], "item": [6]},
        {"a": dense(4), "b": {"share": "a"}, "cosine": {"type": "Dot", "axes": 1, "normalize": True}},
        [["user", "a", "cosine"], ["item", "b", "cosine"]],
        {"near": {"from": "cosine", "target": {"shape": [1]}}},
        {"near": "mse"},
    ),
    "one_head_for_two_branches": model(
        {"photo": [6], "text": [3]},
        {"see": dense(4), "read": dense(4), "by_photo": dense(3, "softmax"), "by_text": {"share": "by_photo"}},
        [["photo", "see", "by_photo"], ["text", "read", "by_text"]],
        {"photo": "by_photo", "text": "by_text"},
        {"photo": "sparse_categorical_crossentropy", "text": "sparse_categorical_crossentropy"},
        metrics={"photo": ["accuracy"], "text": ["accuracy"]},
    ),
    "weights_of_input_and_output_tied": model(
        {"words": WORDS},
        {
            "table": {"type": "ReversibleEmbedding", "input_dim": 9, "output_dim": 4},
            "read": {"type": "GRU", "units": 4, "return_sequences": True},
            "next": {"share": "table", "call": {"reverse": True}},
        },
        [["words", "table", "read", "next"]],
        {"next": {"from": "next", "target": {"shape": [5], "dtype": "int32", "classes": 9}}},
        {"next": {"type": "SparseCategoricalCrossentropy", "from_logits": True}},
    ),
    "the_same_step_three_times": model(
        {"x": [4]},
        {
            "step": dense(4, "tanh"),
            "second": {"share": "step"},
            "third": {"share": "step"},
            "y": dense(1),
        },
        [["x", "step", "second", "third", "y"]],
        {"y": "y"},
        {"y": "mse"},
    ),
    "triplet_in_one_batch": model(
        {"photo": [8, 8, 1]},
        {
            "look": {"type": "Conv2D", "filters": 4, "kernel_size": 3},
            "flat": "Flatten",
            "embed": dense(8),
            "unit": "UnitNormalization",
        },
        [["photo", "look", "flat", "embed", "unit"]],
        {"face": {"from": "unit", "target": {"shape": [], "dtype": "int32"}}},
        {"face": {"type": "Circle", "margin": 0.25}},
    ),
    "word_and_context": model(
        {"word": ([], "int32"), "context": ([], "int32")},
        {
            "words": {"type": "Embedding", "input_dim": 9, "output_dim": 4},
            "contexts": {"type": "Embedding", "input_dim": 9, "output_dim": 4},
            "score": {"type": "Dot", "axes": 1},
            "near": {"type": "Activation", "activation": "sigmoid"},
        },
        [["word", "words", "score"], ["context", "contexts", "score", "near"]],
        {"near": "near"},
        {"near": "bce"},
    ),
    "frozen_copy_of_a_shared_layer_in_both": model(
        {"left": [6], "right": [6]},
        {
            "features": dense(4, "relu", trainable=False),
            "again": {"share": "features"},
            "join": "Concatenate",
            "same": dense(1),
        },
        [["left", "features"], ["right", "again"], [["features", "again"], "join", "same"]],
        {"same": "same"},
        {"same": {"type": "BinaryCrossentropy", "from_logits": True}},
    ),
}
