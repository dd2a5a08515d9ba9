"""A directory -> what is wrong with the artifact in it: is it whole, is it what its spec says, is it up to date?"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from netwright.artifacts import keras_file, onnx_file, saved_model
from netwright.artifacts.manifest import NAME, Manifest, canonical, description, digest
from netwright.artifacts.whole import Found, Problem, look, problems_of
from netwright.compiler import analyse_expanded
from netwright.shapes import ShapedModel
from netwright.words import given, printable, tick

# What reads a file of an artifact, and what kind of problem it finds.
READERS = {one.NAME: one.problems for one in (keras_file, saved_model, onnx_file)}
MOST_TRIES = 100
# What of a manifest follows from its spec.
_FOLLOWS = ("inputs", "outputs", "parameters")


def verify(directory: Path) -> tuple[Manifest | None, tuple[Problem, ...]]:
    """The manifest of an artifact, and what is wrong with it. No link in the artifact is followed.

    Raises:
        OSError: the directory can't be read.
    """
    for _ in range(MOST_TRIES):
        before = directory.stat()
        with suppress(FileNotFoundError):
            found = look(directory)
            problems = tuple(_problems(found))
            if not problems or os.path.samestat(before, directory.stat()):
                return found.manifest, problems
        # Another artifact has taken the place of this one while it was read.
    raise OSError(f"{directory} is replaced all the time")


def _problems(found: Found) -> Iterator[Problem]:
    damage = tuple(problems_of(found))
    yield from damage
    if found.manifest is None:
        return
    faults, shaped = _spec(found.manifest)
    yield from (Problem("wrong-manifest", NAME, one) for one in faults)
    if shaped is None or faults:
        return
    damaged = {one.file for one in damage}
    for name, problems in READERS.items():
        if name in found.manifest.files and name not in damaged:
            told = problems(found.directory, found.manifest, shaped)
            yield from (Problem("wrong-model", name, f"{tick(name)} {one}") for one in told)


def _spec(manifest: Manifest) -> tuple[tuple[str, ...], ShapedModel | None]:
    """Where the manifest is not what follows from the spec in it; and the model, if the spec can be read."""
    if digest(canonical(manifest.spec)) != manifest.spec_sha256:
        return ("`spec` was changed: it does not have the digest in `spec_sha256`",), None
    shaped, work = analyse_expanded(manifest.spec, NAME)
    if shaped is None:
        first = next(iter(work.diagnostics), None)
        return (f"`spec` is not one that compiles: {first.message if first else 'it can not be read'}",), None
    real, wanted = manifest.model_dump(), Manifest.model_construct(**description(shaped)).model_dump(warnings=False)
    faults = [
        f"`{key}` is {given(real[key])}, and by the spec in it {given(wanted[key])}"
        for key in _FOLLOWS
        if real[key] != wanted[key]
    ]
    if manifest.name != shaped.graph.spec.name:
        faults.append(f"`name` is {tick(manifest.name)}, and by the spec in it {tick(shaped.graph.spec.name)}")
    return tuple(faults), shaped


def out_of_date(manifest: Manifest, wanted: Manifest) -> Iterator[Problem]:
    """How an artifact differs from what compiling here would write: `wanted` is the manifest of that."""
    for one in _differences(manifest, wanted):
        yield Problem("out-of-date", "", one)


def _differences(manifest: Manifest, wanted: Manifest) -> Iterator[str]:
    told = False
    for one in (*_sources(manifest, wanted), *_values(manifest, wanted)):
        told = True
        yield one
    if not told and manifest.spec_sha256 != wanted.spec_sha256:
        yield "the spec has another meaning now"


def _sources(manifest: Manifest, wanted: Manifest) -> Iterator[str]:
    before, now = manifest.sources, wanted.sources
    if before.spec != now.spec:
        same = manifest.spec_sha256 == wanted.spec_sha256
        yield "the spec was changed" + (", though it means the same" if same else "")
    for name in sorted(before.imports.keys() | now.imports.keys()):
        if name not in before.imports or name not in now.imports:
            yield f"{tick(name)} is imported now" if name in now.imports else f"{tick(name)} is not imported any more"
        elif before.imports[name] != now.imports[name]:
            yield f"{tick(name)} was changed"


def _values(manifest: Manifest, wanted: Manifest) -> Iterator[str]:
    for name in sorted(manifest.params.keys() | wanted.params.keys()):
        before, now = ([one.params[name]] if name in one.params else [] for one in (manifest, wanted))
        if before != now:
            yield f"the param {tick(name)} is {_value(now)}, and was {_value(before)}"
    if manifest.seed != wanted.seed:
        yield f"the seed is {wanted.seed}, and was {manifest.seed}"
    for name, installed in wanted.versions.items():
        # What is not installed here can't be compared.
        if manifest.versions.get(name) != installed:
            yield f"{name} is {installed}, and was {tick(manifest.versions.get(name, 'unknown'))}"


def _value(found: list[Any]) -> str:
    return given(found[0]) if found else "not there"


def as_text(directory: str, problems: Iterable[Problem]) -> str:
    """The problems for people, one a line."""
    lines = (f"{Path(directory, one.file)}: error[{one.kind}]: {one.message}" for one in problems)
    return "".join(f"{printable(line)}\n" for line in lines)


def as_json(directory: str, manifest: Manifest | None, problems: Iterable[Problem]) -> str:
    """The result, for programs."""
    found = [one._asdict() for one in problems]
    head = {"format": 1, "directory": directory, "name": manifest.name if manifest else None, "ok": not found}
    return json.dumps({**head, "problems": found}, indent=2) + "\n"
