"""Ask Keras for every class, argument, default and name of the tables of objects that are no layers."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from functools import reduce
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras.src.trainers import compile_utils

from netwright.backends.keras.lower import construct
from netwright.catalog import losses, metrics
from netwright.layer import find_layer
from netwright.objects import Entry, Family, family
from tests.families import FAMILIES, REQUIRED, all_entries, as_json

LEFT_OUT: dict[str, dict[str, str]] = {
    name: import_module(f"netwright.catalog.{name}").LEFT_OUT for name in (*FAMILIES, "activations")
}
# The tables in which Keras looks names up.
TABLES: dict[str, dict[str, Any]] = {
    name: import_module(f"keras.src.{name}").ALL_OBJECTS_DICT
    for name in (*FAMILIES, "activations")
    if name != "schedules"
}
RNG = np.random.default_rng(1)


def module_of(name: str) -> ModuleType:
    found: ModuleType = reduce(getattr, family(name).module.split("."), keras)
    return found


def made(name: str, kind: str, **arguments: Any) -> Any:
    """The Keras object that a spec would give."""
    return construct(family(name).entries[kind].model.read({**REQUIRED.get(kind, {}), **arguments}))


# --- Classes, arguments, names ---


@pytest.mark.parametrize("name", FAMILIES)
def test_every_public_class_is_accounted_for(name: str) -> None:
    public = {one.__name__ for one in vars(module_of(name)).values() if inspect.isclass(one)}
    left_out = {one for one in LEFT_OUT[name] if "." not in one}
    assert public - left_out == set(family(name).entries)


@pytest.mark.parametrize(("known", "entry"), all_entries())
def test_arguments_and_defaults_are_keras_own(known: Family, entry: Entry) -> None:
    cls = getattr(reduce(getattr, known.module.split("."), keras), entry.name)
    name = known.module.rpartition(".")[2]
    theirs = {
        key: one
        for key, one in inspect.signature(cls.__init__).parameters.items()
        if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
        and key != "self"
        and f"{entry.name}.{key}" not in LEFT_OUT[name]
    }
    assert set(entry.arguments) == set(theirs)
    for key, one in theirs.items():
        ours = entry.arguments[key].default
        assert ours == (... if one.default is inspect.Parameter.empty else one.default), key


@pytest.mark.parametrize("name", TABLES)
def test_keras_takes_every_name(name: str) -> None:
    known = family(name)
    get = import_module(f"keras.src.{name}").get
    for alias, entry in known.names.items():
        if alias in BY_SHAPE:
            continue
        found = get(alias)
        if entry is None:
            assert found is getattr(module_of(name), found.__name__)
        elif inspect.isfunction(found):
            assert_is_default_of(found, entry)
        else:
            assert type(found).__name__ == entry.name


def assert_is_default_of(function: Any, entry: Entry) -> None:
    """The names of losses stand for functions, which must do what the class does by default."""
    loss = construct(entry.model.read({}))
    assert loss.fn is function
    defaults = {key: one.default for key, one in inspect.signature(function).parameters.items()}
    assert all(defaults[key] == value for key, value in loss._fn_kwargs.items())  # noqa: SLF001 - nothing public says it


@pytest.mark.parametrize("name", TABLES)
def test_every_name_of_keras_is_accounted_for(name: str) -> None:
    """A name that Keras looks up and we do not take stands for what is left out, or Keras fails with it."""
    known = family(name)
    get = import_module(f"keras.src.{name}").get
    for alias, found in TABLES[name].items():
        if alias in known.names or alias in LEFT_OUT[name] or found.__name__ in LEFT_OUT[name]:
            continue
        with pytest.raises((ValueError, TypeError, KeyError)):
            get(alias)


@pytest.mark.parametrize("name", TABLES)
def test_what_is_left_out_can_not_be_named(name: str) -> None:
    for entry in family(name):
        if not entry.named and entry.name not in family(name).names:
            with pytest.raises((ValueError, TypeError, KeyError)):
                import_module(f"keras.src.{name}").get(entry.name)


BY_SHAPE: dict[str, tuple[str, ...]] = {**losses.BY_SHAPE, **metrics.BY_SHAPE}


@pytest.mark.parametrize("alias", BY_SHAPE)
@pytest.mark.parametrize("choice", [0, 1, 2])
def test_names_that_depend_on_shapes(alias: str, choice: int) -> None:
    shapes: Any = [((2, 1), (2, 1)), ((2,), (2, 3)), ((2, 3), (2, 3))][choice]
    y_true, y_pred = (np.zeros(shape) for shape in shapes)
    if alias in metrics.BY_SHAPE:
        assert type(compile_utils.get_metric(alias, y_true, y_pred)).__name__ == BY_SHAPE[alias][choice]
    else:
        kind = family("losses").entries[BY_SHAPE[alias][choice]]
        assert compile_utils.get_loss(alias, y_true, y_pred).fn.__name__ in kind.aliases
    assert alias in (*family("losses").functions, *family("metrics").functions)


# --- Objects made from them ---


@pytest.mark.parametrize(("known", "entry"), all_entries())
def test_every_entry_can_be_made(known: Family, entry: Entry) -> None:
    required = REQUIRED.get(entry.name, {})
    defaults = {key: as_json(one.default) for key, one in entry.arguments.items() if key not in required}
    for arguments in (required, {**defaults, **required}):
        assert type(construct(entry.model.read(arguments))).__name__ == entry.name


@pytest.mark.parametrize(("known", "entry"), all_entries("losses", "metrics"))
def test_what_keras_does_not_save(known: Family, entry: Entry) -> None:
    if entry.name in ("AUC", "SparseTopKCategoricalAccuracy"):
        given: dict[str, Any] = {"thresholds": [0.5]} if entry.name == "AUC" else {"from_sorted_ids": True}
    else:
        given = {}
    saved = construct(entry.model.read({**REQUIRED.get(entry.name, {}), **given})).get_config()
    assert set(entry.arguments) - set(saved) == set(entry.facts.get("lost", ()))


# A backslash is left out: TensorFlow takes it for a scope, and then fails when the graph runs. So we refuse it.
NAMES = ("a", "a.b-c", "a>b", "_a", "-a", "a b", "a/b", "a:b", "ä")


@pytest.mark.parametrize("label", NAMES)
@pytest.mark.parametrize("name", ["losses", "optimizers", "schedules"])
def test_names_of_scopes(name: str, label: str) -> None:
    """What TensorFlow takes for the name of a scope is what we take."""
    run: dict[str, Callable[[], Any]] = {
        "losses": lambda: keras.losses.MeanSquaredError(name=label)(np.ones((2, 1)), np.ones((2, 1))),
        "optimizers": lambda: keras.optimizers.SGD(name=label).build([keras.Variable(np.ones(2))]),
        "schedules": lambda: keras.optimizers.schedules.CosineDecay(0.1, 10, name=label)(0),
    }
    kind = {"losses": "MeanSquaredError", "optimizers": "SGD", "schedules": "CosineDecay"}[name]
    arguments = {**REQUIRED.get(kind, {}), "name": label}

    def graph() -> None:
        with tf.Graph().as_default(), tf.name_scope("outer") if name != "optimizers" else tf.name_scope(""):
            run[name]()

    assert takes(lambda: family(name).entries[kind].model.read(arguments)) == takes(graph)


def takes(call: Callable[..., Any], *arguments: Any) -> bool:
    """Whether a call with these arguments does not fail."""
    try:
        call(*arguments)
    except Exception:  # noqa: BLE001 - whatever it is, it is a refusal
        return False
    return True


# --- What is refused ---

REFUSED_BY_KERAS: list[tuple[str, str, dict[str, Any]]] = [
    ("initializers", "VarianceScaling", {"scale": 0}),
    ("initializers", "VarianceScaling", {"mode": "fan_up"}),
    ("initializers", "VarianceScaling", {"distribution": "cauchy"}),
    ("initializers", "RandomNormal", {"seed": "1"}),
    ("regularizers", "L1", {"l1": -0.1}),
    ("regularizers", "L2", {"l2": "small"}),
    ("regularizers", "OrthogonalRegularizer", {"factor": None}),
    ("regularizers", "OrthogonalRegularizer", {"mode": "both"}),
    ("losses", "MeanSquaredError", {"reduction": "max"}),
    ("losses", "MeanSquaredError", {"dtype": "float12"}),
    ("losses", "CategoricalGeneralizedCrossEntropy", {"q": 0}),
    ("losses", "CategoricalGeneralizedCrossEntropy", {"q": 1}),
    ("metrics", "AUC", {"curve": "Roc"}),
    ("metrics", "AUC", {"summation_method": "middle"}),
    ("metrics", "AUC", {"num_thresholds": 1}),
    ("metrics", "AUC", {"num_labels": 2}),
    ("metrics", "Precision", {"thresholds": 1.5}),
    ("metrics", "Precision", {"thresholds": [0.5, None]}),
    ("metrics", "FalsePositives", {"thresholds": [-0.1]}),
    ("metrics", "PrecisionAtRecall", {"recall": 1.1}),
    ("metrics", "SensitivityAtSpecificity", {"specificity": 0.5, "num_thresholds": 0}),
    ("metrics", "F1Score", {"threshold": 0.0}),
    ("metrics", "F1Score", {"threshold": 1.1}),
    ("metrics", "F1Score", {"average": "mean"}),
    ("metrics", "FBetaScore", {"beta": 0.0}),
    ("metrics", "IoU", {"num_classes": 2, "target_class_ids": [2]}),
    ("metrics", "IoU", {"num_classes": 2, "target_class_ids": []}),
    ("metrics", "R2Score", {"class_aggregation": "sum"}),
    ("optimizers", "SGD", {"momentum": 1.5}),
    ("optimizers", "SGD", {"learning_rate": "fast"}),
    ("optimizers", "SGD", {"clipnorm": 1.0, "clipvalue": 1.0}),
    ("optimizers", "SGD", {"gradient_accumulation_steps": 1}),
    ("optimizers", "SGD", {"use_ema": True, "ema_momentum": 1.5}),
    ("optimizers", "SGD", {"use_ema": True, "ema_overwrite_frequency": -1}),
    ("optimizers", "AdamW", {"weight_decay": None}),
    ("optimizers", "Lion", {"beta_1": 0.0}),
    ("optimizers", "Ftrl", {"learning_rate_power": 0.5}),
    ("optimizers", "Ftrl", {"initial_accumulator_value": -1.0}),
    ("optimizers", "Ftrl", {"l1_regularization_strength": -1.0}),
    ("optimizers", "LossScaleOptimizer", {"inner_optimizer": "sgd"}),
    ("schedules", "ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 0, "decay_rate": 0.5}),
    ("schedules", "PiecewiseConstantDecay", {"boundaries": [1], "values": [0.1]}),
]


@pytest.mark.parametrize(("name", "kind", "arguments"), REFUSED_BY_KERAS)
def test_what_keras_refuses_is_refused(name: str, kind: str, arguments: dict[str, Any]) -> None:
    assert not takes(lambda: made(name, kind, **arguments))
    with pytest.raises((ValueError, TypeError, AttributeError)):
        getattr(module_of(name), kind)(**arguments)


def trained(**optimizer: Any) -> float:
    """A weight after three steps of an optimizer of Keras'."""
    one = getattr(keras.optimizers, optimizer.pop("kind"))(**optimizer)
    weight = keras.Variable(np.ones((2, 2), "float32"))
    for gradient in (1.0, 0.5, -0.5):
        one.apply([keras.ops.full((2, 2), gradient)], [weight])
    return float(np.sum(weight))


