"""Random arguments and tensors for any layer, derived from the layer itself.

Arguments come from the JSON Schemas of the layer's fields, which Pydantic publishes; so a new layer, or a new type of
argument, is drawn without a word here. The rows of a truth table are the seeds: what is drawn is put into a row, for of
arguments that are all drawn at once hardly any go together.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from netwright.arguments import published
from netwright.objects import family
from netwright.operation import Case, Operation, ports_of
from netwright.schema import FAMILIES
from netwright.tensors import Tensor
from tests.operations import Ports, fed

Strategy = st.SearchStrategy[Any]
DTYPES = ("float32", "float32", "float32", "float16", "float64", "int32", "uint8", "bool", "string")
SIZES = (1, 2, 3, 4, 5, 8, None)
WORDS = ("a", "b", "c", "same", "")
# Bounds beyond this are those of the machine.
FAR = 1000
# Layers that stand inside others.
INNER = (
    {"type": "Dense", "units": 3},
    {"type": "Conv1D", "filters": 2, "kernel_size": 2},
    {"type": "LSTM", "units": 3},
    {"type": "GRU", "units": 3, "return_sequences": True},
    {"type": "Dropout", "rate": 0.5},
    {"type": "ReLU"},
    {"type": "BatchNormalization"},
    {"type": "SimpleRNN", "units": 3},
    {"type": "GRUCell", "units": 3, "dropout": 0.5},
    {"type": "LSTMCell", "units": 3, "recurrent_dropout": 0.5},
    {"type": "StackedRNNCells", "cells": [{"type": "GRUCell", "units": 3}, {"type": "LSTMCell", "units": 2}]},
)


def arguments_of(layer: type[Operation], row: Case) -> Strategy:
    """The arguments of a row, some of them drawn anew, some left out, some added."""
    schema = published(layer)
    # Ports are fed by tensors, but where the row has numbers.
    ports = {*ports_of(layer)} - {*row.arguments}
    changed = {
        name: drawn(one, schema)
        for name, one in schema.get("properties", {}).items()
        if not never(one) and name not in ports
    }
    if not changed:
        return st.just(dict(row.arguments))
    few = st.dictionaries(st.sampled_from(sorted(changed)), st.none(), max_size=3)
    return few.flatmap(lambda names: st.fixed_dictionaries({name: changed[name] for name in names})).map(
        lambda new: {**row.arguments, **new}
    )


def never(schema: dict[str, Any]) -> bool:
    """Whether nothing but null may stand there."""
    return schema.get("type") == "null"


def drawn(schema: dict[str, Any], whole: dict[str, Any]) -> Strategy:
    """Values that a JSON Schema allows."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "const" in schema:
        return st.just(schema["const"])
    if "anyOf" in schema:
        return st.one_of([drawn(one, whole) for one in schema["anyOf"]])
    if "$ref" in schema:
        return referred(schema, whole)
    kind = schema.get("type")
    if isinstance(kind, list):
        return st.one_of([drawn({**schema, "type": one}, whole) for one in kind])
    return TYPES[kind](schema, whole) if kind else st.sampled_from([None, 1, "a"])


def referred(schema: dict[str, Any], whole: dict[str, Any]) -> Strategy:
    """An object of a family, or a layer, by the name of its definition."""
    name = schema["$ref"].rpartition("/")[2]
    if name in whole.get("$defs", {}):
        return drawn(whole["$defs"][name], whole)
    if name.partition(".")[0] in FAMILIES:
        return st.sampled_from(sorted(family(name.partition(".")[0]).names))
    if name == "activations":
        return st.sampled_from(sorted(family("activations").functions))
    only = schema.get("properties", {}).get("type", {}).get("enum")
    fitting = [one for one in INNER if not only or one["type"] in only]
    return st.sampled_from(fitting) if fitting else st.none()


def numbers(schema: dict[str, Any], whole: dict[str, Any]) -> Strategy:
    """A few numbers within the bounds, the bounds themselves among them."""
    low, high = (
        schema.get("minimum", schema.get("exclusiveMinimum")),
        schema.get("maximum", schema.get("exclusiveMaximum")),
    )
    candidates: list[Any] = [one for one in (low, high) if one is not None and abs(one) < FAR]
    candidates += [-2, -1, 0, 1, 2, 3, 5, *([0.1, 0.5, 2.5] if schema["type"] == "number" else [])]
    fitting = [
        one
        for one in candidates
        if (low is None or one >= low) and (high is None or one <= high)
        and one not in (schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum"))
    ]  # fmt: skip
    return st.sampled_from(sorted(set(fitting)))


def arrays(schema: dict[str, Any], whole: dict[str, Any]) -> Strategy:
    """Lists, the shortest and a little longer."""
    least = schema.get("minItems", 0)
    most = min(schema.get("maxItems", least + 3), least + 3)
    return st.lists(drawn(schema.get("items", {"type": "integer"}), whole), min_size=least, max_size=most)


def objects(schema: dict[str, Any], whole: dict[str, Any]) -> Strategy:
    """Objects with some of the properties."""
    some = {name: drawn(one, whole) for name, one in schema.get("properties", {}).items()}
    return st.fixed_dictionaries({}, optional=some)


TYPES: dict[str, Any] = {
    "integer": numbers,
    "number": numbers,
    "boolean": lambda schema, whole: st.booleans(),
    "null": lambda schema, whole: st.none(),
    "string": lambda schema, whole: st.sampled_from(WORDS),
    "array": arrays,
    "object": objects,
}


def ports_like(layer: type[Operation], row: Case) -> st.SearchStrategy[Ports]:
    """The tensors of a row, with other sizes, ranks and dtypes here and there."""
    many = {name: ports_of(layer)[name].many for name in fed(layer, row)}

    def changed(name: str, value: Any) -> Strategy:
        if isinstance(value, tuple):
            return st.tuples(*(tensor_like(one, f"{name}_{i}") for i, one in enumerate(value)))
        return tensor_like(value, name)

    # What is drawn comes in any order, and the first port is filled by position.
    return st.fixed_dictionaries(
        {name: changed(name, value) for name, value in fed(layer, row).items() if name in many}
    ).map(lambda drawn: {name: drawn[name] for name in many})


@st.composite
def tensor_like(draw: st.DrawFn, tensor: Tensor, name: str) -> Tensor:
    """The tensor itself more often than not; else with another size, axis or dtype. A new size may be called `name`."""
    change = draw(st.sampled_from(("", "", "", "size", "size", "axis", "dtype")))
    shape, dtype = list(tensor.shape), tensor.dtype
    if change == "size" and len(shape) > 1:
        shape[draw(st.integers(1, len(shape) - 1))] = draw(st.sampled_from((*SIZES, name)))
    elif change == "axis":
        shape = (
            shape[:-1] if len(shape) > 1 and draw(st.booleans()) else [*shape, draw(st.sampled_from((*SIZES, name)))]
        )
    elif change == "dtype":
        dtype = draw(st.sampled_from(DTYPES))
    return Tensor(tuple(shape), dtype)
