"""Layers that make spectra of signals, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netwright.arguments import ArgumentType, conflict, refusal
from netwright.catalog.families.arrays import FLOAT32
from netwright.catalog.families.values import Numbers

NUMBERS = Numbers(minimum=-int(FLOAT32), maximum=int(FLOAT32), scalar=False, nullable=True)


@dataclass(frozen=True)
class Window(ArgumentType):
    """A list of numbers, or null, or one of a few names."""

    names: tuple[str, ...] = ()

    def read(self, value: Any) -> Any:
        """Return the window, or raise a refusal."""
        if not isinstance(value, str):
            return NUMBERS.read(value)
        if not self.names:
            raise refusal("wrong_type", need="a list of numbers or null, as SciPy is not there to make one of a name")
        if value not in self.names:
            raise refusal("unknown_choice", choices=self.names)
        return value

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        options = [{"enum": list(self.names)}] if self.names else []
        return {"anyOf": [*options, *NUMBERS.schema()["anyOf"]]}


def check_window(window: Any, length: int, argument: str) -> None:
    """Refuse a list that has not one number for each of the `length` entries of a frame.

    Raises:
        PydanticCustomError: it has another number of them.
    """
    if isinstance(window, list) and len(window) != length:
        raise conflict("window", f"there are {len(window)} numbers, and {length} entries in a frame (`{argument}`)")
