"""Params get their values, and expressions become values: for a document, and for each copy of a block.

A param is declared by a JSON Schema of few keywords. Its value comes from outside (`--set`, `with`) or is its default.
What can't be told to be wrong here stays as it is written, and is told by the stage that reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from pydantic import ValidationError

from netwright.expressions import BadExpression, Part, UnknownName, is_expression, parsed
from netwright.nearest import nearest
from netwright.paths import Path, Place
from netwright.spec import Param
from netwright.syntax import Tree

# Values by the names of params; text is read by the type of the param.
Settings: TypeAlias = Mapping[str, Any]
NO_SETTINGS: Settings = {}

# Keys of nodes, and of objects in arguments, that say what something is: they can't depend on a param.
FIXED = frozenset({"type", "op", "block", "share", "description", "allow", "from"})
# What the use of a block says of its copies, each of which has params of its own.
OF_COPIES = frozenset({"with", "repeat"})
# Parts of the document in which expressions can stand, from the key on that is given.
PLACES = {"inputs": "shape", "nodes": "", "outputs": "target", "compile": ""}
# Parts that have no expressions of this document.
APART = frozenset({"params", "blocks", "imports", "description", "$schema"})


class UnknownParam(NamedTuple):
    """A name that is no param: in an expression, or given from outside, to the document or to a `block`."""

    place: Place
    name: str
    near: str | None
    choices: tuple[str, ...]
    how: str
    block: str = ""


class MissingParam(NamedTuple):
    """A param without a default has no value; `block` is the block that is used, if it is that of one."""

    place: Place
    name: str
    block: str


class WrongParam(NamedTuple):
    """A value is not what its param declares: `need` says what is. `how` is `default`, `set` or `with`."""

    place: Place
    name: str
    value: Any
    need: str
    how: str


class UnusedParam(NamedTuple):
    """No expression has the param."""

    place: Place
    name: str


class WrongExpression(NamedTuple):
    """An expression has no value; `message` says why."""

    place: Place
    message: str


class MisplacedExpression(NamedTuple):
    """`${` stands where no expression can: `within` a longer string, or in a part that has none."""

    place: Place
    within: bool


ParamFault: TypeAlias = UnknownParam | MissingParam | WrongParam | UnusedParam | WrongExpression | MisplacedExpression


class Declared:
    """A param as it is declared; `param` is None if it can't be read, which is told where the section is."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        try:
            self.param: Param | None = Param.read(raw)
        except (ValidationError, TypeError):
            self.param = None
        self._known: dict[tuple[type, Any], str | None] = {}

    @property
    def has_default(self) -> bool:
        """Whether it need not be set."""
        return isinstance(self.raw, dict) and "default" in self.raw

    @cached_property
    def _validator(self) -> Any:
        # Documents without params do not pay for it.
        from jsonschema import Draft202012Validator

        bounds = {key: one for key, one in self.raw.items() if key not in ("default", "description")}
        return Draft202012Validator({key: one for key, one in bounds.items() if one is not None})

    def violation(self, value: Any) -> str | None:
        """What a value must be, if it is not what is declared; None if it is."""
        if isinstance(value, list | dict):
            return self._violation(value)
        key = (type(value), value)
        if key not in self._known:
            self._known[key] = self._violation(value)
        return self._known[key]

    def _violation(self, value: Any) -> str | None:
        error = next(iter(self._validator.iter_errors(value)), None)
        if error is None:
            return None
        inner = "".join(f"[{step}]" for step in error.path)
        need: str = _NEEDS[str(error.validator)](error.validator_value)
        return f"{need} at `{inner}`" if inner else need


