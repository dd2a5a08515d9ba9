"""`saved_model/` -> where its signature is not what the spec says, read without TensorFlow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from netwright.artifacts.manifest import Manifest
from netwright.artifacts.protobuf import NotProtobuf, entries, last, messages
from netwright.artifacts.signatures import Seen, differences
from netwright.artifacts.whole import read_within
from netwright.shapes import ShapedModel
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
        inputs, outputs = (
            {name: _seen(one) for name, one in entries(signature, number).items()} for number in (_INPUTS, _OUTPUTS)
        )
    except NotProtobuf:
        yield "can't be read: it is no protocol buffer"
    except OSError as error:
        yield f"can't be read: {error.strerror}"
    else:
        yield from differences(inputs, outputs, manifest, shaped)


def _seen(tensor: bytes) -> Seen:
    """A TensorInfo."""
    dtype = DTYPES.get(last(tensor, _DTYPE), "of another kind")
    for shape in messages(tensor, _SHAPE):
        if last(shape, _UNKNOWN_RANK):
            break
        sizes = [last(one, _SIZE) for one in messages(shape, _DIMS)]
        # -1 is written as the largest number there is.
        return Seen(dtype, tuple(size if size < 2**63 else None for size in sizes))
    return Seen(dtype, None)