NOT_A_NUMBER: list[tuple[str, str, dict[str, Any], Callable[..., float]]] = [
    ("optimizers", "Adam", {"beta_1": 1.0}, trained),
    ("optimizers", "Adamax", {"beta_1": 1.0}, trained),
    ("optimizers", "Nadam", {"beta_2": 1.0}, trained),
    ("optimizers", "Lamb", {"beta_2": 1.0}, trained),
    ("optimizers", "RMSprop", {"rho": 3.0}, trained),
    ("optimizers", "Adagrad", {"initial_accumulator_value": -2.0}, trained),
    ("optimizers", "ScheduleFreeAdamW", {"beta_1": 0.0}, trained),
    (
        "schedules",
        "CosineDecayRestarts",
        {"initial_learning_rate": 0.1, "first_decay_steps": 10, "t_mul": 0.5},
        lambda kind, **given: float(getattr(keras.optimizers.schedules, kind)(**given)(25)),
    ),
    (
        "schedules",
        "ExponentialDecay",
        {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": -0.5},
        lambda kind, **given: float(getattr(keras.optimizers.schedules, kind)(**given)(25)),
    ),
]


@pytest.mark.parametrize(("name", "kind", "arguments", "run"), NOT_A_NUMBER)
def test_what_ends_in_no_number_is_refused(
    name: str, kind: str, arguments: dict[str, Any], run: Callable[..., float]
) -> None:
    assert not takes(lambda: made(name, kind, **arguments))
    assert math.isnan(run(kind=kind, **arguments))


def test_a_seed_has_64_bits() -> None:
    for seed, right in ((-(2**63), True), (2**63 - 1, True), (2**63, False), (-(2**63) - 1, False)):
        assert takes(keras.initializers.RandomNormal(seed=seed), (1,)) == right
        assert takes(family("initializers").entries["RandomNormal"].model.read, {"seed": seed}) == right


@pytest.mark.parametrize("kind", ["BinaryAccuracy", "AUC", "Precision"])
def test_a_mean_can_not_be_a_metric_of_a_model(kind: str) -> None:
    def run(metric: Any) -> None:
        compile_utils.MetricsList([metric]).update_state(np.ones((2, 1)), np.ones((2, 1)))

    run(made("metrics", kind))
    for other in (keras.metrics.Mean(), keras.metrics.Sum()):
        with pytest.raises(TypeError):
            run(other)


def test_the_axis_of_an_overlap_is_the_last() -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever TensorFlow raises when it runs
        measured(keras.metrics.OneHotIoU(3, [0], axis=1), np.eye(3), np.eye(3))
    assert not takes(lambda: made("metrics", "OneHotIoU", axis=1))


def test_adjusted_r2_fails_in_a_graph() -> None:
    metric = keras.metrics.R2Score(num_regressors=1)
    metric.update_state(np.ones((4, 1)), np.ones((4, 1)))
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever TensorFlow raises when it runs
        tf.function(metric.result)()


# --- Initializers, regularizers, constraints, activations in layers ---


@pytest.mark.parametrize(("known", "entry"), all_entries("initializers"))
def test_ranks_of_initializers(known: Family, entry: Entry) -> None:
    for rank in range(4):
        right = entry.facts.get("rank", 0) <= rank <= entry.facts.get("most_rank", rank)
        assert takes(construct(entry.model.read({})), (2,) * rank) == right, rank


@pytest.mark.parametrize(("known", "entry"), all_entries("regularizers"))
def test_ranks_of_regularizers(known: Family, entry: Entry) -> None:
    for rank in range(4):
        right = entry.facts.get("rank", 0) <= rank <= entry.facts.get("most_rank", rank)
        assert takes(construct(entry.model.read({})), np.ones((2,) * rank, "float32")) == right, rank


def reloaded(tmp_path: Path, model: Any) -> Any:
    model.save(tmp_path / "model.keras")
    return keras.models.load_model(tmp_path / "model.keras")


@pytest.mark.parametrize("value", [2, 0.5, [1, 2.5], [[1, 2], [3, 4]]])
def test_constants(tmp_path: Path, value: Any) -> None:
    initializer = made("initializers", "Constant", value=value)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, kernel_initializer=initializer)])
    assert np.array_equal(model.layers[0].kernel, np.broadcast_to(value, (2, 2)).astype("float32"))
    again = reloaded(tmp_path, model).layers[0]
    assert np.array_equal(again.kernel_initializer((2, 2), "float32"), model.layers[0].kernel)


