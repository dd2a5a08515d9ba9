"""The tables of objects that are no layers: their names, sentences, defaults and refusals."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from netwright.objects import Entry, Family, ObjectOf, family
from tests.families import FAMILIES, REQUIRED, all_entries, as_json


@pytest.mark.parametrize("name", [*FAMILIES, "activations"])
def test_names_are_unique(name: str) -> None:
    known = family(name)
    names = [*known.functions, *(alias for entry in known for alias in entry.names)]
    assert len(names) == len(set(names))
    assert list(known.names) == names


@pytest.mark.parametrize("name", [*FAMILIES, "activations"])
def test_what_is_left_out_is_not_there_and_has_a_reason(name: str) -> None:
    known = family(name)
    for left_out, reason in import_module(f"netwright.catalog.{name}").LEFT_OUT.items():
        owner, _, argument = left_out.partition(".")
        assert reason
        if argument:
            assert argument not in known.entries[owner].arguments
        else:
            assert left_out not in known.entries
            assert left_out not in known.names


@pytest.mark.parametrize(("known", "entry"), all_entries())
def test_every_entry_and_argument_has_a_sentence(known: Family, entry: Entry) -> None:
    assert entry.doc.endswith(".")
    assert entry.doc[0].isupper() or entry.doc[0].isdigit()
    for argument in entry.arguments.values():
        assert argument.doc
        assert not argument.doc.endswith(".")


@pytest.mark.parametrize("name", [*FAMILIES, "activations"])
def test_every_function_has_a_sentence(name: str) -> None:
    assert all(sentence.endswith(".") for sentence in family(name).functions.values())


@pytest.mark.parametrize(("known", "entry"), all_entries())
def test_defaults_pass_their_own_types(known: Family, entry: Entry) -> None:
    required = REQUIRED.get(entry.name, {})
    assert set(required) == {name for name, one in entry.arguments.items() if one.default is ...}
    defaults = {name: as_json(one.default) for name, one in entry.arguments.items() if name not in required}
    short, long = entry.model.read(required), entry.model.read({**defaults, **required})
    assert as_json(short.model_dump()) == as_json(long.model_dump())
    assert known.entry(short) is entry


@pytest.mark.parametrize(("known", "entry"), all_entries())
def test_an_unknown_argument_is_refused(known: Family, entry: Entry) -> None:
    with pytest.raises(ValidationError) as caught:
        entry.model.read({**REQUIRED.get(entry.name, {}), "no_such_argument": 1})
    assert [error["type"] for error in caught.value.errors()] == ["unknown_argument"]


@pytest.mark.parametrize(("known", "entry"), all_entries())
def test_every_argument_has_a_schema(known: Family, entry: Entry) -> None:
    assert set(entry.model.model_json_schema().get("properties", {})) == set(entry.arguments)


def test_a_name_stands_for_its_entry() -> None:
    assert family("losses").entry("mse") is family("losses").entries["MeanSquaredError"]
    assert family("metrics").entry("accuracy") is None
    assert ObjectOf("losses").read("mse") == "mse"


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("losses", "no_such_loss", "unknown_object"),
        ("losses", {"type": "NoSuchLoss"}, "unknown_object"),
        ("losses", {"type": "Loss"}, "unknown_object"),
        ("losses", {}, "missing_argument"),
        ("losses", 1, "wrong_type"),
        # Names that Keras knows and then fails with, or that it has forgotten.
        ("initializers", "constant", "unknown_object"),
        ("metrics", "mean_io_u", "unknown_object"),
        ("optimizers", "lamb", "unknown_object"),
        ("optimizers", "Lamb", "unknown_object"),
        ("optimizers", "LossScaleOptimizer", "unknown_object"),
        ("losses", "CategoricalGeneralizedCrossEntropy", "unknown_object"),
    ],
)
def test_what_is_no_object_is_refused(name: str, value: object, kind: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        ObjectOf(name, nullable=False).read(value)
    assert caught.value.type == kind


def test_a_learning_rate_is_a_number_or_a_schedule() -> None:
    adam = family("optimizers").entries["Adam"].model
    assert type(adam.read({"learning_rate": 1}).model_dump()["learning_rate"]) is float
    schedule = {"type": "ExponentialDecay", "initial_learning_rate": 1, "decay_steps": 10, "decay_rate": 0.5}
    assert type(adam.read({"learning_rate": schedule}).learning_rate).__name__ == "ExponentialDecay"  # type: ignore[attr-defined]  # a field of a model made at run time
    for bad in (-0.1, True, "fast", {"type": "Adam"}, None):
        with pytest.raises(ValidationError):
            adam.read({"learning_rate": bad})


def test_an_optimizer_inside_another_is_an_object() -> None:
    outer = family("optimizers").entries["LossScaleOptimizer"].model
    assert outer.read({"inner_optimizer": {"type": "SGD"}})
    for bad in ("sgd", None, {"type": "SGD", "momentum": 2}):
        with pytest.raises(ValidationError):
            outer.read({"inner_optimizer": bad})


@pytest.mark.parametrize(
    ("name", "entry", "arguments", "at"),
    [
        ("optimizers", "Adam", {"clipnorm": 1, "clipvalue": 1}, "clipvalue"),
        ("optimizers", "SGD", {"clipvalue": 1, "global_clipnorm": 1}, "global_clipnorm"),
        ("schedules", "PiecewiseConstantDecay", {"boundaries": [1, 2], "values": [1, 2]}, "values"),
        ("schedules", "PiecewiseConstantDecay", {"boundaries": [2, 1], "values": [1, 2, 3]}, "boundaries"),
        ("constraints", "MinMaxNorm", {"min_value": 2}, "max_value"),
        ("initializers", "GlorotUniform", {"input_axes": [0]}, "input_axes"),
        ("initializers", "VarianceScaling", {"output_axes": [0]}, "output_axes"),
        ("metrics", "AUC", {"num_labels": 2}, "num_labels"),
        ("metrics", "IoU", {"num_classes": 2, "target_class_ids": [2]}, "target_class_ids"),
    ],
)
def test_arguments_that_are_wrong_together(name: str, entry: str, arguments: dict[str, Any], at: str) -> None:
    with pytest.raises(ValidationError) as caught:
        family(name).entries[entry].model.read(arguments)
    (error,) = caught.value.errors()
    assert error["type"] == "conflict"
    assert error["ctx"]["at"] == (at,)