class Scope:
    """The params that expressions see: `values` by name. About what depends on the `opaque` ones, nothing is said."""

    def __init__(self, faults: list[ParamFault], declared: Any, path: Path = ("params",), file: str = "") -> None:
        self.faults, self.path, self.file = faults, path, file
        section = declared if isinstance(declared, dict) else {}
        self.declared: dict[str, Declared] = {name: Declared(raw) for name, raw in section.items()}
        self.values: dict[str, Any] = {}
        self.opaque: set[str] = set(self.declared)

    def copy(self, values: Mapping[str, Any], opaque: Iterable[str]) -> Scope:
        """The same params with other values."""
        found = Scope(self.faults, None, self.path, self.file)
        found.declared = self.declared
        found.values, found.opaque = dict(values), set(opaque)
        return found

    def give(
        self,
        given: Mapping[str, Any],
        places: Mapping[str, Place],
        how: str,
        missing: Place,
        block: str = "",
        lost: Iterable[str] = (),
    ) -> None:
        """Give every param what is given for it, or its default; tell what does not fit, and which have none."""
        self.opaque = set(lost)
        for name, one in self.declared.items():
            if name in self.opaque:
                continue
            found = _NOTHING if one.param is None else self.chosen(name, one, given, places, how)
            if found is not _NOTHING:
                self.values[name] = found
                continue
            self.opaque.add(name)
            if one.param is not None and name not in given and not one.has_default:
                place = missing if block else self.place(name)
                self.tell(MissingParam(place, name, block))

    def chosen(self, name: str, one: Declared, given: Mapping[str, Any], places: Mapping[str, Place], how: str) -> Any:
        """The value of one param; nothing, if it has none that fits."""
        found: Any = _NOTHING
        if one.has_default:
            place = self.place(name, "default", key=False)
            found = self.checked(name, one, one.raw["default"], place, "default")
        if name in given:
            value = read_setting(one.param, given[name]) if how == "set" and one.param else given[name]
            found = self.checked(name, one, value, places.get(name) or self.place(name), how)
        return found

    def checked(self, name: str, one: Declared, value: Any, place: Place, how: str) -> Any:
        """The value, if it is what is declared."""
        need = one.violation(value)
        if need is None:
            return whole(value)
        self.tell(WrongParam(place, name, value, need, how))
        return _NOTHING

    def place(self, *steps: str, key: bool = True) -> Place:
        """A place in the section of params."""
        return Place((*self.path, *steps), key=key, file=self.file)

    def tell_unused(self, written: Any) -> None:
        """Tell the params that no expression has in what is written."""
        used = names_in(written)
        # What is probably meant by a name that is wrong, and what has no value, was told.
        told = {one.near for one in self.faults if isinstance(one, UnknownParam)}
        told |= {one.name for one in self.faults if isinstance(one, MissingParam)}
        for name, one in self.declared.items():
            if name not in used and name not in told and one.param is not None:
                self.faults.append(UnusedParam(self.place(name), name))

    # Expressions

    def filled(self, path: Path, value: Any) -> Any:
        """A value with values for the expressions in it."""
        if isinstance(value, str):
            return self.worth(path, value) if "${" in value else value
        if isinstance(value, list):
            return [self.filled((*path, i), item) for i, item in enumerate(value)]
        if isinstance(value, dict):
            return {
                key: self.kept((*path, key), item) if key in FIXED else self.filled((*path, key), item)
                for key, item in value.items()
            }
        return value

    def node(self, path: Path, value: Any) -> Any:
        """A node; what the use of a block says of its copies is left as it is."""
        if not isinstance(value, dict):
            self.tell_misplaced(path, value)
            return value
        left = OF_COPIES if "block" in value else frozenset[str]()
        return {
            key: item
            if key in left
            else self.kept((*path, key), item)
            if key in FIXED
            else self.filled((*path, key), item)
            for key, item in value.items()
        }

    def kept(self, path: Path, value: Any) -> Any:
        """A value in which no expression can stand."""
        if path[-1] != "description":
            self.tell_misplaced(path, value)
        return value

    def worth(self, path: Path, text: str) -> Any:
        """The value of an expression; the text itself if it has none."""
        try:
            part = self.part(path, text)
            return text if part is None or part.names & self.opaque else part.worth(self.values)
        except UnknownName as error:
            choices = tuple(dict.fromkeys((*self.declared, *self.values)))
            place = Place(path, inside=(error.start, error.end), file=self.file)
            self.tell(UnknownParam(place, error.name, nearest(error.name, choices), choices, "expression"))
        except BadExpression as error:
            self.tell(WrongExpression(Place(path, inside=(error.start, error.end), file=self.file), error.message))
        return text

    def part(self, path: Path, text: str) -> Part | None:
        """The expression that a string is, noting what it uses; None, and a fault, if it only has one within."""
        if not is_expression(text):
            self.tell(MisplacedExpression(Place(path, file=self.file), within=True))
            return None
        return parsed(text)

    def tell(self, fault: ParamFault) -> None:
        """Tell a fault, once for all copies."""
        if fault not in self.faults:
            self.faults.append(fault)

    def tell_misplaced(self, path: Path, value: Any) -> None:
        """Tell every expression in a part that can't have any."""
        todo = [(path, value)]
        while todo:
            at, one = todo.pop()
            if isinstance(one, str) and "${" in one:
                self.tell(MisplacedExpression(Place(at, file=self.file), within=False))
            elif isinstance(one, dict):
                todo += [((*at, key), item) for key, item in one.items() if key != "description"]
            elif isinstance(one, list):
                todo += [((*at, i), item) for i, item in enumerate(one)]


