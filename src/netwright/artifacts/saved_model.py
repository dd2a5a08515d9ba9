"""`saved_model/` -> where its signature is not what the spec says, read without TensorFlow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from netwright.artifacts.manifest import Described, Manifest
from netwright.artifacts.protobuf import NotProtobuf, entries, last, messages
from netwright.artifacts.whole import read_within
from netwright.shapes import ShapedModel
from netwright.tensors import written
from netwright.words import tick

NAME = "saved_model/saved_model.pb"
SIGNATURE = "serving_default"
MOST_BYTES = 2**31
# TensorFlow's numbers for dtypes.
DTYPES = {
    1: "float32", 2: "float64", 3: "int32", 4: "uint8", 5: "int16", 6: "int8", 7: "string", 9: "int64", 10: "bool",
    14: "bfloat16", 17: "uint16", 19: "float16", 22: "uint32", 23: "uint64",
}  # fmt: skip
# Fields of SavedModel, MetaGraphDef, SignatureDef, TensorInfo, TensorShapeProto and Dim.
_META_GRAPHS, _SIGNATURES, _INPUTS, _OUTPUTS = 2, 5, 1, 2
_DTYPE, _SHAPE, _DIMS, _UNKNOWN_RANK, _SIZE = 2, 3, 2, 3, 1


def problems(directory: Path, manifest: Manifest, shaped: ShapedModel) -> Iterator[str]:
    """Where the names, shapes and dtypes of the signature differ."""
    try:
        graphs = messages(read_within(directory, NAME, MOST_BYTES), _META_GRAPHS)
        signature = entries(graphs[0], _SIGNATURES).get(SIGNATURE) if graphs else None
        if signature is None:
            yield f"has no signature {tick(SIGNATURE)}"
            return
        yield from _different("input", entries(signature, _INPUTS), manifest.inputs, frozenset())
        # Keras calls these floats, and what flows are integers.
        loose = frozenset(name for name in manifest.outputs if (one := shaped.output(name)) and one.integers)
        yield from _different("output", entries(signature, _OUTPUTS), manifest.outputs, loose)
    except NotProtobuf:
        yield "can't be read: it is no protocol buffer"
    except OSError as error:
        yield f"can't be read: {error.strerror}"


def _different(noun: str, real: dict[str, bytes], wanted: dict[str, Described], loose: frozenset[str]) -> Iterator[str]:
    for name in sorted(real.keys() | wanted.keys()):
        if name not in wanted or name not in real:
            yield (
                f"has the {noun} {tick(name)}, which its spec has not"
                if name in real
                else f"lacks the {noun} {tick(name)}"
            )
            continue
        dtype, shape = DTYPES.get(last(real[name], _DTYPE), "of another kind"), _shape(real[name])
        one = wanted[name]
        if dtype != one.dtype and name not in loose:
            yield f"has the {noun} {tick(name)} as {dtype}, and by its spec it is {one.dtype}"
        if shape is not None and not _agree(shape, tuple(one.shape)):
            yield f"has the {noun} {tick(name)} as {written(shape)}, and by its spec it is {written(tuple(one.shape))}"


def _agree(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool:
    return len(one) == len(other) and all(a == b or None in (a, b) for a, b in zip(one, other, strict=True))


def _shape(tensor: bytes) -> tuple[int | None, ...] | None:
    """The shape of a TensorInfo; None if not even its rank is known."""
    for shape in messages(tensor, _SHAPE):
        if last(shape, _UNKNOWN_RANK):
            return None
        sizes = [last(one, _SIZE) for one in messages(shape, _DIMS)]
        # -1 is written as the largest number there is.
        return tuple(size if size < 2**63 else None for size in sizes)
    return None