@pytest.mark.parametrize("axis", [0, -1, [0], [0, 1], None])
@pytest.mark.parametrize("kind", ["MaxNorm", "MinMaxNorm", "UnitNorm"])
def test_constraints_are_saved_with_their_axes(tmp_path: Path, kind: str, axis: Any) -> None:
    constraint = made("constraints", kind, axis=axis)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, kernel_constraint=constraint)])
    again = reloaded(tmp_path, model).layers[0].kernel_constraint
    weights = RNG.normal(size=(3, 2)).astype("float32")
    assert np.allclose(again(weights), constraint(weights))


@pytest.mark.parametrize("name", list(family("activations").names))
def test_activations_keep_the_shape(name: str) -> None:
    outputs = keras.layers.Activation(name)(np.ones((2, 3, 4), "float32"))
    assert outputs.shape == (2, 3, 4)
    assert np.isfinite(outputs).all()


def test_activations_that_are_left_out() -> None:
    layer = keras.layers.Activation("glu")
    assert layer(keras.Input((4,))).shape == (None, 4)
    assert layer(np.ones((2, 4))).shape == (2, 2)
    with pytest.raises(TypeError):
        keras.layers.Activation("threshold")(np.ones((2, 4)))


ACTIVATION_LAYERS: dict[str, dict[str, Any]] = {
    "ELU": {"alpha": 0.5},
    "LeakyReLU": {"negative_slope": 0.1},
    "ReLU": {"max_value": 0.5, "negative_slope": 0.1, "threshold": 0.1},
    "Softmax": {"axis": 1},
}


