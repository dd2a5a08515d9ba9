"""What a class and its arguments mean, in sentences: from docstrings, for editors and for the documentation."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from inspect import cleandoc
from textwrap import dedent

from pydantic import BaseModel

_SECTION = re.compile(r"^Arguments:\n((?:    .*\n?|\n)+)", re.MULTILINE)
_ENTRY = re.compile(r"^(\$?\w+): (.*(?:\n +.*)*)", re.MULTILINE)


@cache
def described(model: type[BaseModel]) -> dict[str, str]:
    """The sentences of the `Arguments:` section of a class' own docstring, by argument."""
    doc = cleandoc(model.__dict__.get("__doc__") or "")
    section = _SECTION.search(doc)
    lines = dedent(section.group(1)) if section else ""
    return {name: " ".join(text.split()) for name, text in _ENTRY.findall(lines)}


def sentence(model: type[BaseModel], argument: str) -> str | None:
    """What an argument of `model` is: its own word, that of a base class, its field's, or what every layer says."""
    for one in model.__mro__:
        if issubclass(one, BaseModel) and argument in described(one):
            return described(one)[argument]
    field = model.model_fields.get(argument)
    if field is not None and field.description:
        return field.description
    shared: str | None = import_module("netwright.catalog.sentences").SENTENCES.get(argument)
    return shared


def summary(model: type[BaseModel]) -> str:
    """The first sentence about a class."""
    return cleandoc(model.__dict__.get("__doc__") or "").partition("\n")[0]


def first_sentence(rule: Callable[..., object]) -> str:
    """The first line of a function's docstring."""
    return cleandoc(rule.__doc__ or "").partition("\n")[0]


def body(model: type[BaseModel]) -> str:
    """What the docstring says after the first sentence, without the arguments."""
    doc = cleandoc(model.__dict__.get("__doc__") or "").partition("\n")[2]
    return _SECTION.sub("", doc).strip()
