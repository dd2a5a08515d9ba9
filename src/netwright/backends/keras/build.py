"""CheckedModel -> keras.Model, by functional calls, and the proof that it is what was inferred.

The model always has a dict of inputs and a dict of outputs: only so do the spec's names survive saving and export.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from netwright.backends.keras.lower import construct, lowered
from netwright.compiler import CheckedModel
from netwright.operation import ports_of
from netwright.shapes import ShapedModel
from netwright.spec import Compile
from netwright.tensors import plain

if TYPE_CHECKING:
    import keras


class Progress:
    """What a long build tells on its way: nothing, unless a subclass shows it."""

    def begin(self, stage: str) -> None:
        """A stage begins, and the one before it ends."""

    def node(self, done: int, total: int) -> None:
        """`done` of `total` nodes are built."""


SILENT = Progress()


class WrongBackend(Exception):
    """Keras is set to another backend than TensorFlow."""


class NotWhatWasInferred(Exception):
    """Keras built something else than `validate` promised. Always a defect of netwright, never of the spec."""

    def __init__(self, node: str, what: str, inferred: object, built: object) -> None:
        super().__init__(f"node `{node}`: {what} was inferred as {inferred}, but Keras built {built}")
        self.node = node


def build(model: CheckedModel, seed: int | None = None, progress: Progress = SILENT) -> keras.Model:
    """Build the model, compiled if the spec has a compile section.

    Args:
        model: what `analyse` found to be without errors.
        seed: what all random numbers in the model start from, node by node; None takes the spec's, or else draws one
            from Python's random numbers, as Keras does.
        progress: is told each node.

    Raises:
        WrongBackend: Keras runs on something else than TensorFlow.
        NotWhatWasInferred: a shape, dtype or variable is not the one that was inferred.
    """
    import keras

    shaped = model.shaped
    seed = shaped.graph.spec.seed if seed is None else seed
    if seed is None:
        seed = random.getrandbits(32)
    with _keras_defaults(), _names_from_the_start(), _randomness_put_back():
        tensors = {name: (_input(name, shaped),) for name in shaped.graph.spec.inputs}
        made_for: dict[str, Any] = {}
        names = [name for name in shaped.graph.order if name in shaped.graph.used]
        for done, name in enumerate(names, start=1):
            tensors[name] = _call(name, shaped, tensors, made_for, seed)
            progress.node(done, len(names))
        outputs = {public: tensors[one.name][one.position] for public, one in shaped.graph.outputs.items()}
        inputs = {name: tensors[name][0] for name in shaped.graph.spec.inputs}
        with _room_for(len(names)):
            built = keras.Model(inputs, outputs, name=shaped.graph.spec.name)
        if shaped.graph.spec.compile is not None:
            _compile(built, shaped.graph.spec.compile, tuple(outputs))
    return built


@contextmanager
def _keras_defaults() -> Iterator[None]:
    """Keras' own defaults, whatever the user's configuration file says: a spec means the same everywhere."""
    import keras

    config = keras.config
    if config.backend() != "tensorflow":
        raise WrongBackend(f"Keras runs on {config.backend()}; netwright compiles with TensorFlow: unset KERAS_BACKEND")
    before = (config.floatx(), config.epsilon(), config.image_data_format(), config.dtype_policy())
    _configure("float32", 1e-7, "channels_last", "float32")
    try:
        yield
    finally:
        _configure(*before)


@contextmanager
def _names_from_the_start() -> Iterator[None]:
    """Number what Keras names itself (a layer inside a layer) as in a new process, whatever was built before."""
    # Keras can publicly start the numbers anew, but not go on with the old ones.
    from keras.src.backend.common import global_state

    before = global_state.get_global_attribute("object_name_uids")
    global_state.set_global_attribute("object_name_uids", defaultdict(int))
    try:
        yield
    finally:
        global_state.set_global_attribute("object_name_uids", before)


@contextmanager
def _randomness_put_back() -> Iterator[None]:
    """Leave Python's random numbers, which are the whole program's, as they were."""
    before = random.getstate()
    try:
        yield
    finally:
        random.setstate(before)


@contextmanager
def _room_for(nodes: int) -> Iterator[None]:
    """Let Keras, which follows the graph back from its outputs by recursion, go as deep as there are nodes.

    The stack of Python functions is on the heap: only the limit stands in the way. An op may be several operations.
    """
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(before + 10 * nodes)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _configure(floatx: str, epsilon: float, image_data_format: str, policy: Any) -> None:
    import keras

    keras.config.set_floatx(floatx)
    keras.config.set_epsilon(epsilon)
    keras.config.set_image_data_format(image_data_format)
    keras.config.set_dtype_policy(policy)


def _input(name: str, shaped: ShapedModel) -> Any:
    import keras

    one = shaped.graph.spec.inputs[name]
    return keras.Input(plain(one.shape), batch_size=one.batch_size, dtype=one.dtype, name=name)


def _call(
    name: str, shaped: ShapedModel, tensors: dict[str, tuple[Any, ...]], made_for: dict[str, Any], seed: int
) -> tuple[Any, ...]:
    """Make the layer of a node, unless it shares one that is there, call it, and compare."""
    import keras

    node, layer = shaped.graph.node(name), shaped.operations[name]
    owner = node.owner or name
    if owner not in made_for:
        # All that Keras draws for a layer, it draws from here while the layer is made and first called; so a node's
        # random numbers depend on no other node. That reaches copies, too, which Keras makes of initializers (for each
        # half of a Bidirectional): with a seed written into them they would start equal.
        random.seed(f"{seed} {owner}")
        made_for[owner] = construct(layer, name=owner)
    made = made_for[owner]
    positional, by_name = [], {}
    for port in ports_of(type(layer)).values():
        feeds = shaped.graph.feeds[name].get(port.name)
        if feeds is None:
            continue
        values = [tensors[feed.source.name][feed.source.position] for feed in feeds]
        value = values if port.many else values[0]
        if port.positional and not port.optional:
            positional.append(value)
        else:
            by_name[port.name] = value
    also = {key: lowered(getattr(node.call, key)) for key in sorted(node.call.model_fields_set)}
    result = made(*positional, **by_name, **also)
    # The states of stacked cells come as lists in lists.
    outputs = tuple(keras.tree.flatten(result))
    _compare(name, shaped, made, outputs)
    return outputs


def _compare(name: str, shaped: ShapedModel, made: Any, outputs: tuple[Any, ...]) -> None:
    inferred = [(plain(tensor.shape), tensor.dtype) for tensor in shaped.tensors[name]]
    built = [(tuple(output.shape), output.dtype) for output in outputs]
    if inferred != built:
        raise NotWhatWasInferred(name, "the output", inferred, built)
    if len(getattr(made, "_inbound_nodes", ())) > 1:
        return
    expected = sorted((one.shape, one.trainable) for one in shaped.variables[name])
    weights = sorted((tuple(weight.shape), bool(weight.trainable)) for weight in made.weights)
    if expected != weights:
        raise NotWhatWasInferred(name, "its variables", expected, weights)


def _compile(built: keras.Model, section: Compile, outputs: tuple[str, ...]) -> None:
    """Compile with everything keyed by output name.

    Loss weights are completed: given a part of them, Keras pairs weights and losses by position.
    """
    weights = {name: section.loss_weights.get(name, 1.0) for name in outputs} if section.loss_weights else None
    built.compile(
        optimizer=lowered(section.optimizer),
        loss={name: lowered(section.loss[name]) for name in outputs},
        loss_weights=weights,
        metrics=lowered(section.metrics) or None,
        weighted_metrics=lowered(section.weighted_metrics) or None,
    )
