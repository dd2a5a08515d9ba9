"""CheckedModel -> Manifest: what an artifact is, as one JSON file in it.

The models below are the one description of that file: reading checks with them, and its JSON Schema is published from
them. Nothing in it differs between two builds of the same: no time, no path, no host.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from netwright.artifacts.versions import versions
from netwright.compiler import CheckedModel
from netwright.shapes import ShapedModel
from netwright.syntax import DEFAULT_LIMITS, value_of
from netwright.tensors import Tensor, plain
from netwright.words import counted, short, tick

NAME = "manifest.json"
FORMAT: Literal[1] = 1
# Room for a spec that blocks expand to 100,000 nodes.
MOST_BYTES = 64 * 1024 * 1024
# A spec stands one level deeper in a manifest.
_DEPTH = DEFAULT_LIMITS.depth + 1
_PART = r"[A-Za-z0-9_][A-Za-z0-9_.\-]*"

Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
# Where a file is in the artifact: never absolute, never outside, nothing that a shell or a terminal could take amiss.
FilePath = Annotated[str, StringConstraints(pattern=rf"^{_PART}(/{_PART})*$", max_length=1024)]
Count = Annotated[int, Field(ge=0)]


class BadManifest(Exception):
    """A file is no manifest; the text says why."""


class Part(BaseModel):
    """A part of a manifest: frozen, strict, and closed."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Described(Part):
    """A tensor."""

    shape: list[Count | None] = Field(description="sizes of the axes, batch axis first; null for what is unknown")
    dtype: str = Field(description="what the elements are, by Keras' name")


class Sources(Part):
    """The files that the model was written in."""

    spec: Sha256 = Field(description="SHA-256 of the spec, as it was written")
    imports: dict[str, Sha256] = Field(description="SHA-256 of each file it imports, by its path from the spec")


class Parameters(Part):
    """The elements of all variables."""

    trainable: Count = Field(description="those that training changes")
    non_trainable: Count = Field(description="the others")


class File(Part):
    """A file of the artifact."""

    sha256: Sha256 = Field(description="SHA-256 of its bytes")
    size: Count = Field(description="its length in bytes")


class Manifest(Part):
    """What an artifact is: made from what, by what, with which names, shapes and files."""

    manifest: Literal[1] = Field(description="the version of this format")
    name: str = Field(description="the name of the model")
    spec: dict[str, Any] = Field(description="the spec as one graph: params have values, blocks are unrolled")
    spec_sha256: Sha256 = Field(description="SHA-256 of `spec`, written with sorted keys and no spaces, in UTF-8")
    sources: Sources = Field(description="the files that the model was written in")
    params: dict[str, Any] = Field(description="the values of the spec's params, set or by default")
    seed: Count = Field(description="what initial weights were drawn from")
    versions: dict[str, str] = Field(description="the versions of what shapes the bytes")
    formats: list[str] = Field(description="the formats that the model was written in")
    inputs: dict[str, Described] = Field(description="the model's inputs by name")
    outputs: dict[str, Described] = Field(description="the model's outputs by name")
    parameters: Parameters = Field(description="the elements of all variables")
    files: dict[FilePath, File] = Field(description="every file of the artifact but this one")
    unstable: dict[str, str] = Field(description="formats of which two builds differ in bytes, and why")

    def origin(self) -> Manifest:
        """The manifest as it was before the files were there."""
        return self.model_copy(update={"files": {}})

    def text(self) -> str:
        """The manifest as it is written: keys in order, so that there is one way to write it."""
        return json.dumps(self.model_dump(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def manifest_of(
    model: CheckedModel, *, seed: int | None, formats: Sequence[str], unstable: Mapping[str, str]
) -> Manifest:
    """The manifest of what compiling a model here would write, as far as that can be known before."""
    spec = model.shaped.graph.spec
    # As it is read back: a number without a fractional part is an integer, however it was computed.
    kept = {key: one for key, one in model.expanded.items() if key not in ("params", "imports", "$schema")}
    expanded, params = value_of(canonical(kept), _DEPTH), value_of(canonical(dict(model.params)), _DEPTH)
    return Manifest(
        manifest=FORMAT,
        name=spec.name,
        spec=expanded,
        spec_sha256=digest(canonical(expanded)),
        sources=Sources(
            spec=hashlib.sha256(model.source).hexdigest(),
            imports={name: digest(text) for name, text in model.imported.items()},
        ),
        params=params,
        seed=spec.seed or 0 if seed is None else seed,
        versions=versions(formats),
        formats=sorted(set(formats)),
        **description(model.shaped),
        files={},
        unstable=dict(unstable),
    )


def description(shaped: ShapedModel) -> dict[str, Any]:
    """What a manifest says of a model's tensors and variables."""
    spec = shaped.graph.spec
    made = [one for name in shaped.graph.order if name in shaped.graph.used for one in shaped.variables[name]]
    trainable = sum(one.size for one in made if one.trainable)
    outputs = {name: tensor for name in spec.outputs if (tensor := shaped.output(name))}
    return {
        "inputs": {name: _described(shaped.tensors[name][0]) for name in spec.inputs},
        "outputs": {name: _described(tensor) for name, tensor in outputs.items()},
        "parameters": Parameters(trainable=trainable, non_trainable=sum(one.size for one in made) - trainable),
    }


def _described(tensor: Tensor) -> Described:
    return Described(shape=list(plain(tensor.shape)), dtype=tensor.dtype)


def canonical(value: Any) -> str:
    """JSON with one way to write each value: keys in order, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest, which may be anybody's.

    Raises:
        BadManifest: it is none, or of another version.
    """
    if len(data) > MOST_BYTES:
        raise BadManifest(f"is larger than {MOST_BYTES:,} bytes")
    try:
        value = value_of(data.decode("utf-8"), _DEPTH)
    except UnicodeDecodeError as error:
        raise BadManifest("is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        why = f": line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadManifest(f"is no JSON that netwright writes{why}") from error
    if not isinstance(value, dict) or "manifest" not in value:
        raise BadManifest("is no manifest of netwright's: it has no key `manifest`")
    if value["manifest"] != FORMAT:
        raise BadManifest(f"has version {tick(value['manifest'])} of the format; this netwright reads {FORMAT}")
    try:
        return Manifest.model_validate(value)
    except ValidationError as error:
        raise BadManifest(_first(error.errors(include_url=False, include_context=False, include_input=False))) from None


def _first(lines: Iterable[Any]) -> str:
    """What is wrong, by the first of Pydantic's messages."""
    first, *more = lines
    place = ".".join(str(step) for step in first["loc"])
    rest = f" (and {counted(len(more), 'more fault')})" if more else ""
    return f"is no manifest: {tick(place)}: {short(first['msg'][:1].lower() + first['msg'][1:])}{rest}"


def schema() -> dict[str, Any]:
    """The JSON Schema of a manifest."""
    found = Manifest.model_json_schema()
    # Pydantic publishes what keys may be, and not that there are no others.
    found["properties"]["files"]["additionalProperties"] = False
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**head, **found, "title": f"netwright manifest, version {FORMAT}"}
