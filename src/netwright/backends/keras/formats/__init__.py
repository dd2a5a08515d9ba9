"""What a model is written as: one format per file.

A format is a module with `write(built, model, path)`, loaded when it is asked for. Each one has the spec's names of
inputs and outputs.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from netwright.compiler import CheckedModel

if TYPE_CHECKING:
    import keras


class Format(NamedTuple):
    """A format: its name in `--format`, what it is called in the artifact, and the module that writes it.

    `varies` says what of it may differ when the same is written twice, and why; nothing if nothing does.
    """

    name: str
    path: str
    module: str
    varies: str = ""


# In the order in which they are written: `keras` builds the optimizer, and Keras warns where it loads a file of weights
# in which there is more than a new optimizer has.
FORMATS = {
    one.name: one
    for one in (
        Format("weights", "model.weights.h5", "weights"),
        Format("keras", "model.keras", "keras_file"),
        Format(
            "saved_model",
            "saved_model",
            "saved_model",
            "TensorFlow numbers functions through the life of a process: saved_model.pb, and fingerprint.pb with its "
            "checksum, are the same only where a new process, such as `netwright compile`, writes them",
        ),
        Format("tflite", "model.tflite", "tflite"),
        Format(
            "onnx",
            "model.onnx",
            "onnx",
            "tf2onnx keeps nodes in sets, in the order of memory addresses: their order, and which name is kept of two "
            "that compute the same, may differ; what is computed does not",
        ),
    )
}
NAMES: tuple[str, ...] = tuple(FORMATS)
DEFAULT: tuple[str, ...] = ("keras", "saved_model")


class CantConvert(Exception):
    """A format can't hold this model, or the package that writes it is not installed."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"the model can't be written as {name}: {why}")
        self.format = name
        self.why = why


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The formats of these names, each once, in the order in which they are written.

    Raises:
        ValueError: there is no such format, or none is named.
    """
    given = set(names)
    unknown = given.difference(NAMES)
    if unknown or not given:
        what = f"there is no format `{min(unknown)}`" if unknown else "no format is named"
        raise ValueError(f"{what}: the formats are {', '.join(NAMES)}")
    return tuple(name for name in NAMES if name in given)


def write_format(name: str, built: keras.Model, model: CheckedModel, staging: Path) -> None:
    """Write the model to `staging`, an existing directory, in the format of that name.

    Args:
        name: one of `NAMES`.
        built: what `build` made of `model`.
        model: the checked spec.
        staging: gets a file or directory called `FORMATS[name].path`.

    Raises:
        CantConvert: the format can't hold this model, or its package is missing.
        OSError: it can't be written.
    """
    one = FORMATS[name]
    import_module(f"{__name__}.{one.module}").write(built, model, staging / one.path)
