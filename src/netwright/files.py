"""Reading what users name."""

from __future__ import annotations

from pathlib import Path


def read(path: Path, max_size: int) -> bytes:
    """The bytes of a file, but never many more than `max_size`: that there are more is all that needs to be known.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        return file.read(max_size + 1)
