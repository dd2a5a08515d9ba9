"""Checked arguments -> Keras objects. Only constructors from Keras' own modules, only values the catalog has typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from inspect import Parameter, signature
from typing import Any

from netwright.arguments import Arguments
from netwright.catalog.families.rows import Row, Rows
from netwright.catalog.families.slicing import Key, Span
from netwright.op import Op
from netwright.operation import ports_of


def construct(arguments: Arguments, **also: Any) -> Any:
    """The Keras object that `arguments` describes; for an op, what calls it as a layer is called.

    What the spec leaves out is left to Keras' own default.

    Args:
        arguments: a layer, loss, optimizer, ... of the catalog.
        also: further constructor arguments, such as `name`.
    """
    import keras

    if isinstance(arguments, Op):
        return OpCall(arguments, **also)
    module = reduce(getattr, arguments.family.split("."), keras)
    given = {name: lowered(getattr(arguments, name)) for name in sorted(arguments.model_fields_set)}
    return getattr(module, type(arguments).__name__)(**given, **also)


def lowered(value: Any) -> Any:
    """A value of the catalog as Keras takes it: objects made, everything else as it is."""
    if isinstance(value, Arguments):
        return construct(value)
    if isinstance(value, Row | Rows):
        import numpy as np

        return np.array(value)
    if isinstance(value, Key):
        return tuple(slice(*part) if isinstance(part, Span) else part for part in value.parts)
    if isinstance(value, list | tuple):
        return type(value)(lowered(item) for item in value)
    if isinstance(value, dict):
        return {key: lowered(item) for key, item in value.items()}
    return value


class OpCall:
    """A function of `keras.ops` with its arguments, to be called with tensors."""

    weights: tuple[Any, ...] = ()
    losses: tuple[Any, ...] = ()

    def __init__(self, op: Op, name: str = "") -> None:
        self.op = op
        self.name = name

    def __call__(self, *tensors: Any, **by_name: Any) -> Any:
        """What the function makes of tensors at the ports that no number fills.

        With a name, the operation in Keras' graph gets it.
        """
        import keras

        free = [name for name in ports_of(type(self.op)) if name not in self.op.given]
        set_here = {name: lowered(getattr(self.op, name)) for name in sorted(self.op.model_fields_set)}
        function = reduce(getattr, self.op.kind().split("."), keras.ops)
        fed = {**dict(zip(free, tensors, strict=False)), **by_name}
        positional, named = _spread(function, {**set_here, **fed})
        result = function(*positional, **named)
        if self.name:
            _rename(keras.tree.flatten(result), keras.tree.flatten(list(fed.values())), self.name)
        return result


def _spread(function: Any, arguments: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Arguments as the function takes them: what stands before `*operands` by position, the entries of `**sizes`."""
    parameters = signature(function).parameters.values()
    positional: list[Any] = []
    if any(one.kind is Parameter.VAR_POSITIONAL for one in parameters):
        for one in parameters:
            if one.kind is Parameter.VAR_POSITIONAL:
                positional += arguments.pop(one.name)
                break
            positional.append(arguments.pop(one.name))
    for one in parameters:
        if one.kind is Parameter.VAR_KEYWORD:
            arguments |= arguments.pop(one.name, {})
    return positional, arguments


def _rename(outputs: Iterable[Any], inputs: Iterable[Any], name: str) -> None:
    """Give the operation that made `outputs` the name of its node; and those on the way, if there are, names below it.

    `keras.ops` take no name. That of an operation is what `summary`, saved files and `get_layer` know it by.
    """
    operations = list(_made(outputs, inputs))
    for number, one in enumerate(reversed(operations)):
        one.name = f"{name}.{number}"
    if operations:
        operations[0].name = name


def _made(outputs: Iterable[Any], inputs: Iterable[Any]) -> Iterator[Any]:
    """The operations between the tensors, the last first."""
    known = {id(tensor) for tensor in inputs}
    todo, seen = list(outputs), set()
    while todo:
        tensor = todo.pop()
        operation, node, _ = tensor._keras_history  # noqa: SLF001 - Keras' functional graph has no other way back
        if id(tensor) in known or operation in seen:
            continue
        seen.add(operation)
        yield operation
        todo += operation._inbound_nodes[node].input_tensors  # noqa: SLF001 - the same