@pytest.mark.parametrize("name", family("activations").layers)
def test_layers_as_activations_survive_saving(tmp_path: Path, name: str) -> None:
    dense = find_layer("Dense")
    assert dense is not None
    one = construct(dense.read({"units": 4, "activation": {"type": name, **ACTIVATION_LAYERS[name]}}))
    model = keras.Sequential([keras.Input((5,)), one])
    x = RNG.normal(size=(3, 5)).astype("float32")
    again = reloaded(tmp_path, model)
    assert type(again.layers[0].activation).__name__ == name
    assert np.array_equal(again.predict(x, verbose=0), model.predict(x, verbose=0))


# --- What losses and metrics compare ---

KERAS_WARNS = pytest.mark.filterwarnings("ignore:In loss categorical:SyntaxWarning")
SHAPES = ((4,), (4, 1), (4, 3), (4, 5, 3), (4, 6, 5, 3))


def labels_for(target: str, shape: tuple[int, ...], *, column: bool = False) -> Any:
    """Labels that are related to outputs of a shape as `target` says."""
    if target == "elements":
        return RNG.integers(0, 2, shape).astype("float32")
    if target == "one_hot":
        return np.eye(shape[-1], dtype="float32")[RNG.integers(0, shape[-1], shape[:-1])]
    if target == "labels":
        return np.arange(shape[0]) % 2
    least = 1 if target == "sequences" else 0
    found = RNG.integers(least, max(shape[-1], least + 1), (*shape[:1], 2) if target == "sequences" else shape[:-1])
    return found[..., None] if column else found


