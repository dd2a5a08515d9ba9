"""`model.onnx`: the forward pass for ONNX Runtime and whatever else reads ONNX.

It is converted by tf2onnx from the function that is traced once. Keras' own export calls tf2onnx, too, but traces for
itself, wants a model that was called on numbers, changes NumPy for older versions of tf2onnx, and takes its old default
of operations.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from netwright.backends.keras.formats import CantConvert
from netwright.backends.keras.formats.tracing import traced
from netwright.backends.keras.quiet import held_back, nothing
from netwright.compiler import CheckedModel
from netwright.tensors import Shape, Tensor

if TYPE_CHECKING:
    import keras

# The newest that tf2onnx writes; its default lacks what Keras makes use of.
OPSET = 18


def write(built: keras.Model, model: CheckedModel, path: Path) -> None:
    """Write the file.

    Raises:
        CantConvert: ONNX lacks an operation of the model, the model is too large, or tf2onnx is not installed.
        OSError: it can't be written.
    """
    if find_spec("tf2onnx") is None:
        raise CantConvert("onnx", "it needs tf2onnx: pip install 'netwright[onnx]'")
    _, concrete = traced(built)
    found = _converted(concrete)
    _check(found)
    _name_sizes(found, model)
    path.write_bytes(found.SerializeToString(deterministic=True))


def _converted(concrete: Any) -> Any:
    """The `onnx.ModelProto`."""
    logging.getLogger("tf2onnx").setLevel(logging.CRITICAL)
    with held_back(nothing):
        from tf2onnx import convert

        # What is taken here is a `tf.function`, of which one trace is asked for.
        function = SimpleNamespace(get_concrete_function=lambda: concrete)
        try:
            found, _ = convert.from_function(function, (), opset=OPSET, custom_op_handlers={"Erfc": (_erfc, [])})
        except Exception as error:
            # It raises whatever it comes across in operations that it does not know.
            raise CantConvert("onnx", str(error).partition("\n")[0]) from error
    return found


def _erfc(graph: Any, node: Any, name: str, _: Any) -> None:
    """What the exact GELU is made of: 1 - erf(x)."""
    import numpy as np
    from tf2onnx import utils

    node.type = "Erf"
    output = node.output[0]
    one = graph.make_const(f"{name}/one", np.array(1, utils.map_onnx_to_numpy_type(graph.get_dtype(output))))
    rest = graph.make_node("Sub", [one.output[0], output])
    graph.insert_node_on_output(rest, output)


def _check(found: Any) -> None:
    """Refuse what is left of TensorFlow.

    Raises:
        CantConvert: something is.
    """
    import onnx

    lacking = {one.op_type for one in found.graph.node if not onnx.defs.has(one.op_type, one.domain)}
    if lacking:
        raise CantConvert("onnx", f"ONNX has no {', '.join(sorted(lacking))}")
    try:
        onnx.checker.check_model(found)
    except (onnx.checker.ValidationError, ValueError) as error:
        raise CantConvert("onnx", str(error).partition("\n")[0]) from error


def _name_sizes(found: Any, model: CheckedModel) -> None:
    """Name the sizes of inputs and outputs that are not known as the spec does, and the first one `batch`."""
    shaped = model.shaped
    for value in found.graph.input:
        _name(value, shaped.tensors[value.name][0])
    for value in found.graph.output:
        _name(value, shaped.output(value.name))


def _name(value: Any, tensor: Tensor | None) -> None:
    shape: Shape = tensor.shape if tensor else ()
    for axis, (dimension, size) in enumerate(zip(value.type.tensor_type.shape.dim, shape, strict=False)):
        if not isinstance(size, int):
            dimension.dim_param = size or ("batch" if axis == 0 else f"{value.name}_{axis}")
