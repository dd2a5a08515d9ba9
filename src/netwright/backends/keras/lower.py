"""Checked arguments -> Keras objects. Only constructors from Keras' own modules, only values the catalog has typed."""

from __future__ import annotations

from functools import reduce
from typing import Any

from netwright.arguments import Arguments
from netwright.catalog.families.rows import Rows


def construct(arguments: Arguments, **also: Any) -> Any:
    """The Keras object that `arguments` describes. What the spec leaves out is left to Keras' own default.

    Args:
        arguments: a layer, loss, optimizer, ... of the catalog.
        also: further constructor arguments, such as `name`.
    """
    import keras

    module = reduce(getattr, arguments.family.split("."), keras)
    given = {name: lowered(getattr(arguments, name)) for name in sorted(arguments.model_fields_set)}
    return getattr(module, type(arguments).__name__)(**given, **also)


def lowered(value: Any) -> Any:
    """A value of the catalog as Keras takes it: objects made, everything else as it is."""
    if isinstance(value, Arguments):
        return construct(value)
    if isinstance(value, Rows):
        import numpy as np

        return np.array(value)
    if isinstance(value, list | tuple):
        return type(value)(lowered(item) for item in value)
    if isinstance(value, dict):
        return {key: lowered(item) for key, item in value.items()}
    return value
