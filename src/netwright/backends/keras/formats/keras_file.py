"""`model.keras`: Keras' own file, to load and train."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from netwright.compiler import CheckedModel

if TYPE_CHECKING:
    import keras


def write(built: keras.Model, model: CheckedModel, path: Path) -> None:
    """Write the model with its optimizer.

    Raises:
        OSError: it can't be written.
    """
    if built.compiled:
        # Keras builds the optimizer of a model that it loads, and warns if the file has no variables for it.
        built.optimizer.build(built.trainable_variables)
    built.save(path)