def outputs_for(shape: tuple[int, ...]) -> Any:
    return RNG.uniform(0.1, 0.9, shape).astype("float32")


def right_rank(entry: Entry, shape: tuple[int, ...]) -> bool:
    return bool(entry.facts.get("rank", 1) <= len(shape) <= entry.facts.get("most_rank", len(shape)))


@pytest.mark.parametrize(("known", "entry"), all_entries("losses"))
def test_targets_of_losses(known: Family, entry: Entry) -> None:
    """With such labels there is one number per sample or fewer axes, and a gradient."""
    target = entry.facts["target"]
    for shape in SHAPES:
        if not right_rank(entry, shape) or shape[-1] == 1:
            continue
        values, gradient = differentiated(entry, labels_for(target, shape), outputs_for(shape))
        assert values.shape in (shape[:-1], shape[:1], ()), shape
        assert np.isfinite(values).all()
        assert np.abs(gradient).max() > 0


def differentiated(entry: Entry, y_true: Any, y_pred: Any) -> tuple[Any, Any]:
    loss, variable = construct(entry.model.read({"reduction": None})), tf.Variable(y_pred)
    with tf.GradientTape() as tape:
        values = loss(y_true, variable)
    return np.array(values), np.array(tape.gradient(values, variable))


@pytest.mark.parametrize(("known", "entry"), all_entries("losses"))
def test_ranks_of_losses(known: Family, entry: Entry) -> None:
    """Beyond the ranks Keras fails, or the batch axis would be that of the classes."""
    target = entry.facts["target"]
    for shape in SHAPES:
        if right_rank(entry, shape):
            continue
        if len(shape) == 1:
            assert target != "elements"
            if takes(differentiated, entry, labels_for("elements", shape), outputs_for(shape)):
                assert target in ("one_hot", "indices", "labels")
        else:
            for labels in (shape, shape[:-1], shape[:1]):
                y_true = RNG.integers(0, 2, labels)
                assert not takes(differentiated, entry, y_true, outputs_for(shape))


