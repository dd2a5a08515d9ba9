"""Several outputs: weights, outputs that are not trained, heads on heads."""

from __future__ import annotations

from tests.uses.model import dense, model

TRUNK = {"trunk": dense(6, "relu")}

USES = {
    "auxiliary_head": model(
        {"x": [6]},
        {"low": dense(6, "relu"), "high": dense(6, "relu"), "early": dense(3, "softmax"), "late": dense(3, "softmax")},
        [["x", "low", "high", "late"], ["low", "early"]],
        {"main": "late", "auxiliary": "early"},
        {"main": "sparse_categorical_crossentropy", "auxiliary": "sparse_categorical_crossentropy"},
        loss_weights={"main": 1.0, "auxiliary": 0.3},
    ),
    "embedding_served_beside_the_label": model(
        {"x": [6]},
        {**TRUNK, "label": dense(3, "softmax")},
        [["x", "trunk", "label"]],
        {"label": "label", "embedding": "trunk"},
        {"label": "sparse_categorical_crossentropy", "embedding": None},
        metrics={"label": ["accuracy"]},
    ),
    "key_passed_through": model(
        {"x": [6], "key": ([], "int32")},
        {"y": dense(1)},
        [["x", "y"]],
        {"y": "y", "key": "key"},
        {"y": "mse", "key": None},
    ),
    "class_served_beside_the_probabilities": model(
        {"x": [6]},
        {"label": dense(3, "softmax"), "best": {"op": "argmax", "axis": -1}},
        [["x", "label", "best"]],
        {"probabilities": "label", "class": "best"},
        {"probabilities": "categorical_crossentropy", "class": None},
    ),
    "probabilities_served_beside_logits": model(
        {"x": [6]},
        {"logits": dense(3), "label": "Softmax"},
        [["x", "logits", "label"]],
        {"logits": "logits", "label": "label"},
        {"logits": {"type": "SparseCategoricalCrossentropy", "from_logits": True}, "label": None},
        metrics={"logits": ["accuracy"]},
    ),
    "one_node_with_two_losses": model(
        {"x": [6]},
        {"y": dense(2)},
        [["x", "y"]],
        {"square": "y", "straight": "y"},
        {"square": "mse", "straight": "mae"},
        loss_weights={"square": 0.9, "straight": 0.1},
    ),
    "actor_and_critic": model(
        {"state": [4]},
        {**TRUNK, "policy": dense(3, "softmax"), "value": dense(1)},
        [["state", "trunk", ["policy", "value"]]],
        {"policy": "policy", "value": "value"},
        {"policy": "categorical_crossentropy", "value": "huber"},
        loss_weights={"value": 0.5},
    ),
    "dueling_network": model(
        {"state": [4]},
        {
            **TRUNK,
            "value": dense(1),
            "advantage": dense(3),
            "mean": {"op": "mean", "axis": -1, "keepdims": True},
            "centred": {"op": "subtract"},
            "q": {"op": "add"},
        },
        [
            ["state", "trunk", ["value", "advantage"]],
            ["advantage", "mean"],
            ["advantage", "centred:x1"],
            ["mean", "centred:x2"],
            [["value", "centred"], "q"],
        ],
        {"q": "q"},
        {"q": "huber"},
    ),
    "click_and_conversion": model(
        {"x": [6]},
        {"click": dense(1, "sigmoid"), "then_buy": dense(1, "sigmoid"), "buy": "Multiply"},
        [["x", ["click", "then_buy"], "buy"]],
        {"click": "click", "buy": "buy"},
        {"click": "binary_crossentropy", "buy": "binary_crossentropy"},
        metrics={"buy": [{"type": "AUC"}]},
    ),
    "head_on_a_head": model(
        {"x": [6]},
        {"kind": dense(3, "softmax"), "join": "Concatenate", "price": dense(1)},
        [["x", "kind", "join", "price"], ["x", "join"]],
        {"kind": "kind", "price": "price"},
        {"kind": "categorical_crossentropy", "price": "mae"},
    ),
    "adversary_with_its_weight_below_zero": model(
        {"x": [6]},
        {**TRUNK, "label": dense(3, "softmax"), "group": dense(1, "sigmoid")},
        [["x", "trunk", ["label", "group"]]],
        {"label": "label", "group": "group"},
        {"label": "sparse_categorical_crossentropy", "group": "binary_crossentropy"},
        loss_weights={"group": -0.1},
    ),
    "early_exit_that_learns_from_nothing_below": model(
        {"x": [6]},
        {**TRUNK, "stop": {"op": "stop_gradient"}, "probe": dense(3, "softmax"), "label": dense(3, "softmax")},
        [["x", "trunk", "label"], ["trunk", "stop", "probe"]],
        {"label": "label", "probe": "probe"},
        {"label": "sparse_categorical_crossentropy", "probe": "sparse_categorical_crossentropy"},
    ),
}
