"""`model.weights.h5`: the variables alone, for `load_weights` on a model that is there already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from netwright.compiler import CheckedModel

if TYPE_CHECKING:
    import keras


def write(built: keras.Model, model: CheckedModel, path: Path) -> None:
    """Write the variables.

    Raises:
        OSError: it can't be written.
    """
    built.save_weights(path)
