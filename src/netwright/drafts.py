"""Tree -> Draft: the document's Spec, as far as it can be read, and one fault for each thing that can't.

What is wrong is taken out and the rest is read again, so that one mistake does not hide the others. The draft
remembers what was taken out, so that later stages do not complain about the hole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from netwright.nearest import nearest
from netwright.paths import Path, Place
from netwright.spec import EXPANDED, NO_PATH, NameType, Part, Spec
from netwright.syntax import Tree


class UnknownArgument(NamedTuple):
    """`owner` has no `word` (argument, key) of that name. If Keras once had, `use` is what takes its place."""

    place: Place
    owner: str
    word: str
    name: str
    choices: tuple[str, ...]
    near: str | None
    use: str = ""


class MissingArgument(NamedTuple):
    """`owner` needs a `word` that is not there."""

    place: Place
    owner: str
    word: str
    name: str


class WrongType(NamedTuple):
    """A value is not what is needed there. `need` says what is."""

    place: Place
    need: str
    value: Any
    choices: tuple[Any, ...] = ()


class OutOfRange(NamedTuple):
    """A number is not in the range `need`."""

    place: Place
    need: str
    value: Any


class UnknownChoice(NamedTuple):
    """A word is none of the few that may stand there."""

    place: Place
    value: Any
    choices: tuple[Any, ...]
    near: str | None


class UnknownObject(NamedTuple):
    """Keras has no such layer, loss, metric, ..., or netwright does not know it. `noun` says what was looked for.

    If Keras once had one, `use` is what takes its place.
    """

    place: Place
    noun: str
    name: str
    near: str | None
    choices: tuple[str, ...]
    use: str = ""


class SecondName(NamedTuple):
    """A layer or op is written by another name that Keras has for it."""

    place: Place
    name: str
    canonical: str


class RefusedOperation(NamedTuple):
    """A layer or op of Keras' that can't stand in a spec: `why`, and what to `use`."""

    place: Place
    name: str
    why: str
    use: str


class WrongItemCount(NamedTuple):
    """A list has the wrong number of items. `scalar` says whether one number would do for all."""

    place: Place
    need: int
    got: int
    scalar: bool


class ArgumentsConflict(NamedTuple):
    """Arguments that are right alone and wrong together. `message` says why."""

    place: Place
    message: str


class BadName(NamedTuple):
    """A name that the language does not allow."""

    place: Place
    name: str


class ReservedName(NamedTuple):
    """An input with a name that can't be an argument of the serving signature."""

    place: Place
    name: str


class BadEndpoint(NamedTuple):
    """A text that is no endpoint."""

    place: Place
    text: str


class ShortPath(NamedTuple):
    """A path of fewer than two stops."""

    place: Place
    stops: tuple[Any, ...]


class AdjacentLists(NamedTuple):
    """Two lists side by side in a path."""

    place: Place


class EmptyMap(NamedTuple):
    """`inputs` or `outputs` with nothing in it."""

    place: Place
    name: str


class NewerVersion(NamedTuple):
    """The document is written in a newer version of the language."""

    place: Place
    version: int
    ours: int


class NotASpec(NamedTuple):
    """The document is no object."""

    place: Place
    value: Any


class UnknownAllowance(NamedTuple):
    """A name in `allow` that no diagnostic has."""

    place: Place
    name: str
    near: str | None


class UnusedAllowance(NamedTuple):
    """A name in `allow` of a diagnostic that was not told there; `error` if it is one that can't be allowed."""

    place: Place
    name: str
    error: bool


DraftFault = (
    UnknownArgument | MissingArgument | WrongType | OutOfRange | UnknownChoice | UnknownObject | SecondName
    | RefusedOperation | WrongItemCount | ArgumentsConflict | BadName | ReservedName | BadEndpoint | ShortPath
    | AdjacentLists | EmptyMap | NewerVersion | NotASpec | UnknownAllowance | UnusedAllowance
)  # fmt: skip

Make = Callable[[Place, dict[str, Any], Any], DraftFault]


class Draft(NamedTuple):
    """A spec, and the paths of what had to be left out of it."""

    spec: Spec
    left_out: frozenset[Path] = frozenset()

    def lacks(self, *path: Any) -> bool:
        """Whether `path`, or something below it, was left out."""
        return any(out[: len(path)] == path for out in self.left_out)


