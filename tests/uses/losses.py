"""Losses, and the numbers they are given."""

from __future__ import annotations

from typing import Any

from tests.uses.model import conv, dense, model

LOGITS = {"from_logits": True}
IMAGE = [6, 6, 1]


def ends(last: dict[str, Any], loss: Any, *, x: list[int] | None = None, **more: Any) -> Any:
    """A hidden layer, and one more."""
    target = {"target": more.pop("target")} if "target" in more else {}
    compiled = {key: {"y": one} for key, one in more.items()}
    nodes = {"hidden": dense(6, "relu"), "y": last}
    return model(
        {"x": x or [6]}, nodes, [["x", "hidden", "y"]], {"y": {"from": "y", **target}}, {"y": loss}, **compiled
    )


USES = {
    "several_labels_at_once": ends(
        dense(4, "sigmoid"), "binary_crossentropy", metrics=["binary_accuracy", {"type": "AUC", "multi_label": True}]
    ),
    "yes_or_no_by_logits": ends(
        dense(1),
        {"type": "BinaryCrossentropy", **LOGITS},
        metrics=[{"type": "AUC", **LOGITS}, {"type": "BinaryAccuracy", "threshold": 0.0}],
    ),
    "focal_loss_by_logits": ends(
        dense(4), {"type": "BinaryFocalCrossentropy", "apply_class_balancing": True, **LOGITS}
    ),
    "one_hot_by_logits": ends(dense(3), {"type": "CategoricalCrossentropy", **LOGITS}, metrics=["accuracy"]),
    "classes_by_logits": ends(dense(3), {"type": "SparseCategoricalCrossentropy", **LOGITS}, metrics=["accuracy"]),
    "distilled_by_logits": ends(dense(3), "mse", target={"shape": [3]}),
    "distilled_by_soft_labels": ends(dense(3, "softmax"), "kl_divergence", target={"shape": [3], "dtype": "float32"}),
    "two_classes_with_a_unit_each": ends(dense(2, "softmax"), "categorical_crossentropy", metrics=["accuracy"]),
    "brier_score": ends(dense(3, "softmax"), "mse", metrics=["accuracy"]),
    "least_squares_for_yes_or_no": ends(dense(1, "sigmoid"), "mse", metrics=["binary_accuracy"]),
    "counts_by_exponential": ends(dense(1, "exponential"), "poisson"),
    "counts_by_softplus": ends(dense(2, "softplus"), "poisson", target={"shape": [2], "dtype": "int32"}),
    "directions": ends(dense(3), "cosine_similarity", metrics=["cosine_similarity"]),
    "margin_by_tanh": ends(dense(1, "tanh"), "hinge", metrics=["hinge"]),
    "margin_by_any_number": ends(dense(1), "squared_hinge"),
    "margin_of_classes": ends(dense(3), "categorical_hinge", metrics=["categorical_accuracy"]),
    "outliers": ends(dense(1), "huber", metrics=["mae", {"type": "RootMeanSquaredError"}]),
    "orders_of_magnitude": ends(dense(1, "softplus"), "msle"),
    "positive_numbers_by_relu": ends(dense(1, "relu"), "mape"),
    "noisy_labels": ends(dense(3, "softmax"), {"type": "CategoricalGeneralizedCrossEntropy", "q": 0.7}),
    "smoothed_labels": ends(dense(3, "softmax"), {"type": "CategoricalCrossentropy", "label_smoothing": 0.1}),
    "ranks_as_thresholds": ends(dense(4, "sigmoid"), "binary_crossentropy", target={"shape": [4]}),
    "quantiles": ends(dense(3), "mae", target={"shape": [3], "dtype": "float32"}),
    "one_number_without_an_axis": ends(dense(1), "mse", target={"shape": []}),
    "classes_in_a_column": ends(
        dense(3, "softmax"), "sparse_categorical_crossentropy", target={"shape": [1], "dtype": "int64", "classes": 3}
    ),
    "more_units_than_classes": ends(
        dense(5, "softmax"), "sparse_categorical_crossentropy", target={"shape": [], "dtype": "uint8", "classes": 3}
    ),
    "yes_or_no_as_truth_values": ends(dense(1, "sigmoid"), "bce", target={"shape": [1], "dtype": "bool", "classes": 2}),
    "loss_by_the_shape": ends(dense(3, "softmax"), "crossentropy", metrics=["accuracy"]),
    "sum_instead_of_mean": ends(dense(2), {"type": "MeanSquaredError", "reduction": "sum"}),
    "temperature": model(
        {"x": [6]},
        {"logits": dense(3), "cooler": {"op": "divide", "x2": 2.0}, "y": {"op": "softmax"}},
        [["x", "logits", "cooler", "y"]],
        {"y": "y"},
        {"y": "categorical_crossentropy"},
    ),
    "letters_of_a_line": ends(dense(5), "ctc", x=[8, 3]),
    "letters_of_a_line_with_a_recurrent_layer": model(
        {"line": [8, 3]},
        {
            "read": {"type": "Bidirectional", "layer": {"type": "LSTM", "units": 4, "return_sequences": True}},
            "letters": dense(5),
        },
        [["line", "read", "letters"]],
        {"text": {"from": "letters", "target": {"shape": [3], "dtype": "int32"}}},
        {"text": "ctc"},
    ),
    "overlap_of_masks": model(
        {"image": IMAGE},
        {"look": conv(4, activation="relu"), "mask": conv(1, 1, activation="sigmoid")},
        [["image", "look", "mask"]],
        {"mask": "mask"},
        {"mask": {"type": "Dice", "axis": [1, 2, 3]}},
        metrics={"mask": [{"type": "BinaryIoU", "target_class_ids": [1], "threshold": 0.5}]},
    ),
    "lesions_that_are_rare": model(
        {"image": IMAGE},
        {"mask": conv(1, activation="sigmoid")},
        [["image", "mask"]],
        {"mask": "mask"},
        {"mask": {"type": "Tversky", "alpha": 0.3, "beta": 0.7}},
    ),
    "autoencoder_of_numbers": model(
        {"x": [6]},
        {"noise": {"type": "GaussianNoise", "stddev": 0.1}, "code": dense(2, "relu"), "again": dense(6)},
        [["x", "noise", "code", "again"]],
        {"x": "again", "code": "code"},
        {"x": "mse", "code": None},
    ),
    "autoencoder_of_images": model(
        {"image": [8, 8, 1]},
        {
            "down": conv(4, strides=2, activation="relu"),
            "up": {"type": "Conv2DTranspose", "filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"},
            "paint": conv(1, activation="sigmoid"),
        },
        [["image", "down", "up", "paint"]],
        {"image": {"from": "paint", "target": {"shape": [8, 8, 1]}}},
        {"image": "binary_crossentropy"},
    ),
    "images_by_tanh": model(
        {"code": [4]},
        {
            "wide": dense(16, "relu"),
            "image": {"type": "Reshape", "target_shape": [4, 4, 1]},
            "paint": conv(1, activation="tanh"),
        },
        [["code", "wide", "image", "paint"]],
        {"image": "paint"},
        {"image": "mae"},
    ),
    "classes_on_the_first_axis": model(
        {"x": [4, 6]},
        {"turn": {"type": "Permute", "dims": [2, 1]}, "label": {"type": "Softmax", "axis": 1}, "mix": dense(5)},
        [["x", "mix", "turn", "label"]],
        {"y": {"from": "label", "target": {"shape": [5, 4]}}},
        {"y": {"type": "CategoricalCrossentropy", "axis": 1}},
    ),
    "mean_of_two_models": model(
        {"x": [6]},
        {"one": dense(3, "softmax"), "other": dense(3, "softmax"), "mean": "Average"},
        [["x", ["one", "other"], "mean"]],
        {"label": "mean"},
        {"label": "sparse_categorical_crossentropy"},
        metrics={"label": ["accuracy"]},
    ),
    "probability_of_a_mixture": model(
        {"x": [6]},
        {"a": dense(1, "sigmoid"), "b": dense(1, "sigmoid"), "either": {"op": "maximum"}},
        [["x", ["a", "b"], "either"]],
        {"y": "either"},
        {"y": "binary_crossentropy"},
    ),
    "rating_between_bounds": model(
        {"x": [6]},
        {"share": dense(1, "sigmoid"), "stars": {"type": "Rescaling", "scale": 4.0, "offset": 1.0}},
        [["x", "share", "stars"]],
        {"stars": "stars"},
        {"stars": "mse"},
        metrics={"stars": ["mae"]},
    ),
}
