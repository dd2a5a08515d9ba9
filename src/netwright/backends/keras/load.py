"""Files -> keras.Model and SavedModel: what loading them shows, which reading them can't."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from netwright.artifacts.manifest import Described, Manifest
from netwright.artifacts.whole import Problem
from netwright.backends.keras.formats import FORMATS
from netwright.words import short, tick


def problems(directory: Path, manifest: Manifest) -> Iterator[Problem]:
    """What is not as the manifest says once the files are loaded, Keras' in safe mode."""
    loads: dict[str, Callable[[Path], tuple[Any, Any, int | None]]] = {"keras": _keras, "saved_model": _saved_model}
    for name, load in loads.items():
        if name not in manifest.formats:
            continue
        file = FORMATS[name].path
        try:
            inputs, outputs, parameters = load(directory / file)
        except Exception as error:  # noqa: BLE001 - loaders raise anything, and each means that it can't be loaded
            yield Problem("wrong-model", file, f"{tick(file)} can't be loaded: {short(str(error))}")
            continue
        faults = (*_different("input", inputs, manifest.inputs), *_different("output", outputs, manifest.outputs))
        yield from (Problem("wrong-model", file, f"{tick(file)} {one}") for one in faults)
        wanted = manifest.parameters.trainable + manifest.parameters.non_trainable
        if parameters not in (None, wanted):
            yield Problem(
                "wrong-model", file, f"{tick(file)} has {parameters:,} parameters, and should have {wanted:,}"
            )


def _keras(path: Path) -> tuple[Any, Any, int | None]:
    import keras

    model = keras.saving.load_model(path, compile=False, safe_mode=True)
    return model.input, model.output, model.count_params()


def _saved_model(path: Path) -> tuple[Any, Any, int | None]:
    import tensorflow as tf

    signature = tf.saved_model.load(str(path)).signatures["serving_default"]
    return signature.structured_input_signature[1], signature.structured_outputs, None


def _different(noun: str, real: Any, wanted: Mapping[str, Described]) -> Iterator[str]:
    if not isinstance(real, dict) or real.keys() != wanted.keys():
        yield f"has other {noun}s than its spec"
        return
    for name, tensor in real.items():
        shape = wanted[name].shape
        if len(tensor.shape) != len(shape) or any(
            None not in pair and pair[0] != pair[1] for pair in zip(tensor.shape, shape, strict=True)
        ):
            yield f"has the {noun} {tick(name)} as {tuple(tensor.shape)}, and by its spec it is {tuple(shape)}"
