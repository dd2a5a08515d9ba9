"""A batch for any model, made of nothing but what its spec says; and what becomes of it when it is trained.

The labels are such that one look at the spec would suggest: whole classes where loss or metrics count classes, and
numbers from 0 to 1 elsewhere, which suit every loss there is.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from netwright.objects import family

BATCH = 6
# What stands for sizes that are not known: a size that random models have elsewhere, for it may have to meet one.
SIZE = 6
# How often another batch is tried.
TRIES = 8
# Keras tells that a variable has no gradient; where the loss is null on purpose, nobody wanted one.
NO_GRADIENT = "Gradients do not exist"
# Keras tells that nothing can be trained; where there is not a single variable, everybody sees that.
NO_WEIGHTS = "The model does not have any trainable weights"
Spec = dict[str, Any]
Data = dict[str, Any]


class Wanted(NamedTuple):
    """What the labels of an output have to be."""

    kind: str
    axis: int
    classes: int | None
    shape: tuple[int, ...] | None
    dtype: str | None


def inputs_of(spec: Spec, random: np.random.Generator) -> Data:
    """Random inputs. Whole numbers are 0, 1 or 2: positions in any table that has three rows."""
    sizes: dict[str, int] = {}
    batch = next((one["batch_size"] for one in spec["inputs"].values() if one.get("batch_size")), BATCH)
    made = {}
    for name, one in spec["inputs"].items():
        shape = (batch, *(size if isinstance(size, int) else sizes.setdefault(size, SIZE) for size in one["shape"]))
        made[name] = values(one.get("dtype", "float32"), shape, random)
    return made


def values(dtype: str, shape: tuple[int, ...], random: np.random.Generator) -> Any:
    if dtype == "string":
        return tf.constant(random.choice(["a", "b", "c"], shape))
    if dtype.startswith(("int", "uint", "bool")):
        return tf.cast(random.integers(0, 2 if dtype == "bool" else 3, shape), dtype)
    return tf.cast(random.normal(size=shape), dtype)


def targets_of(spec: Spec, outputs: Mapping[str, Any], random: np.random.Generator) -> Data:
    """Random labels for all outputs of a model, given what comes out of it."""
    # Where there are metrics, Keras wants labels for outputs without a loss, too, and ignores them.
    return {name: labels(wanted(spec, name), tuple(outputs[name].shape), random) for name in spec["outputs"]}


def wanted(spec: Spec, output: str) -> Wanted:
    """What the loss, the metrics and the declared target of an output say together."""
    section, declared = spec["compile"], target_of(spec, output)
    loss = section["loss"].get(output)
    metrics = [one for key in ("metrics", "weighted_metrics") for one in section.get(key, {}).get(output, [])]
    kinds = [kind_of("losses", loss), *(kind_of("metrics", one) for one in metrics)]
    # A loss for numbers is content with classes; a name that suits any shape, with all.
    kind = kinds[0]
    if kind in ("", "elements"):
        kind = next((one for one in kinds if one in ("one_hot", "indices")), kind)
    axis = loss.get("axis", -1) if isinstance(loss, dict) and kind == "one_hot" else -1
    counted = [one["num_classes"] for one in metrics if isinstance(one, dict) and "num_classes" in one]
    counted += [declared["classes"]] if "classes" in declared else []
    shape = (
        tuple(size if isinstance(size, int) else SIZE for size in declared["shape"]) if "shape" in declared else None
    )
    return Wanted(kind, axis, min(counted, default=None), shape, declared.get("dtype"))


def target_of(spec: Spec, output: str) -> dict[str, Any]:
    one = spec["outputs"][output]
    found: dict[str, Any] = one.get("target", {}) if isinstance(one, dict) else {}
    return found


def kind_of(module: str, one: Any) -> str:
    """What labels a loss or a metric wants; nothing if any will do, or if there is no loss."""
    if one is None:
        return ""
    known = family(module)
    entry = known.names.get(one) if isinstance(one, str) else known.entries[one["type"]]
    if entry is not None and entry.name in ("IoU", "MeanIoU"):
        if not one.get("sparse_y_true", True):
            return "one_hot"
        return "elements" if one.get("sparse_y_pred", True) else "indices"
    return str(entry.facts["target"]) if entry else ""


def labels(want: Wanted, output: tuple[int, ...], random: np.random.Generator) -> Any:
    """Labels as wanted, for an output of this shape, the batch axis counted."""
    kind = want.kind or by_shape(want, output)
    made = MAKERS[kind](want, output, random)
    if want.shape is not None:
        made = np.resize(made, (output[0], *want.shape))
    if want.dtype == "string":
        return tf.constant(made.astype("str"))
    return tf.cast(made, want.dtype or made.dtype)


def by_shape(want: Wanted, output: tuple[int, ...]) -> str:
    """The kind of labels for a name that suits any: as Keras chooses, one unit means yes or no."""
    if len(output) < 2 or output[-1] == 1:
        return "elements"
    return "indices" if want.shape is not None and len(want.shape) < len(output) - 1 else "one_hot"


def elements(want: Wanted, output: tuple[int, ...], random: np.random.Generator) -> Any:
    return random.integers(0, min(2, want.classes or 2), output).astype("float32")


def indices(want: Wanted, output: tuple[int, ...], random: np.random.Generator) -> Any:
    return random.integers(0, min(output[-1], want.classes or output[-1]), output[:-1]).astype("int32")


def one_hot(want: Wanted, output: tuple[int, ...], random: np.random.Generator) -> Any:
    axis = want.axis % len(output)
    right = random.integers(0, output[axis], (*output[:axis], *output[axis + 1 :]))
    return np.moveaxis(np.eye(output[axis], dtype="float32")[right], -1, axis)


def same_label(want: Wanted, output: tuple[int, ...], random: np.random.Generator) -> Any:
    # Two of each at least, for a sample that is alone has nothing to be near to.
    return np.arange(output[0]).astype("int32") % 2


def sequences(want: Wanted, output: tuple[int, ...], random: np.random.Generator) -> Any:
    # Half as many as there are steps: two that are alike need a step between them.
    return random.integers(1, max(2, output[-1]), (output[0], max(1, output[1] // 2))).astype("int32")


MAKERS = {
    "elements": elements,
    "indices": indices,
    "one_hot": one_hot,
    "labels": same_label,
    "sequences": sequences,
}


def trained(spec: Spec) -> list[str]:
    """The outputs that have a loss."""
    return [name for name in spec["outputs"] if spec["compile"]["loss"].get(name) is not None]


def branch_of(model: keras.Model, output: str) -> keras.Model:
    """What an output depends on, as Keras sees it."""
    return keras.Model(model.input, model.output[output])


def train(model: keras.Model, spec: Spec, random: np.random.Generator) -> list[str]:
    """Two steps on a random batch. The result is what is not as it should be; exceptions come through."""
    inputs = inputs_of(spec, random)
    targets = targets_of(spec, model(inputs), random)
    wanted = {variable.path for name in trained(spec) for variable in branch_of(model, name).trainable_variables}
    idle = {variable.path for variable in model.trainable_variables} - wanted
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        logs = [model.train_on_batch(inputs, targets, return_dict=True) for _ in range(2)]
    # What is deprecated is what Keras calls, not what the spec says.
    told = [str(one.message) for one in caught if not issubclass(one.category, DeprecationWarning)]
    found = [
        text
        for text in told
        if not (idle and text.startswith(NO_GRADIENT)) and not (not model.variables and text.startswith(NO_WEIGHTS))
    ]
    lost = [name for name, value in logs[0].items() if name.endswith("loss") and not np.isfinite(value)]
    # Whether norms and recurrent layers give numbers below zero is not known, and of these it takes the logarithm.
    if any("poisson" in str(loss).lower() for loss in spec["compile"]["loss"].values()):
        lost = []
    return found + [f"{name} is {logs[0][name]}" for name in lost]


def unreached(model: keras.Model, spec: Spec, random: np.random.Generator) -> Iterator[str]:
    """What the losses do not reach, though they should: the variables of a branch, or a whole branch."""
    reached: set[str] = set()
    everything: set[str] = set()
    losses = dict(model.loss)
    for name in trained(spec):
        branch = branch_of(model, name)
        if not branch.variables:
            continue
        variables = branch.trainable_variables
        everything |= {variable.path for variable in variables}
        model.compile(loss={other: loss if other == name else None for other, loss in losses.items()})
        gradients = gradients_of(model, spec, variables, random)
        reached |= gradients
        if not gradients:
            yield f"no gradient but zero in the branch of `{name}`: {[one.path for one in variables]}"
    if missing := sorted(everything - reached):
        yield f"no gradient for {missing}"


def gradients_of(model: keras.Model, spec: Spec, variables: list[Any], random: np.random.Generator) -> set[str]:
    """The paths of the variables that the loss changes, or would but for bad luck.

    None if all gradients are zero on every one of several batches, with new weights each time: units that are off, and
    errors that are none, must not count.
    """
    for _ in range(TRIES):
        inputs = inputs_of(spec, random)
        targets = targets_of(spec, model(inputs), random)
        with tf.GradientTape() as tape:
            # Penalties of the weights would reach them in any case.
            loss = model.compute_loss(inputs, targets, model(inputs, training=True)) - sum(model.losses)
            # Far enough from zero for half precision.
            loss = tf.cast(loss, "float32") * 1024
        gradients = dict(
            zip(
                (one.path for one in variables),
                tape.gradient(loss, [one.value for one in variables]),
                strict=True,
            )
        )
        found = {path: tf.convert_to_tensor(one) for path, one in gradients.items() if one is not None}
        if any(np.any(one) for one in found.values()):
            return set(found)
        for one in variables:
            one.assign(random.normal(0, 0.5, one.shape))
    return set()
