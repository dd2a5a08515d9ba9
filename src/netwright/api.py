"""The library: what the commands do, for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from netwright.artifacts import verify as artifacts
from netwright.artifacts.manifest import Manifest, manifest_of
from netwright.artifacts.whole import Problem
from netwright.backends.keras.artifact import Artifact, TargetInUse, current, write
from netwright.backends.keras.build import build as build_keras
from netwright.backends.keras.formats import DEFAULT, CantConvert
from netwright.backends.keras.load import problems as load_problems
from netwright.compiler import Analysis, CheckedModel, analyse
from netwright.diagnostics import Diagnostic
from netwright.files import read
from netwright.params import NO_SETTINGS, Settings
from netwright.render import json as json_format
from netwright.render import text
from netwright.syntax import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    import keras

__all__ = [
    "Artifact",
    "CantConvert",
    "InvalidSpec",
    "Report",
    "TargetInUse",
    "Verification",
    "build",
    "compile",
    "validate",
    "verify",
]

# The path of a spec, or a spec as Python values.
Source: TypeAlias = str | os.PathLike[str] | Mapping[str, Any]


class InvalidSpec(ValueError):
    """A spec has errors. Its text is what `netwright validate` prints; `report` holds the diagnostics as values."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"the spec has errors\n\n{report}")
        self.report = report


class Report:
    """What `validate` found. It is true if there are no errors, and its text is what the command prints."""

    def __init__(self, work: Analysis) -> None:
        self._work = work

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every diagnostic, in the order of the document."""
        return tuple(self._work.diagnostics)

    @property
    def ok(self) -> bool:
        """Whether there are no errors; warnings do not count."""
        return not self._work.errors

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        return text.render([self._work]).removesuffix("\n")

    def to_json(self) -> str:
        """The report as `netwright validate --format json` prints it, with lines and columns."""
        return json_format.render([self._work])


def validate(
    source: Source,
    *,
    params: Settings = NO_SETTINGS,
    max_size: int = DEFAULT_LIMITS.size,
    max_nodes: int = DEFAULT_LIMITS.nodes,
) -> Report:
    """Find everything that is wrong with a spec, without TensorFlow.

    Args:
        source: the path of a spec, or the spec as Python values.
        params: values of the spec's params.
        max_size: the largest file to be read, in bytes.
        max_nodes: the most nodes and copies that blocks may become.

    Raises:
        OSError: the file can't be read.
        ValueError, TypeError: the values can't be written as JSON.
    """
    return Report(_analysed(source, params, Limits(size=max_size, nodes=max_nodes)))


def build(source: Source, *, params: Settings = NO_SETTINGS, seed: int | None = None) -> keras.Model:
    """Build the model that a spec describes, compiled if it has a compile section.

    Args:
        source: the path of a spec, or the spec as Python values.
        params: values of the spec's params.
        seed: what initial weights are drawn from, node by node: they depend on the seed, the name and arguments of
            their node, and on nothing else. None takes the spec's. If there is none either, one is drawn from Python's
            random numbers, as Keras does in hand-written code; `keras.utils.set_random_seed` sets them.

    Raises:
        InvalidSpec: the spec has errors.
        OSError: the file can't be read.
    """
    return build_keras(_checked(source, params), seed)


def compile(
    source: Source,
    directory: str | os.PathLike[str],
    *,
    params: Settings = NO_SETTINGS,
    seed: int | None = None,
    formats: Sequence[str] = DEFAULT,
    force: bool = False,
) -> Artifact:
    """Build the model that a spec describes and save it to `directory`, all or nothing.

    Writes a file or directory for each format, and `manifest.json`. If that is what `directory` holds already, whole,
    nothing is built or written, and TensorFlow is not loaded.

    Args:
        source: the path of a spec, or the spec as Python values.
        directory: is created, or replaced if it holds an earlier artifact.
        params: values of the spec's params.
        seed: what initial weights are drawn from; None takes the spec's, or 0.
        formats: any of `keras`, `saved_model`, `weights`, `tflite` and `onnx`; the first two by default.
        force: build also if the artifact is up to date.

    Raises:
        CantConvert: a format can't hold this model, or its package is missing.
        InvalidSpec: the spec has errors.
        ValueError: there is no such format.
        TargetInUse: `directory` holds something that is no artifact.
        OSError: a file can't be read or written.
    """
    model, target = _checked(source, params), Path(directory)
    found = None if force else current(model, target, seed=seed, formats=formats)
    return found or write(model, target, seed=seed, formats=formats)


class Verification:
    """What `verify` found. It is true if nothing is wrong, and its text is what the command prints."""

    def __init__(self, directory: Path, manifest: Manifest | None, problems: tuple[Problem, ...]) -> None:
        self.directory = directory
        self.manifest = manifest
        self.problems = problems

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        return artifacts.as_text(str(self.directory), self.problems).removesuffix("\n")

    def to_json(self) -> str:
        """The result as `netwright verify --format json` prints it."""
        return artifacts.as_json(str(self.directory), self.manifest, self.problems)


def verify(
    directory: str | os.PathLike[str],
    source: Source | None = None,
    *,
    params: Settings = NO_SETTINGS,
    seed: int | None = None,
    load: bool = False,
) -> Verification:
    """Find what is wrong with an artifact, without TensorFlow unless `load` is set.

    It is whole if each file has its size and digest and nothing else is there; it is what its spec says if names,
    shapes, dtypes and numbers of parameters follow from the spec in its manifest and are those of the files. No link in
    the artifact is followed.

    Args:
        directory: where the artifact is.
        source: the spec that the artifact should be up to date with; None does not ask that.
        params: values of the spec's params.
        seed: what initial weights should be drawn from; None takes the spec's, or 0.
        load: also let Keras and TensorFlow load the files, and compare what they make of them.

    Raises:
        InvalidSpec: `source` has errors.
        OSError: the directory or the spec can't be read.
    """
    place = Path(directory)
    manifest, problems = artifacts.verify(place)
    if manifest and source is not None:
        wanted = manifest_of(_checked(source, params), seed=seed, formats=manifest.formats, unstable=manifest.unstable)
        problems += tuple(artifacts.out_of_date(manifest, wanted))
    if manifest and load and not problems:
        problems += tuple(load_problems(place, manifest))
    return Verification(place, manifest, problems)


def _analysed(source: Source, params: Settings, limits: Limits = DEFAULT_LIMITS) -> Analysis:
    if isinstance(source, Mapping):
        data = json.dumps(source, indent=2, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return analyse(data, "spec", limits, params)
    name = os.fspath(source)
    return analyse(read(Path(source), limits.size), name, limits, params, name)


def _checked(source: Source, params: Settings) -> CheckedModel:
    work = _analysed(source, params)
    if work.model is None:
        raise InvalidSpec(Report(work))
    return work.model
