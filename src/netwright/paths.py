"""A place in a document: the path of keys and positions that leads to a value, or to the key itself.

Places carry no line numbers. Only `syntax` knows the text, and only when a diagnostic is shown is a place looked up
there, so a clean document never pays for positions.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]


class Place(NamedTuple):
    """A value in a document, or, with `key`, the key that holds it.

    `offsets` is set instead of a path only for text that could not be read as JSON: a half-open range of character
    offsets in the document. `inside` is a half-open range of characters in the string that the path leads to.
    `file` is the imported file that the place is in; it is empty for the document itself.
    """

    path: Path = ()
    key: bool = False
    offsets: tuple[int, int] | None = None
    inside: tuple[int, int] | None = None
    file: str = ""

    def below(self, *steps: Step, key: bool = False) -> Place:
        """A place further down, in the same file."""
        return Place((*self.path, *steps), key=key, file=self.file)

    def within(self, path: Path) -> bool:
        """Whether this place is at `path` or below it."""
        return self.path[: len(path)] == path


def value_at(*path: Step) -> Place:
    """The value that `path` leads to."""
    return Place(path)


def key_at(*path: Step) -> Place:
    """The last key of `path`."""
    return Place(path, key=True)
