"""The JSON Schema for editors: valid itself, complete, and of one mind with Pydantic."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from netwright import checks
from netwright.compiler import analyse
from netwright.explanations import explain
from netwright.schema import FAMILIES, document
from tests.nightly import NIGHTLY

SCHEMA = document()
VALIDATOR = Draft202012Validator(SCHEMA)

# What no JSON Schema can say, and what is therefore told by `validate` alone: the diagnostics of the value stage that
# relate several values to each other, or a name to what exists.
BEYOND_SCHEMA = {
    "V211": "arguments that are wrong only together",
    "V213": "inputs named like Python's keywords",
    "V216": "two lists side by side anywhere in a path",
    "V218": "names of diagnostics",
    "B601": "names of params",
    "B602": "params without a value",
    "B603": "values that params refuse",
    "B604": "params that nothing uses",
    "B605": "what expressions are worth",
    "B607": "names of blocks",
    "B608": "what an expression for a number of copies is worth",
    "B609": "outputs that meet no input",
    "B610": "how large the whole becomes",
    "B611": "how deep it becomes",
    "B612": "inputs of blocks that are not fed once",
    "B613": "ports of blocks",
    "B614": "blocks that nothing uses",
    "B615": "what files there are",
    "B616": "what files import",
    "B617": "names of nodes that are shared",
}


def schema_accepts(value: Any) -> bool:
    return bool(VALIDATOR.is_valid(value))


def stage_accepts(value: Any) -> bool:
    """Whether the value stage has nothing to say that a schema could."""
    told = analyse(json.dumps(value).encode()).diagnostics
    # What is wrong inside a block for the values of one use is beyond it, too.
    told = [one for one in told if not any(note.message.startswith("in the block") for note in one.notes)]
    return not [one for one in told if one.code[0] in "VB" and one.code not in (*BEYOND_SCHEMA, "V219")]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(SCHEMA)
    for part in text.split('"$ref": "')[1:]:
        target: Any = SCHEMA
        for step in part.split('"')[0].removeprefix("#/").split("/"):
            target = target[step]


def test_every_argument_has_a_sentence() -> None:
    silent = []
    for name, definition in SCHEMA["$defs"].items():
        for key, one in definition.get("properties", {}).items():
            if "." in name and "$ref" not in one and "description" not in one:
                silent.append(f"{name}.{key}")
    assert not silent
    assert all("description" in one for one in SCHEMA["properties"].values())
    assert all(f"{name}.object" in SCHEMA["$defs"] for name in FAMILIES)


def test_sentences_have_the_house_form() -> None:
    for name, definition in SCHEMA["$defs"].items():
        for key, one in definition.get("properties", {}).items():
            words = one.get("description", "x")
            if key not in ("type", "op"):
                assert not words.endswith("."), f"{name}.{key}"


def seeds() -> list[Any]:
    good = [json.loads(explain(check).good.data) for check in checks.every()]
    specs = [json.loads(path.read_text()) for path in sorted(Path("specs").glob("*.json"))]
    rich = {
        "netwright": 1,
        "name": "rich",
        "inputs": {"words": {"shape": ["time"], "dtype": "int32"}, "x": {"shape": [None, 3], "batch_size": 2}},
        "nodes": {
            "embed": {
                "type": "Embedding",
                "input_dim": 9,
                "output_dim": 3,
                "embeddings_initializer": {"type": "HeNormal", "seed": 1},
            },
            "read": {"type": "Bidirectional", "layer": {"type": "LSTM", "units": 2}, "allow": ["unused-node"]},
            "drop": {"type": "Dropout", "rate": 0.5, "call": {"training": True}},
            "head": {
                "type": "Dense",
                "units": 1,
                "activation": {"type": "LeakyReLU", "negative_slope": 0.1},
                "kernel_regularizer": {"type": "L2", "l2": 0.1},
            },
        },
        "edges": [["words", "embed", "read", "drop", "head"]],
        "outputs": {"y": {"from": "head", "target": {"shape": [1], "classes": 2}, "description": "d"}, "x": "x"},
        "compile": {
            "optimizer": {
                "type": "Adam",
                "learning_rate": {
                    "type": "ExponentialDecay",
                    "initial_learning_rate": 0.1,
                    "decay_steps": 9,
                    "decay_rate": 0.5,
                },
            },
            "loss": {"y": {"type": "Huber", "delta": 2.0}, "x": None},
            "loss_weights": {"y": 0.5},
            "metrics": {"y": ["mae", {"type": "MeanSquaredError", "name": "m"}]},
        },
        "dtype_policy": "mixed_float16",
        "seed": 3,
    }
    return [*good, *specs, rich, family(), library()]


def family() -> Any:
    """A spec with everything that takes a document apart."""
    return {
        "netwright": 1,
        "name": "family",
        "params": {
            "units": {"type": "integer", "minimum": 1, "default": 4, "description": "d"},
            "rates": {"type": "array", "items": {"type": "number", "maximum": 1}, "maxItems": 3, "default": [0.5]},
        },
        "blocks": {
            "pair": {
                "description": "d",
                "params": {"units": {"type": ["integer", "null"]}},
                "inputs": ["x", "y"],
                "nodes": {
                    "one": {"type": "Dense", "units": "${units}"},
                    "two": {"share": "one"},
                    "sum": {"op": "add"},
                },
                "edges": [["x", "one", "sum"], ["y", "two", "sum"]],
                "outputs": {"x": "sum", "y": "one"},
            }
        },
        "inputs": {"x": {"shape": ["${units}"]}},
        "nodes": {
            "pairs": {"block": "pair", "repeat": 2, "with": {"units": "${units}"}, "description": "d"},
            "drop": {"type": "Dropout", "rate": "${rates[0]}"},
        },
        "edges": [["x", "pairs:x"], ["x", "pairs:y"], ["pairs:x", "drop"]],
        "outputs": {"z": "drop", "y": {"from": "pairs:y", "target": {"shape": ["${units}"]}}},
        "compile": {"optimizer": "adam", "loss": {"z": "${'mse'}", "y": None}},
    }


def library() -> Any:
    """A document of blocks."""
    block = {"inputs": ["x"], "nodes": {"relu": {"type": "ReLU"}}, "edges": [["x", "relu"]], "outputs": {"x": "relu"}}
    return {"netwright": 1, "name": "library", "description": "d", "blocks": {"relu": block}}


ODD = [
    None,
    True,
    0,
    -1,
    1,
    2.5,
    3.0,
    "",
    "linear",
    "no such thing",
    [],
    [1],
    [2, 3],
    {},
    {"type": "Dense", "units": 1},
]


def edits(value: Any) -> Iterator[Any]:
    """Every document one edit away: a value replaced, a key removed, misspelt or added."""
    for path in paths(value):
        for odd in ODD:
            yield edited(value, path, odd)
        holder = at(value, path[:-1])
        if isinstance(holder, dict):
            yield edited(value, path, None, remove=True)
            yield edited(value, (*path[:-1], f"{path[-1]}x"), at(value, path))
    yield edited(value, ("extra",), 1)


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*here, key)
        yield from paths(item, (*here, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def edited(value: Any, path: tuple[Any, ...], new: Any, *, remove: bool = False) -> Any:
    changed = copy.deepcopy(value)
    holder = at(changed, path[:-1])
    if remove:
        del holder[path[-1]]
    else:
        holder[path[-1]] = new
    return changed


@pytest.mark.parametrize("seed", seeds(), ids=lambda one: str(one["name"]))
def test_schema_and_pydantic_agree_one_edit_away(seed: Any) -> None:
    assert schema_accepts(seed)
    assert stage_accepts(seed)
    # In CI every fifth: a document takes as long as hundreds of questions do.
    some = list(edits(seed))[:: 1 if NIGHTLY else 5]
    wrong = [one for one in some if schema_accepts(one) != stage_accepts(one)]
    assert not wrong, f"{len(wrong)} documents, the first: {json.dumps(wrong[0])}"
