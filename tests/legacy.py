"""Where the advice about old arguments is given: every class of the catalog with every old argument that it has not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from netwright.catalog import legacy
from netwright.layer import find_layer, layer_names
from netwright.objects import family


class Old(NamedTuple):
    """An argument that a class has no more. `row` is the key of what is said about it."""

    family: str
    kind: str
    argument: str
    row: str


def owners() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Every class that may have old arguments: family, name, the arguments that it has."""
    for name in layer_names():
        layer = find_layer(name)
        assert layer is not None
        yield "layers", name, frozenset(layer.model_fields)
    for known in set(legacy.ARGUMENTS) - {"layers"}:
        for entry in family(known):
            yield known, entry.name, frozenset(entry.arguments)


def old_arguments() -> list[Old]:
    """Every old argument of every class for which there is advice."""
    found = []
    for known, kind, arguments in owners():
        for row in legacy.ARGUMENTS[known]:
            owner, _, name = row.rpartition(".")
            if owner in ("", kind) and name not in arguments and legacy.argument(known, kind, name, arguments):
                found.append(Old(known, kind, name, row))
    return found
