"""`model.keras`: Keras' own file, to load and train, with the same bytes each time.

`model.save` writes the time of day, memory addresses, and weights by one of two ways, as memory allows. So the three
parts of the file are made by Keras' public functions here, and are put into the archive without a clock.
"""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from netwright.backends.keras.formats import CantConvert
from netwright.compiler import CheckedModel
from netwright.words import tick

if TYPE_CHECKING:
    import keras

# Both are the earliest that an archive can tell.
NO_DATE = "1980-01-01@00:00:00"
NO_TIME = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def write(built: keras.Model, model: CheckedModel, path: Path) -> None:
    """Write the model with its optimizer.

    Raises:
        CantConvert: SOURCE_DATE_EPOCH is not a number of seconds.
        OSError: it can't be written.
    """
    import keras

    if built.compiled:
        # Keras builds the optimizer of a model that it loads, and warns if the file has no variables for it.
        built.optimizer.build(built.trainable_variables)
    metadata = {"keras_version": keras.__version__, "date_saved": _date()}
    # Outside of `model.save` what is serialized has no `shared_object_id`, which would be a memory address. A layer is
    # shared inside one model by its name.
    config = keras.saving.serialize_keras_object(built)
    with TemporaryDirectory(prefix=".weights.", dir=path.parent) as folder, ZipFile(path, "w") as archive:
        archive.writestr(_member("metadata.json"), json.dumps(metadata))
        archive.writestr(_member("config.json"), json.dumps(config))
        weights = Path(folder) / "model.weights.h5"
        built.save_weights(weights)
        member = _member(weights.name)
        member.file_size = weights.stat().st_size
        with weights.open("rb") as source, archive.open(member, "w") as target:
            shutil.copyfileobj(source, target, 2**20)


def _date() -> str:
    """When it was saved: what reproducible builds agree on, or never."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return NO_DATE
    try:
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%d@%H:%M:%S")
    except (ValueError, OverflowError):
        why = f"SOURCE_DATE_EPOCH is {tick(epoch)}, which is not a number of seconds since 1970"
        raise CantConvert("keras", why) from None


def _member(name: str) -> ZipInfo:
    """A file in the archive: nothing of it depends on the machine."""
    member = ZipInfo(name, NO_TIME)
    member.compress_type, member.create_system, member.external_attr = ZIP_STORED, UNIX, 0o644 << 16
    return member
