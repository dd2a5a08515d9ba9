"""`model.onnx` -> where its inputs and outputs are not what the spec says, read without ONNX."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from netwright.artifacts.manifest import Manifest
from netwright.artifacts.protobuf import NotProtobuf, last, messages
from netwright.artifacts.signatures import Seen, differences
from netwright.artifacts.whole import read_within
from netwright.shapes import ShapedModel

NAME = "model.onnx"
MOST_BYTES = 2**31
# ONNX' numbers for dtypes.
DTYPES = {
    1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64", 8: "string", 9: "bool",
    10: "float16", 11: "float64", 12: "uint32", 13: "uint64", 16: "bfloat16",
}  # fmt: skip
# Fields of ModelProto, GraphProto, ValueInfoProto, TypeProto, its Tensor, TensorShapeProto and Dimension.
_GRAPH, _INPUTS, _OUTPUTS, _NAME, _TYPE, _TENSOR, _DTYPE, _SHAPE, _DIMS, _SIZE = 7, 11, 12, 1, 2, 1, 1, 2, 1, 1


def problems(directory: Path, manifest: Manifest, shaped: ShapedModel) -> Iterator[str]:
    """Where the names, shapes and dtypes of inputs and outputs differ."""
    try:
        graphs = messages(read_within(directory, NAME, MOST_BYTES), _GRAPH)
        inputs, outputs = (
            dict(_seen(one) for graph in graphs for one in messages(graph, number)) for number in (_INPUTS, _OUTPUTS)
        )
    except NotProtobuf:
        yield "can't be read: it is no protocol buffer"
    except OSError as error:
        yield f"can't be read: {error.strerror}"
    else:
        yield from differences(inputs, outputs, manifest, shaped)


def _seen(value: bytes) -> tuple[str, Seen]:
    """A ValueInfoProto."""
    name = b"".join(messages(value, _NAME)).decode("utf-8", "replace")
    for kind in messages(value, _TYPE):
        for tensor in messages(kind, _TENSOR):
            dtype = DTYPES.get(last(tensor, _DTYPE), "of another kind")
            for shape in messages(tensor, _SHAPE):
                # A size that is not known has a name, or nothing.
                return name, Seen(dtype, tuple(last(one, _SIZE) or None for one in messages(shape, _DIMS)))
            return name, Seen(dtype, None)
    return name, Seen("of another kind", None)
