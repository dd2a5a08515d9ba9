"""keras.Model -> files: the formats asked for and `manifest.json`, all of them or none.

Everything is written into a directory beside the target, and that takes the target's place by renaming. A target that
holds anything but an artifact is never touched.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netwright.backends.keras.build import SILENT, Progress, build
from netwright.backends.keras.formats import DEFAULT, FORMATS, in_order, write_format
from netwright.compiler import CheckedModel
from netwright.tensors import Shape, plain
from netwright.version import __version__
from netwright.words import printable

if TYPE_CHECKING:
    import keras

MANIFEST = "manifest.json"
MANIFEST_FORMAT = 1


class TargetInUse(Exception):
    """The output directory holds something that is no artifact."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """What was written: the directory, and each file in it, relative to it, with its size in bytes."""

    directory: Path
    files: dict[str, int]
    model: keras.Model


def write(
    model: CheckedModel,
    directory: Path,
    *,
    seed: int | None,
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
        OSError: it can't be written.
    """
    directory = directory.absolute()
    wanted = in_order(formats)
    check_target(directory)
    with _staged(directory) as staging:
        chosen = seed if seed is not None else model.shaped.graph.spec.seed or 0
        progress.begin("building")
        built = build(model, chosen, progress)
        for one in wanted:
            progress.begin(f"saving {FORMATS[one].path}")
            write_format(one, built, model, staging)
        progress.begin("writing the manifest")
        files = _files(staging)
        _write_json(staging / MANIFEST, _manifest(model, built, chosen, staging, files))
        sizes = {name: (staging / name).stat().st_size for name in (*files, MANIFEST)}
    return Artifact(directory, sizes, built)


def check_target(directory: Path) -> None:
    """Refuse to replace what is not an artifact, whole and nothing else.

    Raises:
        TargetInUse: it is a file, a link, the working directory, or a directory with something else in it.
    """
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        raise TargetInUse(f"{directory} is not a directory")
    if not directory.exists():
        return
    if directory.samefile(Path.cwd()):
        raise TargetInUse(f"{directory} is the working directory: name one inside it")
    own = _own_files(directory)
    # Without a manifest nothing in there is ours, and there may be very much in there.
    foreign = set(_files(directory)) - own if own else {one.name for one in islice(directory.iterdir(), 1)}
    if foreign:
        raise TargetInUse(
            f"{directory} holds `{printable(min(foreign))}`, which is no part of an artifact: choose another directory"
        )


def _own_files(directory: Path) -> set[str]:
    """The files that the manifest in a directory lists, and the manifest; none if it is not one of ours."""
    try:
        manifest = json.loads((directory / MANIFEST).read_bytes())
        if "netwright" in manifest["versions"]:
            return {MANIFEST, *manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return set()


@contextmanager
def _staged(directory: Path) -> Iterator[Path]:
    """A new directory beside `directory`, which takes its place if all goes well and leaves no trace if not."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    area = Path(tempfile.mkdtemp(prefix=f".{directory.name}.", dir=directory.parent))
    try:
        staging = area / "new"
        staging.mkdir()
        yield staging
        # What is there now may not be what was there when the build began.
        check_target(directory)
        _swap(staging, directory, area / "old")
    finally:
        # The old artifact is never thrown away unless a new one stands in its place.
        if directory.exists() or not (area / "old").exists():
            shutil.rmtree(area, ignore_errors=True)


def _swap(new: Path, target: Path, old: Path) -> None:
    """Put `new` in the place of `target`; whatever interrupts it, what was there is put back."""
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise


def _files(directory: Path) -> list[str]:
    found = (path for path in directory.rglob("*") if path.is_file())
    return sorted(path.relative_to(directory).as_posix() for path in found)


def _manifest(model: CheckedModel, built: keras.Model, seed: int, directory: Path, files: list[str]) -> dict[str, Any]:
    import keras
    import tensorflow as tf

    shaped = model.shaped
    inputs = {name: shaped.tensors[name][0] for name in shaped.graph.spec.inputs}
    outputs = {name: shaped.output(name) for name in shaped.graph.spec.outputs}
    return {
        "format": MANIFEST_FORMAT,
        "name": shaped.graph.spec.name,
        "spec": json.loads(model.source),
        "spec_sha256": hashlib.sha256(model.source).hexdigest(),
        "params": dict(model.params),
        "seed": seed,
        "versions": {"netwright": __version__, "keras": keras.__version__, "tensorflow": tf.__version__},
        "inputs": {name: _described(one.shape, one.dtype) for name, one in inputs.items()},
        "outputs": {name: _described(one.shape, one.dtype) for name, one in outputs.items() if one},
        "parameters": built.count_params(),
        "files": {name: _digest(directory / name) for name in files},
    }


def _described(shape: Shape, dtype: str) -> dict[str, Any]:
    return {"shape": list(plain(shape)), "dtype": dtype}


def _digest(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"sha256": digest, "size": path.stat().st_size}


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
