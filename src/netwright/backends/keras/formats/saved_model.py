"""`saved_model/`: the forward pass for TensorFlow alone, to serve.

It has one signature, `serving_default`, whose arguments and results bear the spec's names. The model is traced once and
its variables are stored once, while `model.export` traces three times and stores them twice, in the order of memory
addresses.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from netwright.backends.keras.formats.tracing import traced
from netwright.compiler import CheckedModel

if TYPE_CHECKING:
    import keras


def write(built: keras.Model, model: CheckedModel, path: Path) -> None:
    """Write the directory.

    Raises:
        OSError: it can't be written.
    """
    import tensorflow as tf

    module, concrete = traced(built)
    tf.saved_model.save(module, str(path), signatures={"serving_default": concrete})
    _name_after_contents(path / "fingerprint.pb")


def _name_after_contents(path: Path) -> None:
    """Put the checksum where TensorFlow puts a random number to tell one SavedModel from another."""
    from tensorflow.core.protobuf.fingerprint_pb2 import FingerprintDef

    fingerprint = FingerprintDef.FromString(path.read_bytes())
    fingerprint.uuid = str(fingerprint.saved_model_checksum)
    path.write_bytes(fingerprint.SerializeToString(deterministic=True))
