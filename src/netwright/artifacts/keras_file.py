"""`model.keras` -> what in it is not what the spec says, read without Keras.

Only `config.json` is read: from what classes Keras would make the model, under which names, with which inputs and
outputs. What the variables hold is for Keras to read.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from netwright.artifacts.manifest import MOST_BYTES, Manifest
from netwright.artifacts.whole import MOST_TOLD, opened
from netwright.layer import Layer
from netwright.shapes import ShapedModel
from netwright.words import given, listed, tick

NAME = "model.keras"
CONFIG = "config.json"
MEMBERS = frozenset({CONFIG, "metadata.json", "model.weights.h5"})
OPS = "keras.src.ops."
# Keras' own classes that run what a file brings along, or open what it names.
_RUNS_CODE = frozenset({
    "Lambda", "__lambda__", "function", "__typespec__", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer",
})  # fmt: skip
# Keras writes these without a module.
_VALUES = frozenset({"__keras_tensor__", "__tensor__", "__numpy__", "__ellipsis__", "__slice__", "__tuple__"})


def problems(directory: Path, manifest: Manifest, shaped: ShapedModel) -> Iterator[str]:
    """What `model.keras` has that its spec has not, or the other way round."""
    try:
        value = _config(directory)
    except (OSError, BadZipFile, ValueError, KeyError, RuntimeError, EOFError, zlib.error) as error:
        yield f"can't be read: {str(error)[:200]}"
        return
    yield from islice(chain(_code(value), _model(value, manifest, shaped)), MOST_TOLD)


def _config(directory: Path) -> Any:
    """The config, as Keras reads it.

    Raises:
        OSError, BadZipFile, ValueError, KeyError, RuntimeError, EOFError, zlib.error: it can't be read.
    """
    with os.fdopen(opened(directory, NAME), "rb") as file, ZipFile(file) as archive:
        foreign = sorted({one for one in archive.namelist() if one not in MEMBERS and not one.startswith("assets/")})
        if foreign:
            raise ValueError(f"it holds {listed(foreign)}, which Keras does not write")
        with archive.open(CONFIG) as member:
            data = member.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"{CONFIG} is larger than {MOST_BYTES:,} bytes")
    return json.loads(data)


def _code(value: Any) -> Iterator[str]:
    """What is made of classes that are not Keras', or that run what the file brings along."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, list):
            todo += one
        if not isinstance(one, dict):
            continue
        todo += one.values()
        name, module = one.get("class_name"), one.get("module")
        if name in _RUNS_CODE or (module is not None and str(module).partition(".")[0] != "keras"):
            yield f"would run code of the file's choice: {given(module)}, {given(name)}"
        elif name is not None and module is None and name not in _VALUES:
            yield f"has {given(name)} without saying of what module"


def _model(value: Any, manifest: Manifest, shaped: ShapedModel) -> Iterator[str]:
    """Where the model's layers, inputs and outputs differ."""
    config = value.get("config") if isinstance(value, dict) else None
    if not isinstance(config, dict) or value.get("class_name") != "Functional":
        yield "holds no functional model"
        return
    layers, wanted = {one.get("name"): one for one in _dicts(config.get("layers"))}, _layers(shaped)
    real = {
        name: one.get("class_name")
        for name, one in layers.items()
        # Keras adds ops of its own, for masks.
        if name in wanted or not str(one.get("module")).startswith(OPS)
    }
    yield from _different("layer", real, wanted)
    inputs = {name: _input(layers.get(name)) for name in _names(config.get("input_layers"))}
    yield from _different("input", inputs, {name: (one.shape, one.dtype) for name, one in manifest.inputs.items()})
    outputs = {name: _source(one) for name, one in _names(config.get("output_layers")).items()}
    graph = shaped.graph
    owners = {
        name: graph.node(one.name).owner if one.name in graph.spec.nodes else "" for name, one in graph.outputs.items()
    }
    sources = {name: owners[name] or one.name for name, one in graph.outputs.items()}
    yield from _different("output", outputs, sources)


def _layers(shaped: ShapedModel) -> dict[str, str | None]:
    """The class of each layer that the model is made of, and None for each op, whose class is Keras' affair."""
    graph = shaped.graph
    found: dict[str, str | None] = dict.fromkeys(graph.spec.inputs, "InputLayer")
    for name in (one for one in graph.order if one in graph.used):
        node = graph.node(name)
        found[node.owner or name] = node.operation.kind() if isinstance(node.operation, Layer) else None
    return found


def _different(noun: str, real: Mapping[Any, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    for name, one in real.items():
        if name not in wanted:
            yield f"has the {noun} {tick(name)}, which its spec has not"
        elif wanted[name] is not None and one != wanted[name]:
            yield f"has another {noun} {tick(name)} than its spec: {given(one)} instead of {given(wanted[name])}"
    for name in wanted:
        if name not in real:
            yield f"lacks the {noun} {tick(name)}"


def _input(layer: Any) -> Any:
    config = layer.get("config") if layer else None
    return (config.get("batch_shape"), config.get("dtype")) if isinstance(config, dict) else None


def _source(value: Any) -> Any:
    """The layer that an output comes from."""
    return value[0] if isinstance(value, list) and value else value


def _names(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
