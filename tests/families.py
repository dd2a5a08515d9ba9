"""The entries of all families, as test parameters, and what they can't be made without."""

from __future__ import annotations

from typing import Any

import pytest

from netwright.objects import family

FAMILIES = ("initializers", "regularizers", "constraints", "losses", "metrics", "optimizers", "schedules")

_DECAY = {"initial_learning_rate": 0.1, "decay_steps": 10}
REQUIRED: dict[str, dict[str, Any]] = {
    "CosineDecay": _DECAY,
    "CosineDecayRestarts": {"initial_learning_rate": 0.1, "first_decay_steps": 10},
    "ExponentialDecay": {**_DECAY, "decay_rate": 0.5},
    "InverseTimeDecay": {**_DECAY, "decay_rate": 0.5},
    "PiecewiseConstantDecay": {"boundaries": [10, 20], "values": [0.3, 0.2, 0.1]},
    "PolynomialDecay": _DECAY,
    "LossScaleOptimizer": {"inner_optimizer": {"type": "SGD"}},
    "IoU": {"num_classes": 3, "target_class_ids": [0, 2]},
    "MeanIoU": {"num_classes": 3},
    "OneHotIoU": {"num_classes": 3, "target_class_ids": [0, 2]},
    "OneHotMeanIoU": {"num_classes": 3},
    "PrecisionAtRecall": {"recall": 0.5},
    "RecallAtPrecision": {"precision": 0.9},
    "SensitivityAtSpecificity": {"specificity": 0.5},
    "SpecificityAtSensitivity": {"sensitivity": 0.5},
}


def all_entries(*names: str) -> list[Any]:
    """Every entry of the families named, or of all, as `(family, entry)`."""
    return [
        pytest.param(family(name), entry, id=f"{name}.{entry.name}")
        for name in names or FAMILIES
        for entry in family(name)
    ]


def as_json(value: Any) -> Any:
    """A value as a spec would have it: tuples as lists."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list | tuple) else value
