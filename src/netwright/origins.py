"""From places in the expanded document to those that people wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from netwright.blocks import Origin, Use
from netwright.diagnostics import Diagnostic, Note
from netwright.expressions import shown
from netwright.paths import Path, Place

# What is missing, or is not known, is so whatever the values are.
OF_FORM = frozenset({"V204", "V205"})


def relocated(
    one: Diagnostic, origins: Mapping[Path, Origin], written: Callable[[Place], Any]
) -> tuple[Diagnostic, object]:
    """A diagnostic at its place in the document, and a mark that is the same for the same mistake in another copy.

    What is wrong inside a block is shown at its use, for there are the values; the place in the block is a note. A
    value that is written in the block is wrong whatever the use.

    Args:
        one: the diagnostic, at its place in the expanded document.
        origins: where the parts of that came from.
        written: gives the value at a place that people wrote.
    """
    place, uses = origin_of(one.place, origins)
    notes = [_moved(note, origins) for note in one.notes]
    if uses and one.code.startswith("V") and (place.key or one.code in OF_FORM or not _depends(written(place))):
        return one._replace(place=place, notes=tuple(notes)), (one.code, place)
    if not uses:
        return one._replace(place=place, notes=tuple(notes)), object()
    outermost = uses[0]
    about = [Note(f"in the block `{uses[-1].block}`", place), *_values(uses[-1])]
    # What is wrong with names is wrong whatever the values are.
    mark = (one.code, place) if one.code.startswith("G") else (one.code, place, outermost.place)
    return one._replace(place=outermost.place, notes=(*about, *notes)), mark


def _depends(value: Any) -> bool:
    """Whether there is an expression in a value."""
    return "${" in json.dumps(value)


def _moved(note: Note, origins: Mapping[Path, Origin]) -> Note:
    return note if note.place is None else note._replace(place=origin_of(note.place, origins)[0])


def _values(use: Use) -> list[Note]:
    given = ", ".join(f"{name} = {shown(value)}" for name, value in use.values.items())
    return [Note(f"`{use.name}` has {given}")] if given else []


def origin_of(place: Place, origins: Mapping[Path, Origin]) -> tuple[Place, tuple[Use, ...]]:
    """Where a place of the expanded document came from, and through which uses."""
    for length in (3, 2):
        origin = origins.get(place.path[:length])
        if origin is not None:
            rest = place.path[length:]
            path = (*origin.place.path, *rest) if length == 2 or not rest else origin.place.path
            return place._replace(path=path, file=origin.place.file), origin.uses
    return place, ()
