"""The limits of batch renormalization, after S. Ioffe, "Batch Renormalization" (2017)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, conflict, refusal, refused

LIMITS = ("rmin", "rmax", "dmax")


@dataclass(frozen=True)
class Clipping(ArgumentType):
    """An object with any of the limits: numbers, or null for none; or null instead of the object."""

    def read(self, value: Any) -> Any:
        """Return the limits, or raise a refusal."""
        if value is None:
            return None
        if not isinstance(value, dict):
            raise refusal("wrong_type", need="an object with `rmin`, `rmax` and `dmax`, or some of them")
        errors = [((key,), error, limit) for key, limit in value.items() if (error := _fault(key, limit))]
        if errors:
            raise refused("Clipping", errors)
        low, high = value.get("rmin"), value.get("rmax")
        if low is not None and high is not None and high < low:
            raise conflict("rmax", f"`rmax`, {high}, is less than `rmin`, {low}")
        return dict(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type; it can't say that `rmax` is at least `rmin`."""
        number: dict[str, Any] = {"type": ["number", "null"]}
        limits = {"rmin": number, "rmax": number, "dmax": {**number, "minimum": 0}}
        one = {"type": "object", "properties": limits, "additionalProperties": False}
        return {"anyOf": [one, {"type": "null"}]}


def _fault(key: Any, limit: Any) -> PydanticCustomError | None:
    if key not in LIMITS:
        return refusal("unknown_argument", owner="`renorm_clipping`", word="limit", choices=LIMITS)
    if limit is None:
        return None
    if type(limit) not in (int, float):
        return refusal("wrong_type", need="a number or null")
    if key == "dmax" and limit < 0:
        return refusal("out_of_range", need="at least 0")
    return None
