"""keras.Model -> files: the model in each format and `manifest.json`, all of them or none.

A target that holds anything but an artifact is never touched, and one that holds just what would be written is left as
it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

from netwright.artifacts.manifest import MOST_BYTES, NAME, Manifest, manifest_of
from netwright.artifacts.room import see_to_room, told_as_disk_errors
from netwright.artifacts.staging import staged
from netwright.artifacts.whole import Found, files_of, foreign, listing_of, look, problems_of
from netwright.backends.keras.build import SILENT, NotWhatWasInferred, Progress, build
from netwright.backends.keras.formats import DEFAULT, FORMATS, in_order, write_format
from netwright.compiler import CheckedModel
from netwright.costs import SIZES
from netwright.words import tick

if TYPE_CHECKING:
    import keras


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
    model: CheckedModel, directory: Path, *, seed: int | None = None, formats: Sequence[str] = DEFAULT
) -> Artifact | None:
    """The artifact in `directory`, if it is whole and just what `write` would write; TensorFlow is not loaded.

    Whether it is whole is told by digests, of all bytes: sizes say nothing of weights that were trained and saved in
    its place, and times do not survive the caches that artifacts are kept in.

    Raises:
        ValueError: there is no such format.
        TargetInUse: `directory` holds something else.
    """
    directory = resolved(directory)
    check_target(directory)
    try:
        found = look(directory)
    except OSError:
        return None
    wanted = _planned(model, seed, formats)
    if found.manifest is None or found.manifest.origin() != wanted or any(problems_of(found)):
        return None
    return Artifact(directory, _sizes(found), up_to_date=True, _built=lambda: build(model, wanted.seed))


def write(
    model: CheckedModel,
    directory: Path,
    *,
    seed: int | None = None,
    formats: Sequence[str] = DEFAULT,
    progress: Progress = SILENT,
) -> Artifact:
    """Build the model and write it to `directory`, which then holds the new artifact and nothing else.

    Args:
        model: what `analyse` found to be without errors.
        directory: is created; if it exists it must be empty or hold an artifact.
        seed: what initial weights are drawn from; None takes the spec's, or 0.
        formats: what it is written as, of `formats.NAMES`.
        progress: is told each stage and node.

    Raises:
        CantConvert: a format can't hold this model, or its package is missing.
        ValueError: there is no such format.
        TargetInUse: `directory` holds something else.
        TooLarge: the spec, expanded, is too large for a manifest.
        OSError: it can't be written.
    """
    directory = resolved(directory)
    check_target(directory)
    origin = _planned(model, seed, formats)
    with staged(directory, check_target) as staging:
        progress.begin("building")
        built = build(model, origin.seed, progress)
        _compare(origin, built)
        see_to_room(staging, _sizes_of(built, origin.formats))
        for one in in_order(formats):
            progress.begin(f"saving {FORMATS[one].path}")
            with told_as_disk_errors(staging):
                write_format(one, built, model, staging)
        progress.begin("writing the manifest")
        _write_manifest(origin, staging)
        sizes = _sizes(look(staging))
    return Artifact(directory, sizes, up_to_date=False, _built=lambda: built)


def _sizes_of(built: keras.Model, formats: Sequence[str]) -> list[int]:
    """About how many bytes each format needs at most, with room for names and for what is written on the way."""
    variables = sum(SIZES[one.dtype] * prod(one.shape) for one in built.variables)
    # Optimizers keep up to two numbers for each. Keras' file is put together from one with the variables.
    trained = variables * 3 if built.compiled else variables
    names = 2**16 + 2**12 * len(built.variables)
    return [size + names for one in formats for size in ((trained, trained) if one == "keras" else (variables,))]


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
        raise _in_use(directory, name, f"is {found.listing.odd.get(name, 'no part of the artifact')}")


def _in_use(directory: Path, name: str, why: str) -> TargetInUse:
    return TargetInUse(f"{directory} holds {tick(name)}, which {why}: choose another directory, or remove it")


def _planned(model: CheckedModel, seed: int | None, formats: Sequence[str]) -> Manifest:
    """The manifest, as far as it is known before anything is built."""
    named = in_order(formats)
    unstable = {one: FORMATS[one].varies for one in named if FORMATS[one].varies}
    return manifest_of(model, seed=seed, formats=named, unstable=unstable)


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
    return {
        name: found.listing.files[name] for name in sorted(found.listing.files, key=lambda name: (name == NAME, name))
    }
