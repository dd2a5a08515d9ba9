"""What Keras can't save: layers without a config of their own are written down as they were made."""

from __future__ import annotations

from netwright.arguments import Arguments, conflict


def need_name(argument: str, value: object) -> None:
    """Refuse an object with arguments where the layer can only be saved with a name.

    Raises:
        PydanticCustomError: `value` is no name, and not null.
    """
    if isinstance(value, Arguments):
        raise conflict(argument, f"Keras can't save this layer with arguments for its `{argument}`, only with a name")
