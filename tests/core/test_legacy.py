"""Old names and arguments: the advice about them names nothing that there is not."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from netwright.catalog import legacy
from netwright.compiler import analyse
from netwright.diagnostics import Diagnostic
from netwright.layer import find_layer, layer_names, read_layer
from netwright.objects import family, read_object
from netwright.op import op_names
from netwright.spec import Input, Spec
from tests.families import FAMILIES
from tests.legacy import old_arguments

NOUNS = {family(name).noun: name for name in (*FAMILIES, "activations")}
ROWS = [(noun, name, row) for noun, rows in legacy.NAMES.items() for name, row in rows.items()]
ADVICE = [(f"{one}.{name}", row) for one, rows in legacy.ARGUMENTS.items() for name, row in rows.items()]
HOW = sorted(({row.how for _, _, row in ROWS} | {row.how for _, row in ADVICE}) - {""})


def names_of(noun: str) -> set[str]:
    """The names that there are of one kind."""
    return set(layer_names()) if noun == "layer" else {*family(NOUNS[noun]).names, *family(NOUNS[noun]).entries}


def known_words() -> set[str]:
    """Every name that an advice may have: of classes, functions and their arguments, and the keys of a document."""
    layers = [one for name in layer_names() if (one := find_layer(name))]
    words = {*layer_names(), *op_names(), *Spec.model_fields, *Input.model_fields, "call", "type"}
    words |= {name for layer in layers for name in (*layer.model_fields, *layer.Call.model_fields)}
    for noun, name in NOUNS.items():
        words |= names_of(noun)
        words |= {argument for entry in family(name) for argument in entry.arguments}
    return words


@pytest.mark.parametrize("how", HOW)
def test_advice_names_only_what_there_is(how: str) -> None:
    words = known_words()
    for word in re.findall("`([^`]+)`", how):
        # What is no single word is a piece of a document.
        found = re.findall(r'"(\w+)"', word) if '"' in word else [word] if word[0] != "[" else []
        assert set(found) <= words, word


@pytest.mark.parametrize(("noun", "name", "row"), ROWS)
def test_an_old_name_is_none_any_more_and_its_new_name_is_one(noun: str, name: str, row: legacy.Legacy) -> None:
    assert name not in names_of(noun)
    assert set(row.now) <= names_of(noun)
    assert row.now or row.how


def test_every_old_argument_is_missing_somewhere_and_every_new_one_is_there() -> None:
    met = {f"{one.family}.{one.row}" for one in old_arguments()}
    assert met == {name for name, _ in ADVICE}


@pytest.mark.parametrize("how", [one for one in HOW if '{"type"' in one])
def test_pieces_of_documents_can_be_read(how: str) -> None:
    value: dict[str, Any] = json.loads(how.partition("`")[2].partition("`")[0])
    known = next((one for one in map(family, NOUNS.values()) if value["type"] in one.entries), None)
    assert read_object(value, known) if known else read_layer(value)


LSTM = {"type": "LSTM", "units": 4}
SPEC: dict[str, Any] = {
    "netwright": 1,
    "name": "old",
    "inputs": {"x": {"shape": [6, 2]}},
    "nodes": {"a": LSTM, "y": {"type": "Dense", "units": 1}},
    "edges": [["x", "a", "y"]],
    "outputs": {"y": "y"},
    "compile": {"optimizer": "adam", "loss": {"y": "mse"}},
}


def told(node: dict[str, Any]) -> list[Diagnostic]:
    """What is told of the spec with another first node."""
    return analyse(json.dumps({**SPEC, "nodes": {**SPEC["nodes"], "a": node}}).encode()).diagnostics


@pytest.mark.parametrize(
    ("changes", "code", "way_out"),
    [
        ({"type": "CuDNNLSTM"}, "V209", "use `LSTM`, which runs on cuDNN where it can"),
        ({"input_shape": [6, 2]}, "V204", legacy.INPUT_SHAPE.how),
        ({"W_regularizer": "l2"}, "V204", "Keras 3 calls it `kernel_regularizer`"),
        ({"kernel_initializer": "xavier_uniform"}, "V209", "Keras 3 calls it `glorot_uniform`"),
        ({"kernel_regularizer": "l1_l2"}, "V209", "Keras 3 calls it `L1L2`"),
        ({"units": 4, "data_format": "tf"}, "V204", "the arguments are `units`"),
    ],
)
def test_the_way_out_is_told_once(changes: dict[str, Any], code: str, way_out: str) -> None:
    found = told({**LSTM, **changes})
    assert [one.code for one in found] == [code]
    assert (found[0].help or "").startswith(way_out)


def test_a_new_name_of_what_must_be_there_is_not_missing_too() -> None:
    assert [(one.code, one.help) for one in told({"type": "LSTM", "output_dim": 4})] == [
        ("V204", "Keras 3 calls it `units`")
    ]


def test_old_names_of_what_stands_inside_and_old_words() -> None:
    inner = told({"type": "Bidirectional", "layer": {"type": "CuDNNGRU", "units": 4}})
    word = told({"type": "GlobalAveragePooling1D", "data_format": "tf"})
    assert [one.help for one in inner] == ["use `GRU`, which runs on cuDNN where it can"]
    assert [one.help for one in word] == [
        'did you mean `channels_last`? the choices are `"channels_last"`, `"channels_first"` or `null`'
    ]


def test_old_arguments_of_an_optimizer() -> None:
    section = {"optimizer": {"type": "Adam", "lr": 0.1, "decay": 1e-6}, "loss": {"y": "kullback_leibler_divergence"}}
    found = analyse(json.dumps({**SPEC, "compile": section}).encode()).diagnostics
    assert [one.help for one in found] == [
        "Keras 3 calls it `learning_rate`",
        legacy.FALLING.how,
        "Keras 3 calls it `kl_divergence`",
    ]