@KERAS_WARNS
@pytest.mark.parametrize(("known", "entry"), all_entries("losses"))
def test_losses_that_one_unit_makes_constant(known: Family, entry: Entry) -> None:
    if entry.facts.get("most_rank", 2) < 2 or entry.facts.get("rank", 1) > 2:
        return
    if not entry.facts.get("column", True):
        # It learns that its only class is certain, and fails with more axes.
        assert not takes(differentiated, entry, labels_for("indices", (4, 3, 1)), outputs_for((4, 3, 1)))
        assert entry.facts["constant"]
        return
    y_true = np.zeros((4, 1)) if entry.facts["target"] == "indices" else labels_for(entry.facts["target"], (4, 1))
    _, gradient = differentiated(entry, y_true, outputs_for((4, 1)))
    assert (np.abs(gradient).max() < 1e-5) == entry.facts.get("constant", False)


@KERAS_WARNS
@pytest.mark.parametrize(("known", "entry"), all_entries("losses", "metrics"))
def test_which_spread_labels_over_the_output(known: Family, entry: Entry) -> None:
    if entry.facts.get("target") not in ("elements", "one_hot") or entry.facts.get("most_rank"):
        return
    one = construct(entry.model.read(REQUIRED.get(entry.name, {})))
    call = one if known is family("losses") else one.update_state
    works = takes(call, labels_for("elements", (4, 1)), outputs_for((4, 3)))
    assert works != entry.facts.get("strict", False)


@KERAS_WARNS
@pytest.mark.parametrize(("known", "entry"), all_entries("metrics"))
def test_which_metrics_take_a_further_axis(known: Family, entry: Entry) -> None:
    if entry.facts.get("target") not in ("elements", "one_hot") or entry.facts.get("most_rank"):
        return
    for y_true, y_pred in (((4, 2, 3, 1), (4, 2, 3)), ((4, 2, 3), (4, 2, 3, 1))):
        one = construct(entry.model.read(REQUIRED.get(entry.name, {})))
        works = takes(one.update_state, labels_for("elements", y_true), outputs_for(y_pred))
        assert works != (entry.facts.get("as_given", False) or entry.facts.get("same_rank", False))


@KERAS_WARNS
@pytest.mark.parametrize(("known", "entry"), all_entries("metrics"))
def test_which_metrics_take_one_dtype_only(known: Family, entry: Entry) -> None:
    target, shape = entry.facts.get("target", "elements"), (4, 3)
    for dtype in ("float64", "float16"):
        one = construct(entry.model.read(REQUIRED.get(entry.name, {})))
        works = takes(one.update_state, labels_for(target, shape), tf.cast(outputs_for(shape), dtype))
        assert works == (entry.facts.get("dtype") is None)


@pytest.mark.parametrize(("known", "entry"), all_entries("losses"))
def test_which_losses_need_positive_numbers(known: Family, entry: Entry) -> None:
    """Of others, numbers below zero make no NaN, unless they take probabilities, which is told anyway."""
    if entry.facts.get("wants") == "probabilities":
        return
    shape = (4, 3, 2) if entry.facts.get("rank", 1) > 2 else (4, 3)
    values, _ = differentiated(entry, labels_for(entry.facts["target"], shape), -outputs_for(shape))
    assert np.isnan(values).any() == (entry.facts.get("wants") == "positive")