_NOTHING = object()


def names_in(written: Any) -> set[str]:
    """All names in the expressions of a part of a document as it is written."""
    found: set[str] = set()
    todo = [written]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            todo += [item for key, item in one.items() if key not in APART]
        elif isinstance(one, list):
            todo += one
        elif isinstance(one, str) and "${" in one:
            found |= _names(one)
    return found


def _names(text: str) -> frozenset[str] | set[str]:
    try:
        return parsed(text).names
    except BadExpression:
        # What may be a name in it is no reason to call that name unused.
        return set(re.findall(r"[A-Za-z_]\w*", text))


def of_document(tree: Tree, settings: Settings, faults: list[ParamFault]) -> tuple[dict[str, Any], Scope]:
    """The document with values for its expressions, and its params."""
    value: dict[str, Any] = tree.value
    scope = Scope(faults, value.get("params"))
    scope.give(settings, {}, "set", Place(("params",), key=True))
    for name in settings:
        if name not in scope.declared:
            near, choices = nearest(name, scope.declared), tuple(scope.declared)
            faults.append(UnknownParam(Place(("params",), key=True), name, near, choices, "set"))
    return {key: _part(scope, key, item) for key, item in value.items()}, scope


def _part(scope: Scope, key: str, value: Any) -> Any:
    """A part of the document."""
    if key in APART:
        return value
    if key not in PLACES:
        return scope.kept((key,), value)
    if key == "compile":
        return scope.filled((key,), value)
    if not isinstance(value, dict):
        return value
    return {name: _member(scope, key, name, one) for name, one in value.items()}


def _member(scope: Scope, part: str, name: str, value: Any) -> Any:
    """One input, node or output."""
    path = (part, name)
    if part == "nodes" or not isinstance(value, dict):
        return scope.node(path, value)
    return {
        key: scope.filled((*path, key), item) if key == PLACES[part] else scope.kept((*path, key), item)
        for key, item in value.items()
    }


def read_setting(param: Param, given: Any) -> Any:
    """What is set from outside. Text is read by the type of the param: as text, or else as JSON."""
    if not isinstance(given, str):
        return given
    types = (param.type,) if isinstance(param.type, str) else param.type or ()
    if types == ("string",):
        return given
    try:
        return json.loads(given)
    except ValueError:
        return given


def whole(value: Any) -> Any:
    """The value, with integers for numbers without a fractional part."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return [whole(item) for item in value] if isinstance(value, list) else value


def _types(value: Any) -> str:
    words = {
        "integer": "an integer", "number": "a number", "boolean": "true or false", "string": "a string",
        "array": "a list", "null": "null",
    }  # fmt: skip
    names = [value] if isinstance(value, str) else list(value)
    return " or ".join(words[one] for one in names)


_NEEDS: dict[str, Any] = {
    "type": _types,
    "enum": lambda value: "one of " + ", ".join(f"`{json.dumps(one)}`" for one in value),
    "minimum": lambda value: f"at least {value}",
    "maximum": lambda value: f"at most {value}",
    "exclusiveMinimum": lambda value: f"greater than {value}",
    "exclusiveMaximum": lambda value: f"less than {value}",
    "multipleOf": lambda value: f"a multiple of {value}",
    "minItems": lambda value: f"a list of at least {value}",
    "maxItems": lambda value: f"a list of at most {value}",
}
