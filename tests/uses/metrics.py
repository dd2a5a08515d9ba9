"""Metrics beside losses that do not share their name."""

from __future__ import annotations

from typing import Any

from tests.uses.model import conv, dense, model


def measured(last: dict[str, Any], loss: Any, *metrics: Any, key: str = "metrics", **more: Any) -> Any:
    nodes = {"hidden": dense(6, "relu"), "y": last}
    out = {"y": {"from": "y", **more}}
    return model({"x": [6]}, nodes, [["x", "hidden", "y"]], out, {"y": loss}, **{key: {"y": list(metrics)}})


YES = dense(1, "sigmoid")
CLASSES = dense(4, "softmax")
SPARSE, ONE_HOT = "sparse_categorical_crossentropy", "categorical_crossentropy"

USES = {
    "yes_or_no_in_every_way": measured(
        YES,
        "bce",
        "accuracy",
        "AUC",
        "Precision",
        {"type": "Recall", "thresholds": [0.2, 0.5, 0.8]},
        {"type": "AUC", "curve": "PR", "name": "pr"},
        {"type": "SensitivityAtSpecificity", "specificity": 0.9},
        "TruePositives",
    ),
    "f1_of_yes_or_no": measured(YES, "bce", {"type": "F1Score", "threshold": 0.5}),
    "f1_of_each_class": measured(
        CLASSES, ONE_HOT, {"type": "F1Score", "average": "macro"}, {"type": "FBetaScore", "beta": 2.0}
    ),
    "precision_of_one_class": measured(
        CLASSES, ONE_HOT, {"type": "Precision", "class_id": 2}, {"type": "Recall", "top_k": 2}
    ),
    "area_of_each_class": measured(CLASSES, ONE_HOT, {"type": "AUC", "multi_label": True}),
    "area_of_two_classes": measured(dense(2, "softmax"), ONE_HOT, "AUC"),
    "among_the_best_three": measured(
        CLASSES, SPARSE, {"type": "SparseTopKCategoricalAccuracy", "k": 3, "name": "top_3"}, "accuracy"
    ),
    "among_the_best_two_of_one_hot": measured(CLASSES, ONE_HOT, {"type": "TopKCategoricalAccuracy", "k": 2}),
    "overlap_of_classes": measured(CLASSES, SPARSE, {"type": "MeanIoU", "num_classes": 4, "sparse_y_pred": False}),
    "overlap_of_one_class": measured(
        CLASSES, SPARSE, {"type": "IoU", "num_classes": 4, "target_class_ids": [1], "sparse_y_pred": False}
    ),
    "overlap_of_one_hot": measured(CLASSES, ONE_HOT, {"type": "OneHotMeanIoU", "num_classes": 4}),
    "share_of_variance": measured(dense(2), "mse", "r2_score", "pearson_correlation", "concordance_correlation"),
    "errors_in_every_way": measured(dense(1), "huber", "mse", "mae", "mape", {"type": "RootMeanSquaredError"}),
    "cosine_beside_distance": measured(dense(3), "mse", "cosine_similarity"),
    "only_weighted": measured(CLASSES, SPARSE, "accuracy", key="weighted_metrics"),
    "the_loss_as_a_metric": measured(CLASSES, SPARSE, {"type": "SparseCategoricalCrossentropy"}),
    "logits_as_a_metric": measured(
        dense(4),
        {"type": "SparseCategoricalCrossentropy", "from_logits": True},
        {"type": "SparseCategoricalCrossentropy", "from_logits": True, "name": "surprise"},
        "sparse_categorical_accuracy",
    ),
    "accuracy_of_margins": measured(dense(1, "tanh"), "hinge", {"type": "BinaryAccuracy", "threshold": 0.0}),
    "no_metrics_in_a_list": measured(dense(1), "mse"),
    "accuracy_of_pixels": model(
        {"image": [6, 6, 3]},
        {"look": conv(4, activation="relu"), "class": conv(3, 1, activation="softmax")},
        [["image", "look", "class"]],
        {"class": "class"},
        {"class": ONE_HOT},
        metrics={"class": ["accuracy", {"type": "OneHotIoU", "num_classes": 3, "target_class_ids": [0, 2]}]},
    ),
    "area_of_pixels": model(
        {"image": [6, 6, 3]},
        {"mask": conv(1, activation="sigmoid")},
        [["image", "mask"]],
        {"mask": "mask"},
        {"mask": "binary_crossentropy"},
        metrics={"mask": ["AUC", "binary_accuracy", "BinaryIoU"]},
    ),
}