@pytest.mark.parametrize("kind", ["SparseCategoricalCrossentropy", "CategoricalGeneralizedCrossEntropy"])
def test_indices_in_a_column(kind: str) -> None:
    entry = family("losses").entries[kind]
    values, _ = differentiated(entry, labels_for("indices", (4, 3), column=True), outputs_for((4, 3)))
    assert (values.shape == (4,)) == entry.facts.get("column", True)


@pytest.mark.parametrize(("known", "entry"), all_entries("losses", "metrics"))
def test_wrong_encodings_of_classes_are_refused(known: Family, entry: Entry) -> None:
    """`indices` are refused where classes are `one_hot` and the other way, in batches of the wrong shape."""
    wrong = {"one_hot": (4, 5), "indices": (4, 5, 3)}.get(entry.facts.get("target", ""))
    if wrong is None:
        return
    one = construct(entry.model.read(REQUIRED.get(entry.name, {})))
    call = one if known is family("losses") else one.update_state
    assert not takes(call, RNG.integers(0, 2, wrong), outputs_for((4, 5, 3)))


def measured(metric: Any, y_true: Any, y_pred: Any) -> Any:
    metric.reset_state()
    metric.update_state(y_true, y_pred)
    return np.array(metric.result(), "float64")


@pytest.mark.parametrize(("known", "entry"), all_entries("metrics"))
def test_targets_and_ranks_of_metrics(known: Family, entry: Entry) -> None:
    target = entry.facts.get("target", "elements")
    for shape in SHAPES:
        if shape[-1] == 1 or (len(shape) == 1 and target != "elements"):
            continue
        metric = construct(entry.model.read(REQUIRED.get(entry.name, {})))
        works = takes(measured, metric, labels_for(target, shape), outputs_for(shape))
        assert works == right_rank(entry, shape), shape


@KERAS_WARNS
@pytest.mark.parametrize(("known", "entry"), all_entries("metrics"))
def test_metrics_that_one_unit_makes_constant(known: Family, entry: Entry) -> None:
    if "target" not in entry.facts:
        return
    metric = construct(entry.model.read(REQUIRED.get(entry.name, {})))
    y_true = np.zeros((4, 1)) if entry.facts["target"] == "indices" else labels_for(entry.facts["target"], (4, 1))
    if entry.facts["target"] == "elements":
        y_true = np.array([[0.0], [1.0], [1.0], [0.0]])
    first, *others = (measured(metric, y_true, y) for y in EXTREMES)
    constant = all(np.allclose(first, other, atol=1e-5, equal_nan=True) for other in others)
    assert constant == (entry.facts.get("constant", False) or "constant_without" in entry.facts)


# Outputs of one unit for the labels 0, 1, 1, 0: exact, right and wrong ones, at many thresholds, and none that is zero.
EXTREMES = [
    np.array(one, "float32").reshape(4, 1)
    for one in (
        [0.1, 1.0, 1.0, 0.1],
        [0.1, 0.9, 0.9, 0.1],
        [0.9, 0.1, 0.1, 0.9],
        [0.2, 0.3, 0.4, 0.6],
        [0.99, 0.98, 0.3, 0.01],
    )
]


@pytest.mark.parametrize("kind", ["F1Score", "FBetaScore"])
def test_a_threshold_makes_one_unit_matter(kind: str) -> None:
    y_true = np.array([[0.0], [1.0], [1.0], [0.0]])
    assert len({float(measured(made("metrics", kind, threshold=0.5), y_true, y)[0]) for y in EXTREMES}) > 1


@pytest.mark.parametrize(("known", "entry"), all_entries("metrics"))
def test_metrics_that_do_not_add_an_axis(known: Family, entry: Entry) -> None:
    if entry.facts.get("target") not in ("elements", "one_hot"):
        return
    metric = construct(entry.model.read(REQUIRED.get(entry.name, {})))
    works = takes(lambda: measured(metric, np.ones(4, "float32"), outputs_for((4, 1))))
    assert works == (not entry.facts.get("same_rank", False))