# What takes the place of something left out without which no spec can be: it is never compiled.
_STAND_INS: dict[Path, Any] = {
    ("netwright",): 1,
    ("name",): "unnamed",
    ("compile", "optimizer"): "sgd",
    ("compile", "loss"): {},
}
# The parts that can be left out alone: the length of their path below each key.
_DEPTHS = {"nodes": 2, "inputs": 2, "outputs": 2, "edges": 2, "compile": 3}


def validate(
    tree: Tree, lost: Iterable[str] = (), *, made: bool = False
) -> tuple[Draft | None, tuple[DraftFault, ...]]:
    """Read the document, as one graph. There is no draft if too little can be read to say more.

    Args:
        tree: the document.
        lost: nodes of which it was told that they can't be read.
        made: whether the document was made from another, so that names may have dots.
    """
    before = EXPANDED.set(made)
    try:
        return _validate(tree, lost)
    finally:
        EXPANDED.reset(before)


def _validate(tree: Tree, lost: Iterable[str]) -> tuple[Draft | None, tuple[DraftFault, ...]]:
    value = tree.value
    if not isinstance(value, dict):
        return None, (NotASpec(Place(), value),)
    gone = frozenset(("nodes", name) for name in lost)
    try:
        return Draft(Spec.read(value), gone), ()
    except ValidationError as error:
        lines = error.errors(include_url=False)
    faults = _without_echoes(_told(lines))
    newer = [fault for fault in faults if isinstance(fault, NewerVersion)]
    if newer:
        return None, tuple(newer)
    out = {_part(line) for line in lines}
    # A misspelt key stands for the one that it is nearest to: that one is not missing but lost.
    top = [fault for fault in faults if isinstance(fault, UnknownArgument) and len(fault.place.path) == 1]
    meant: set[Path] = {(fault.near,) for fault in top if fault.near}
    left_out = frozenset(out | meant | gone)
    return _again(value, out, left_out), tuple(faults)


def name_faults(name: str, place: Place) -> list[DraftFault]:
    """What is wrong with the name of a node that is read by itself."""
    try:
        NameType().read(name)
    except PydanticCustomError:
        return [BadName(place, name)]
    return []


def read_part(model: type[Part], value: Any, path: Path = (), file: str = "") -> list[DraftFault]:
    """What is wrong with a part of a document that is read by itself; `path` leads there."""
    if not isinstance(value, dict):
        return [WrongType(Place(path, file=file), "an object", value)]
    try:
        model.read(value)
    except ValidationError as error:
        found = _without_echoes(_told(error.errors(include_url=False)))
        return [one._replace(place=one.place._replace(path=(*path, *one.place.path), file=file)) for one in found]
    return []


def _told(lines: Iterable[Any]) -> list[DraftFault]:
    # An expression that is still there has no value, which was told before.
    return [
        _fault(_path(line), line["type"], line.get("ctx", {}), line["input"])
        for line in lines
        if line["type"] == "unknown_argument" or not (isinstance(line["input"], str) and "${" in line["input"])
    ]


def _without_echoes(faults: list[DraftFault]) -> list[DraftFault]:
    """Without what follows from another fault.

    "`units` is missing" beside "there is no `unit`, did you mean `units`"; every use of a name that is no name.
    """
    meant = {
        (fault.place.path[:-1], fault.near) for fault in faults if isinstance(fault, UnknownArgument) and fault.near
    }
    bad = {fault.name for fault in faults if isinstance(fault, BadName)}
    return [
        fault
        for fault in faults
        if not (isinstance(fault, MissingArgument) and (fault.place.path, fault.name) in meant)
        and not (isinstance(fault, BadEndpoint) and fault.text.partition(":")[0] in bad)
    ]


def _path(line: Any) -> Path:
    return (*line["loc"], *line.get("ctx", {}).get("at", ()))


def _part(line: Any) -> Path:
    """The part of the document to leave out because of an error."""
    path: Path = line["loc"]
    return path[: _DEPTHS.get(str(path[0]), 1)] if path else ()


def _again(value: dict[str, Any], out: set[Path], left_out: frozenset[Path]) -> Draft | None:
    """Read `value` without the parts in `out`."""
    kept = _copied(value, levels=3)
    for path in out:
        _leave_out(kept, path)
    try:
        return Draft(Spec.read(kept), left_out)
    except ValidationError:
        return None


def _copied(value: Any, levels: int) -> Any:
    """A copy down to the parts that can be left out."""
    if not levels or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return list(value)
    return {key: _copied(item, levels - 1) for key, item in value.items()}


