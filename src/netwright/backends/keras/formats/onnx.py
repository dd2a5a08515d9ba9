"""`model.onnx`: the forward pass for ONNX Runtime and whatever else reads ONNX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from netwright.backends.keras.formats import CantConvert
from netwright.compiler import CheckedModel

if TYPE_CHECKING:
    import keras


def write(built: keras.Model, model: CheckedModel, path: Path) -> None:
    """Write the file.

    Raises:
        CantConvert: always, so far.
    """
    raise CantConvert("onnx", "netwright can't do that yet")
