"""keras.Model -> one TensorFlow function with the spec's names, which every format but Keras' own is made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras


def traced(model: keras.Model) -> tuple[Any, Any]:
    """A `tf.Module` that holds what the model is made of, and the concrete function of its forward pass in inference.

    The function takes and returns tensors by the spec's names.
    """
    import tensorflow as tf

    def serve(inputs: dict[str, Any]) -> Any:
        return model(inputs, training=False)

    module = tf.Module()
    module.model_variables = [variable.value for variable in model.variables]
    module.tables = list(_tables(model))
    specs = {name: tf.TensorSpec(tensor.shape, tensor.dtype, name=name) for name, tensor in model.input.items()}
    with _ops_named(model):
        # Saved itself, the function that this is of would be traced again.
        module.serve = tf.function(serve, autograph=False).get_concrete_function(specs)
    return module, module.serve


def _tables(model: keras.Model) -> Iterator[Any]:
    """The lookup tables of preprocessing layers, which are no variables."""
    import tensorflow as tf

    for layer in model._flatten_layers():  # noqa: SLF001 - Keras has no other way to layers inside layers
        for value in vars(layer).values():
            if isinstance(value, tf.saved_model.experimental.TrackableResource):
                yield value


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
