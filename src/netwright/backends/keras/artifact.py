"""keras.Model -> files: the model in each format and `manifest.json`, all of them or none.

A target that holds anything but an artifact is never touched, and one that holds just what would be written is left as
it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netwright.artifacts.manifest import MOST_BYTES, NAME, Manifest, manifest_of
from netwright.artifacts.staging import staged
from netwright.artifacts.whole import Found, files_of, foreign, listing_of, look, problems_of
from netwright.backends.keras.build import SILENT, NotWhatWasInferred, Progress, build
from netwright.compiler import CheckedModel
from netwright.words import tick

if TYPE_CHECKING:
    import keras

KERAS_FILE = "model.keras"
SAVED_MODEL = "saved_model"
FORMATS = ("keras", "saved_model")


class TargetInUse(Exception):
    """The output directory holds something that is no artifact."""


class TooLarge(Exception):
    """The manifest would be larger than any is read."""


@dataclass(frozen=True)
class Artifact:
    """What is there now: the directory, and each file in it, relative to it, with its size in bytes.

    `up_to_date` says that it was there before, and nothing was written.
    """

    directory: Path
    files: dict[str, int]
    up_to_date: bool
    _built: Callable[[], keras.Model] = field(repr=False)

    @cached_property
    def model(self) -> keras.Model:
        """The model that was saved. If the artifact was up to date, it is built now, from the same seed."""
        return self._built()


def current(
    model: CheckedModel, directory: Path, *, seed: int | None = None, formats: Sequence[str] = FORMATS
) -> Artifact | None:
    """The artifact in `directory`, if it is whole and just what `write` would write; TensorFlow is not loaded.

    Whether it is whole is told by digests, of all bytes: sizes say nothing of weights that were trained and saved in
    its place, and times do not survive the caches that artifacts are kept in.

    Raises:
        TargetInUse: `directory` holds something else.
    """
    directory = resolved(directory)
    check_target(directory)
    try:
        found = look(directory)
    except OSError:
        return None
    wanted = manifest_of(model, seed=seed, formats=formats)
    if found.manifest is None or found.manifest.origin() != wanted or any(problems_of(found)):
        return None
    return Artifact(directory, _sizes(found), up_to_date=True, _built=lambda: build(model, wanted.seed))


def write(
    model: CheckedModel,
    directory: Path,
    *,
    seed: int | None = None,
    formats: Sequence[str] = FORMATS,
    progress: Progress = SILENT,
) -> Artifact:
    """Build the model and write it to `directory`, which then holds the new artifact and nothing else.

    Args:
        model: what `analyse` found to be without errors.
        directory: is created; if it exists it must be empty or hold an artifact.
        seed: what initial weights are drawn from; None takes the spec's, or 0.
        formats: what to write.
        progress: is told each stage and node.

    Raises:
        TargetInUse: `directory` holds something else.
        TooLarge: the spec, expanded, is too large for a manifest.
        OSError: it can't be written.
    """
    directory = resolved(directory)
    check_target(directory)
    origin = manifest_of(model, seed=seed, formats=formats)
    with staged(directory, check_target) as staging:
        progress.begin("building")
        built = build(model, origin.seed, progress)
        _compare(origin, built)
        save(built, staging, formats, progress)
        progress.begin("writing the manifest")
        _write_manifest(origin, staging)
        sizes = _sizes(look(staging))
    return Artifact(directory, sizes, up_to_date=False, _built=lambda: built)


def save(built: keras.Model, staging: Path, formats: Sequence[str], progress: Progress) -> None:
    """Write the model in each format."""
    progress.begin(f"saving {KERAS_FILE}")
    if built.compiled:
        # Keras builds the optimizer of a model that it loads, and warns if the file has no variables for it.
        built.optimizer.build(built.trainable_variables)
    built.save(staging / KERAS_FILE)
    progress.begin(f"saving {SAVED_MODEL}/")
    export(built, staging / SAVED_MODEL)


def resolved(directory: Path) -> Path:
    """The directory by a path that means the same from now on: links that lead to it are followed, it itself is not."""
    directory = directory.absolute()
    return directory.resolve() if directory.name in ("", "..") else directory.parent.resolve() / directory.name


def check_target(directory: Path) -> None:
    """Refuse to replace what is not an artifact, and nothing else.

    Raises:
        TargetInUse: it is a file, a link, around the working directory, or a directory with something else in it.
    """
    if directory.is_symlink():
        raise TargetInUse(f"{directory} is a symbolic link: name the directory that it leads to")
    if not directory.exists():
        return
    if not directory.is_dir():
        raise TargetInUse(f"{directory} is not a directory")
    if any(directory.samefile(one) for one in (Path.cwd(), *Path.cwd().parents)):
        raise TargetInUse(f"{directory} is the working directory, or around it: name one inside it")
    if not os.path.lexists(directory / NAME):
        # Nothing in there is ours, and there may be very much in there.
        for one in islice(directory.iterdir(), 1):
            raise _in_use(directory, one.name, "is no part of an artifact")
        return
    found = look(directory)
    if found.manifest is None:
        raise _in_use(directory, NAME, found.why)
    for name in foreign(found):
        raise _in_use(directory, name, found.listing.odd.get(name, "is no part of the artifact"))


def _in_use(directory: Path, name: str, why: str) -> TargetInUse:
    return TargetInUse(f"{directory} holds {tick(name)}, which {why}: choose another directory, or remove it")


def _compare(origin: Manifest, built: keras.Model) -> None:
    """See that the variables are as many as inferred, also those that no single node accounts for."""
    inferred = origin.parameters.trainable + origin.parameters.non_trainable
    if built.count_params() != inferred:
        raise NotWhatWasInferred(origin.name, "the number of parameters", inferred, built.count_params())


def _write_manifest(origin: Manifest, staging: Path) -> None:
    listing = listing_of(staging)
    assert not listing.odd, listing.odd
    files = files_of(staging, sorted(listing.files))
    text = origin.model_copy(update={"files": files}).text().encode()
    if len(text) > MOST_BYTES:
        raise TooLarge(f"the spec, expanded, makes a manifest of {len(text):,} bytes; {MOST_BYTES:,} are the most")
    (staging / NAME).write_bytes(text)


def _sizes(found: Found) -> dict[str, int]:
    """The sizes of all files, the manifest last."""
    return {name: found.listing.files[name] for name in sorted(found.listing.files, key=lambda name: (name == NAME, name))}


def export(model: keras.Model, directory: Path) -> None:
    """Write a SavedModel with one signature, `serving_default`, whose arguments and results bear the spec's names.

    The model is traced once and its variables are stored once.
    """
    import tensorflow as tf

    module = tf.Module()
    module.model_variables = [variable.value for variable in model.variables]

    def call(**inputs: Any) -> Any:
        return model(inputs, training=False)

    serve = tf.function(call, autograph=False)

    specs = {name: tf.TensorSpec(tensor.shape, tensor.dtype, name=name) for name, tensor in model.input.items()}
    with _ops_named(model):
        concrete = serve.get_concrete_function(**specs)
    module.serve = serve
    tf.saved_model.save(module, str(directory), signatures={"serving_default": concrete})


@contextmanager
def _ops_named(model: keras.Model) -> Iterator[None]:
    """Trace each op below its name, as Keras does with layers only."""
    import keras
    import tensorflow as tf

    ops = [one for one in model.operations if not isinstance(one, keras.Layer)]

    def named(op: Any) -> Any:
        inner = op.call

        def call(*tensors: Any, **arguments: Any) -> Any:
            with tf.name_scope(op.name):
                return inner(*tensors, **arguments)

        return call

    for op in ops:
        op.call = named(op)
    try:
        yield
    finally:
        for op in ops:
            del op.call
