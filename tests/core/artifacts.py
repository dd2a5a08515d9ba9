"""An artifact as `compile` writes it, made without Keras: its files hold no variables, all else is as it should be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from netwright.artifacts.manifest import NAME, Manifest, manifest_of
from netwright.artifacts.whole import files_of, listing_of
from netwright.compiler import CheckedModel, analyse

SPEC: dict[str, Any] = {
    "netwright": 1,
    "name": "scorer",
    "inputs": {"x": {"shape": [8]}},
    "nodes": {
        "trunk": {"type": "Dense", "units": "${units}", "activation": "relu"},
        "head": {"type": "Dense", "units": 1},
    },
    "edges": [["x", "trunk", "head"]],
    "outputs": {"score": "head"},
    "params": {"units": {"type": "integer", "default": 4}},
}


def checked(spec: Mapping[str, Any] = SPEC, **params: Any) -> CheckedModel:
    """The model of a spec without errors."""
    work = analyse(json.dumps(spec).encode(), settings=params)
    assert work.model, work.diagnostics
    return work.model


def config() -> dict[str, Any]:
    """What Keras writes into `config.json` for `SPEC`, as far as it is looked at."""

    def layer(name: str, kind: str, **more: Any) -> dict[str, Any]:
        return {"module": "keras.layers", "class_name": kind, "name": name, "config": {"name": name, **more}}

    return {
        "module": "keras.src.models.functional",
        "class_name": "Functional",
        "config": {
            "layers": [
                layer("x", "InputLayer", batch_shape=[None, 8], dtype="float32"),
                layer("trunk", "Dense"),
                layer("head", "Dense"),
            ],
            "input_layers": {"x": ["x", 0, 0]},
            "output_layers": {"score": ["head", 0, 0]},
        },
    }


def field(number: int, value: bytes | int) -> bytes:
    """A field of a protocol buffer."""

    def on_the_wire(size: int) -> bytes:
        return bytes([size]) if size < 128 else bytes([size & 127 | 128]) + on_the_wire(size >> 7)

    if isinstance(value, int):
        return on_the_wire(number << 3) + on_the_wire(value % 2**64)
    return on_the_wire(number << 3 | 2) + on_the_wire(len(value)) + value


def tensor(name: str, sizes: Sequence[int], dtype: int = 1) -> bytes:
    """An entry of a signature: a name, and a TensorInfo."""
    shape = b"".join(field(2, field(1, size)) for size in sizes)
    return field(1, name.encode()) + field(2, field(2, dtype) + field(3, shape))


def saved_model(inputs: Sequence[bytes], outputs: Sequence[bytes], name: str = "serving_default") -> bytes:
    """A SavedModel that has a signature and no graph."""
    signature = b"".join(field(1, one) for one in inputs) + b"".join(field(2, one) for one in outputs)
    return field(1, 1) + field(2, field(5, field(1, name.encode()) + field(2, signature)))


def write_keras_file(path: Path, value: Any, **more: str) -> None:
    """Write a file as Keras does."""
    with ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(value))
        archive.writestr("metadata.json", "{}")
        archive.writestr("model.weights.h5", b"none")
        for name, text in more.items():
            archive.writestr(name, text)


def write_artifact(directory: Path, model: CheckedModel | None = None) -> Manifest:
    """Write an artifact of `SPEC`."""
    (directory / "saved_model/variables").mkdir(parents=True)
    write_keras_file(directory / "model.keras", config())
    graph = saved_model([tensor("x", [-1, 8])], [tensor("score", [-1, 1])])
    (directory / "saved_model/saved_model.pb").write_bytes(graph)
    (directory / "saved_model/variables/variables.index").write_bytes(b"0" * 1000)
    return seal(directory, manifest_of(model or checked(), seed=None, formats=["keras", "saved_model"], unstable={}))


def seal(directory: Path, manifest: Manifest) -> Manifest:
    """Write the manifest of what is in a directory."""
    (directory / NAME).unlink(missing_ok=True)
    files = files_of(directory, sorted(listing_of(directory).files))
    sealed = manifest.model_copy(update={"files": files})
    (directory / NAME).write_text(sealed.text(), "utf-8")
    return sealed