def _leave_out(kept: Any, path: Path) -> None:
    """Take one part out of `kept`, in place."""
    for step in path[:-1]:
        kept = kept.get(step) if isinstance(kept, dict) else None
    if isinstance(kept, list):
        kept[int(path[-1])] = NO_PATH
    elif isinstance(kept, dict) and path:
        kept.pop(path[-1], None)
        if path in _STAND_INS:
            kept[path[-1]] = _STAND_INS[path]


def _fault(path: Path, kind: str, facts: dict[str, Any], value: Any) -> DraftFault:
    """One error of Pydantic's, or of our own types, as a fault."""
    key = bool(path) and path[-1] == "[key]"
    place = Place(path[:-1], key=True) if key else Place(path)
    make: Make | None = _OWN.get(kind)
    if make is not None:
        return make(place, facts, value)
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return OutOfRange(place, f"{words} {facts[name]}", value)
    if kind == "too_short":
        return EmptyMap(place, str(path[-1]))
    return WrongType(place, _NEEDS.get(kind, "something else"), value)


_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "greater than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_NEEDS = {
    "int_type": "an integer",
    "int_from_float": "an integer",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "a string",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "none_required": "null",
}


def _legacy() -> Any:
    """What became of old names; loaded for a mistake only."""
    return import_module("netwright.catalog.legacy")


def _unknown_argument(place: Place, facts: dict[str, Any], value: Any) -> DraftFault:
    name, choices = str(place.path[-1]), facts["choices"]
    key = Place(place.path, key=True)
    old = _legacy().argument(facts.get("family", ""), facts["owner"].strip("`"), name, choices)
    near = old.name if old else nearest(name, choices)
    return UnknownArgument(key, facts["owner"], facts["word"], name, choices, near, old.advice if old else "")


def _missing_argument(place: Place, facts: dict[str, Any], value: Any) -> DraftFault:
    owner = Place(place.path[:-1], key=len(place.path) > 1 and isinstance(place.path[-2], str))
    return MissingArgument(owner, facts["owner"], facts["word"], str(place.path[-1]))


def _unknown_object(place: Place, facts: dict[str, Any], value: Any) -> DraftFault:
    name, choices = value[facts["at"][0]] if isinstance(value, dict) else value, facts["choices"]
    old = _legacy().name(facts["noun"], name, choices)
    near = old.name if old else nearest(name, choices)
    return UnknownObject(place, facts["noun"], name, near, choices, old.advice if old else "")


def _unknown_choice(place: Place, facts: dict[str, Any], value: Any) -> DraftFault:
    at = facts.get("at")
    word, choices = value[at[0]] if at and isinstance(value, dict) else value, facts["choices"]
    near = _legacy().value(str(place.path[-1]), str(word), choices)
    return UnknownChoice(place, word, choices, near or nearest(str(word), choices))


def _wrong_type(place: Place, facts: dict[str, Any], value: Any) -> DraftFault:
    at = facts.get("at")
    inner = value.get(at[0]) if at and isinstance(value, dict) else value
    return WrongType(place, facts["need"], inner, facts.get("choices", ()))


_OWN: dict[str, Make] = {
    "unknown_argument": _unknown_argument,
    "missing_argument": _missing_argument,
    "unknown_object": _unknown_object,
    "unknown_choice": _unknown_choice,
    "wrong_type": _wrong_type,
    "out_of_range": lambda place, facts, value: OutOfRange(place, facts["need"], value),
    "wrong_length": lambda place, facts, value: WrongItemCount(place, facts["need"], facts["got"], facts["scalar"]),
    "second_name": lambda place, facts, value: SecondName(place, value[facts["at"][0]], facts["canonical"]),
    "refused_operation": lambda place, facts, value: RefusedOperation(
        place, value[facts["at"][0]], facts["why"], facts["use"]
    ),
    "conflict": lambda place, facts, value: ArgumentsConflict(place, facts["message"]),
    "bad_name": lambda place, facts, value: BadName(place, value),
    "reserved_name": lambda place, facts, value: ReservedName(place, value),
    "bad_endpoint": lambda place, facts, value: BadEndpoint(place, value),
    "short_path": lambda place, facts, value: ShortPath(place, tuple(value)),
    "adjacent_lists": lambda place, facts, value: AdjacentLists(place),
    "newer_version": lambda place, facts, value: NewerVersion(place, value, facts["ours"]),
}
