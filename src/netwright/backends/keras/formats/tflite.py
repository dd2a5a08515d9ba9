"""`model.tflite`: the forward pass for LiteRT, on phones and small machines, in operations of its own only.

Operations that only TensorFlow has could be left to TensorFlow, but LiteRT's runtime is shipped without it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from netwright.backends.keras.formats import CantConvert
from netwright.backends.keras.formats.tracing import traced
from netwright.backends.keras.quiet import held_back, nothing
from netwright.compiler import CheckedModel

if TYPE_CHECKING:
    import keras


def write(built: keras.Model, model: CheckedModel, path: Path) -> None:
    """Write the file.

    Raises:
        CantConvert: LiteRT lacks an operation of the model.
        OSError: it can't be written.
    """
    import tensorflow as tf

    module, concrete = traced(built)
    with held_back(nothing):
        converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete], module)
        try:
            content = converter.convert()
        except Exception as error:
            # The converter's own class of errors is not public.
            raise CantConvert("tflite", _why(str(error))) from error
    path.write_bytes(content)


def _why(said: str) -> str:
    """The operations that LiteRT lacks, from what the converter says over many lines; or else its first line."""
    lacking = sorted(set(re.findall(r"'tf\.(\w+)'", said)))
    if not lacking:
        return said.partition("\n")[0]
    why = f"LiteRT has no {', '.join(lacking)}"
    return f"{why}; recurrent layers need a `batch_size` at the inputs" if "TensorListReserve" in lacking else why
