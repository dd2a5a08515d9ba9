"""Layers that are not trained, on purpose."""

from __future__ import annotations

from typing import Any

from tests.uses.model import conv, dense, model

FROZEN: dict[str, Any] = {"trainable": False}
NORM = {"type": "BatchNormalization"}
IMAGE = {"image": [8, 8, 3]}
LABEL = {"label": "sparse_categorical_crossentropy"}

USES = {
    "frozen_backbone": model(
        IMAGE,
        {"look": conv(4, **FROZEN), "pool": "GlobalAveragePooling2D", "label": dense(3, "softmax")},
        [["image", "look", "pool", "label"]],
        {"label": "label"},
        LABEL,
    ),
    "frozen_backbone_with_its_statistics": model(
        IMAGE,
        {
            "conv_1": conv(4, use_bias=False, **FROZEN),
            "norm_1": {**NORM, **FROZEN},
            "relu_1": "ReLU",
            "conv_2": conv(4, use_bias=False, **FROZEN),
            "norm_2": {**NORM, **FROZEN},
            "add": "Add",
            "pool": "GlobalAveragePooling2D",
            "label": dense(3, "softmax"),
        },
        [["image", "conv_1", "norm_1", "relu_1", "conv_2", "norm_2", "add", "pool", "label"], ["relu_1", "add"]],
        {"label": "label"},
        LABEL,
    ),
    "only_the_norms_are_trained": model(
        IMAGE,
        {"look": conv(4, **FROZEN), "norm": NORM, "pool": "GlobalMaxPooling2D", "label": dense(3, "softmax")},
        [["image", "look", "norm", "pool", "label"]],
        {"label": "label"},
        LABEL,
    ),
    "frozen_norm_of_the_input": model(
        {"x": [4]},
        {"scale": {**NORM, **FROZEN}, "hidden": dense(4, "relu"), "y": dense(1)},
        [["x", "scale", "hidden", "y"]],
        {"y": "y"},
        {"y": "mse"},
    ),
    "word_vectors_from_elsewhere": model(
        {"words": ([5], "int32")},
        {
            "vectors": {"type": "Embedding", "input_dim": 9, "output_dim": 4, "mask_zero": True, **FROZEN},
            "read": {"type": "LSTM", "units": 4},
            "mood": dense(1, "sigmoid"),
        },
        [["words", "vectors", "read", "mood"]],
        {"mood": "mood"},
        {"mood": "binary_crossentropy"},
    ),
    "random_features": model(
        {"x": [4]},
        {
            "features": {**dense(16, **FROZEN), "kernel_initializer": "random_normal"},
            "cos": {"op": "cos"},
            "y": dense(1),
        },
        [["x", "features", "cos", "y"]],
        {"y": "y"},
        {"y": "squared_hinge"},
    ),
    "old_branch_beside_a_new_one": model(
        {"x": [4]},
        {
            "old": dense(4, **FROZEN),
            "old_norm": {**NORM, **FROZEN},
            "new": dense(4),
            "new_norm": NORM,
            "both": "Concatenate",
            "y": dense(1),
        },
        [["x", "old", "old_norm", "both"], ["x", "new", "new_norm", "both", "y"]],
        {"y": "y"},
        {"y": "mse"},
    ),
    "critic_that_only_judges": model(
        {"noise": [4]},
        {"make": dense(6, "tanh"), "judge": dense(4, "relu", **FROZEN), "real": dense(1, "sigmoid", **FROZEN)},
        [["noise", "make", "judge", "real"]],
        {"real": "real", "made": "make"},
        {"real": "binary_crossentropy", "made": None},
    ),
    "adapter_between_frozen_layers": model(
        {"x": [4]},
        {
            "in": dense(4, **FROZEN),
            "down": dense(2),
            "up": dense(4),
            "add": "Add",
            "out": dense(4, **FROZEN),
            "label": dense(3, "softmax", **FROZEN),
        },
        [["x", "in", "down", "up", "add", "out", "label"], ["in", "add"]],
        {"label": "label"},
        LABEL,
    ),
}
