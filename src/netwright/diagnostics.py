"""Diagnostics as data, and the decorator that makes a function a check.

A check turns one fault, or one product of a stage, into findings: place, words and a way out. Its code and name come
from where it is declared. Nothing here or in `checks` knows how a finding is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from netwright.paths import Path, Place


class Severity(Enum):
    """How bad it is: an error (Keras refuses, or training is certainly wrong) or a warning (almost always wrong)."""

    ERROR = "error"
    WARNING = "warning"


class Noticed(Enum):
    """What Keras does about it if nobody else does."""

    NOWHERE = "hand-written Keras has nothing like it"
    BUILDING = "Keras refuses it when the model is built"
    EITHER = "Keras refuses it when the model is built or, in some layers, only when the first batch comes in"
    LATE = "Keras refuses it, but only when the first batch comes in"
    SOME_DATA = "Keras refuses it, but only when the first batch comes in that has such a size"
    WARNED = "Keras only warns, once the model is trained"
    NEVER = "Keras never says a word"


class Note(NamedTuple):
    """A further fact about a finding, with its place if it has one."""

    message: str
    place: Place | None = None


class Finding(NamedTuple):
    """What a check found: the fault first; advice only in `help`.

    `about` is the input, node or output where it can be allowed, if `place` is not in it.
    """

    place: Place
    message: str
    help: str | None = None
    notes: tuple[Note, ...] = ()
    about: Path = ()


class Diagnostic(NamedTuple):
    """A finding under the name and code of its check."""

    code: str
    name: str
    severity: Severity
    place: Place
    message: str
    help: str | None = None
    notes: tuple[Note, ...] = ()
    about: Path = ()


Find = Callable[[Any], Iterable[Finding]]
F = TypeVar("F", bound=Find)


@dataclass(frozen=True, slots=True)
class Check:
    """A function that finds, with the code and severity it was declared with.

    `keras` is None where it is not about models, but about the text or the language.
    """

    code: str
    severity: Severity
    keras: Noticed | None
    find: Find
    module: str

    @property
    def name(self) -> str:
        """The name of the diagnostic: the name of its file, with dashes."""
        return self.module.rpartition(".")[2].replace("_", "-")

    def run(self, fact: object) -> Iterator[Diagnostic]:
        """The diagnostics for one fault or product."""
        for found in self.find(fact):
            yield Diagnostic(self.code, self.name, self.severity, *found)


DECLARED: dict[str, Check] = {}


def check(code: str, severity: Severity = Severity.ERROR, keras: Noticed | None = None) -> Callable[[F], F]:
    """Declare the decorated function as the check of its module, under a stable `code`."""

    def declare(find: F) -> F:
        DECLARED[find.__module__] = Check(code, severity, keras, find, find.__module__)
        return find

    return declare
