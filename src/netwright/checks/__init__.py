"""Every diagnostic, one per file.

A file in `faults` puts one kind of fault into words and has the fault's name (`UnknownEndpoint` is told by
`unknown_endpoint.py`), so that only what is needed is loaded. A file in `models` looks at the inferred model itself.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from netwright.diagnostics import DECLARED, Check

_WORD = re.compile(r"(?<!^)(?=[A-Z])")


def _load(module: str) -> Check:
    import_module(module)
    return DECLARED[module]


def kind_of(fault: object) -> str:
    """The name of the check file that tells a fault."""
    return snake(getattr(fault, "kind", type(fault).__name__))


def snake(name: str) -> str:
    """The name of a class as that of a file."""
    return _WORD.sub("_", name).lower()


def for_fault(fault: object) -> Check:
    """The check that tells a fault."""
    return _load(f"{__name__}.faults.{kind_of(fault)}")


@cache
def modules(folder: str) -> tuple[str, ...]:
    """The modules of a folder of checks, in alphabetical order."""
    package = import_module(f"{__name__}.{folder}")
    return tuple(sorted(one.name for one in iter_modules(package.__path__, f"{package.__name__}.")))


@cache
def names() -> frozenset[str]:
    """The names of all diagnostics, without loading them."""
    found = (*modules("faults"), *modules("models"))
    return frozenset(one.rpartition(".")[2].replace("_", "-") for one in found)


def on_models() -> tuple[Check, ...]:
    """The checks that look at the model itself."""
    return tuple(_load(module) for module in modules("models"))


def every() -> tuple[Check, ...]:
    """All checks, by code."""
    found = (_load(module) for module in (*modules("faults"), *modules("models")))
    return tuple(sorted(found, key=lambda one: one.code))
