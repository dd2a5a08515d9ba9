"""Types of arguments that no layer has: lists of numbers, arrays, the names of scopes, patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import Field
from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, Sizes, is_integer, refusal, refused


def is_number(value: object) -> bool:
    """Whether a JSON value is a number. A boolean is none."""
    return type(value) in (int, float)


@dataclass(frozen=True)
class Numbers(ArgumentType):
    """A list of one or more numbers from `minimum` to `maximum`; where `scalar`, also one number, which stays one.

    With `whole` only integers will do; without it, all become floats. With `length` the list must have so many.
    """

    minimum: int | None = None
    maximum: int | None = None
    whole: bool = False
    scalar: bool = True
    nullable: bool = False
    length: int | None = None

    def read(self, value: Any) -> Any:
        if value is None and self.nullable:
            return None
        if is_number(value) and self.scalar:
            if fault := self._fault(value):
                raise fault
            return self._made(value)
        if not isinstance(value, list):
            raise refusal("wrong_type", need=self._need())
        if not value:
            raise refusal("wrong_length", need=self.length or "at least 1", got=0, scalar=self.scalar)
        if self.length is not None and len(value) != self.length:
            raise refusal("wrong_length", need=self.length, got=len(value), scalar=self.scalar)
        errors = [((i,), error, item) for i, item in enumerate(value) if (error := self._fault(item))]
        if errors:
            raise refused("Numbers", errors)
        return [self._made(item) for item in value]

    @property
    def _kind(self) -> str:
        return "integer" if self.whole else "number"

    def _need(self) -> str:
        one = "an integer or " if self.whole else "a number or "
        return f"{one if self.scalar else ''}a list of {self._kind}s"

    def _made(self, item: float) -> float:
        return item if self.whole else float(item)

    def _fault(self, item: Any) -> PydanticCustomError | None:
        if not (is_integer(item) if self.whole else is_number(item)):
            return refusal("wrong_type", need="an integer" if self.whole else "a number")
        if self.minimum is not None and item < self.minimum:
            return refusal("out_of_range", need=f"at least {self.minimum}")
        if self.maximum is not None and item > self.maximum:
            return refusal("out_of_range", need=f"at most {self.maximum}")
        return None

    def schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.minimum, "maximum": self.maximum}
        item = {"type": self._kind, **{key: bound for key, bound in bounds.items() if bound is not None}}
        array: dict[str, Any] = {"type": "array", "items": item, "minItems": self.length or 1}
        if self.length is not None:
            array["maxItems"] = self.length
        options = [item] * self.scalar + [array] + [{"type": "null"}] * self.nullable
        return options[0] if len(options) == 1 else {"anyOf": options}


class Array(ArgumentType):
    """A number, or lists of numbers in lists, those beside each other of the same length."""

    def read(self, value: Any) -> Any:
        level: Iterable[Any] = [value]
        while any(isinstance(item, list) for item in level):
            if len({len(item) if isinstance(item, list) else None for item in level}) > 1:
                raise refusal("wrong_type", need="a number, or lists of numbers of the same length")
            level = [number for item in level for number in item]
        if not level or not all(is_number(number) for number in level):
            raise refusal("wrong_type", need="a number, or lists of numbers of the same length")
        return value

    def schema(self) -> dict[str, Any]:
        # JSON Schema has no word for "of the same length", and what a list holds is checked one level deep only.
        return {"anyOf": [{"type": "number"}, {"type": "array", "minItems": 1, "items": {"type": ["number", "array"]}}]}


@dataclass(frozen=True)
class Text(ArgumentType):
    """A string that matches `pattern`, which `need` says in words."""

    pattern: str
    need: str
    nullable: bool = True

    def read(self, value: Any) -> Any:
        if value is None and self.nullable:
            return None
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            raise refusal("wrong_type", need=self.need)
        return value

    def schema(self) -> dict[str, Any]:
        one = {"type": "string", "pattern": f"^{self.pattern}$"}
        return {"anyOf": [one, {"type": "null"}]} if self.nullable else one


class Patterns(ArgumentType):
    """A list of regular expressions, or null."""

    def read(self, value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, list):
            raise refusal("wrong_type", need="a list of regular expressions")
        errors = [
            ((i,), refusal("wrong_type", need="a regular expression"), item)
            for i, item in enumerate(value)
            if not _compiles(item)
        ]
        if errors:
            raise refused("Patterns", errors)
        return value

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "array", "items": {"type": "string", "format": "regex"}}, {"type": "null"}]}


def _compiles(pattern: Any) -> bool:
    if not isinstance(pattern, str):
        return False
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


LETTERS = "letters, digits, `_`, `.`, `-` and `>`"
# What TensorFlow takes for the name of a scope. Losses and schedules are never the outermost scope, optimizers are.
ScopeName: TypeAlias = Annotated[str, Text(r"[A-Za-z0-9_.>-]+", f"a name of {LETTERS}", nullable=False)]
OptionalScopeName: TypeAlias = Annotated[Any, Text(r"[A-Za-z0-9_.>-]+", f"a name of {LETTERS}")]
RootScopeName: TypeAlias = Annotated[
    Any, Text(r"[A-Za-z0-9.][A-Za-z0-9_.>-]*", f"a name of {LETTERS} that starts with a letter, a digit or `.`")
]

# An axis from the front or, if negative, from the end; which there are, only the tensor says.
Axes: TypeAlias = Annotated[Any, Sizes(None, minimum=None)]
OptionalAxes: TypeAlias = Annotated[Any, Sizes(None, minimum=None, nullable=True)]
# TensorFlow's sparse cross-entropy takes the last axis only: -1, or its number.
LastAxis: TypeAlias = Annotated[int, Field(ge=-1)]
AboveZeroToOne: TypeAlias = Annotated[float, Field(gt=0, le=1)]
BelowOne: TypeAlias = Annotated[float, Field(ge=0, lt=1)]
