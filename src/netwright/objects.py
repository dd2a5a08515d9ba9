"""Keras objects that are no layers: initializers, regularizers, losses, metrics, optimizers, ... as data.

A family is a table of entries. An entry costs almost nothing until an object of its type is written with arguments:
only then is a Pydantic model made of it. A name alone is looked up in the table and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from typing import Annotated, Any, TypeAlias

from pydantic import Field, create_model, model_validator

from netwright.arguments import Arguments, ArgumentType, refusal


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of an entry: its type, default (`...` if it must be given) and a sentence about it."""

    type: Any
    default: Any
    doc: str


@dataclass(frozen=True)
class Entry:
    """A Keras class as data.

    `aliases` are the other strings for which Keras makes this object with its defaults. `facts` holds what checks ask
    about it. `rule` raises a conflict if arguments that are right alone are wrong together. `named` is false if Keras
    does not take the class name alone for this object.
    """

    name: str
    doc: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    rule: Callable[[Any], None] | None = None
    named: bool = True
    family: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every string for which Keras makes this object: none where an argument must be given."""
        if any(one.default is ... for one in self.arguments.values()):
            return ()
        return (self.name, *self.aliases) if self.named else self.aliases

    @cached_property
    def model(self) -> type[Arguments]:
        """The Pydantic model of the arguments."""
        fields: dict[str, Any] = {
            name: (one.type, Field(one.default, description=one.doc)) for name, one in self.arguments.items()
        }
        rules: dict[str, Any] = {"rule": _after(self.rule)} if self.rule else {}
        model = create_model(self.name, __base__=Arguments, __doc__=self.doc, __validators__=rules, **fields)
        model.family = self.family
        return model


def _after(rule: Callable[[Any], None]) -> Any:
    """A rule as a validator that Pydantic calls last."""

    def checked(self: Arguments) -> Arguments:
        rule(self)
        return self

    return model_validator(mode="after")(checked)


class Family:
    """All entries of one kind. `module` is Keras' module of them, `noun` what messages call one.

    `functions` are names that Keras takes as strings, but that are no class and take no arguments. `layers` are the
    layers that may be written as an object of this family, because Keras takes any of its layers as an activation.
    """

    def __init__(
        self,
        module: str,
        noun: str,
        *entries: Entry,
        functions: Mapping[str, str] | None = None,
        layers: tuple[str, ...] = (),
    ) -> None:
        self.module = module
        self.noun = noun
        self.functions = functions or {}
        self.layers = layers
        for entry in entries:
            object.__setattr__(entry, "family", module)  # an entry belongs to one family only; a copy costs more
        self.entries = {entry.name: entry for entry in entries}

    @cached_property
    def names(self) -> dict[str, Entry | None]:
        """Every string that Keras takes for one of this family, and the entry that it makes (None: a function)."""
        names: dict[str, Entry | None] = dict.fromkeys(self.functions)
        for entry in self.entries.values():
            names.update(dict.fromkeys(entry.names, entry))
        return names

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def entry(self, value: object) -> Entry | None:
        """The entry behind a checked value: a string, or the arguments of one."""
        if isinstance(value, str):
            return self.names.get(value)
        return self.entries.get(type(value).__name__)


@cache
def family(name: str) -> Family:
    """The family declared in `netwright.catalog.<name>`, loaded when first asked for."""
    found: Family = import_module(f"netwright.catalog.{name}").FAMILY
    return found


@dataclass(frozen=True)
class ObjectOf(ArgumentType):
    """One object of a family: a name, or `{"type": class, arguments}`; null where `nullable`.

    With `number`, a plain number of that type will do as well (a learning rate beside a schedule).
    """

    family: str
    nullable: bool = True
    names: bool = True
    number: bool = False

    def read(self, value: Any) -> Any:
        if value is None and self.nullable:
            return None
        if self.number and type(value) in (int, float):
            if value < 0:
                raise refusal("out_of_range", need="at least 0")
            return float(value)  # Keras refuses an integer
        known = family(self.family)
        if isinstance(value, str) and self.names:
            if value not in known.names:
                raise refusal("unknown_object", noun=known.noun, choices=tuple(known.names))
            return value
        if not isinstance(value, dict):
            raise refusal("wrong_type", need=self._need(known))
        return read_object(value, known)

    def _need(self, known: Family) -> str:
        options = ["a number"] * self.number + [f"the name of a {known.noun}"] * self.names
        return " or ".join([*options, f"an object with the `type` of a {known.noun}"])

    def schema(self) -> dict[str, Any]:
        options: list[dict[str, Any]] = [{"$ref": f"#/$defs/{self.family}"}]
        if not self.names:
            options = [{"$ref": f"#/$defs/{self.family}.object"}]
        options += [{"type": "number", "minimum": 0}] * self.number + [{"type": "null"}] * self.nullable
        return options[0] if len(options) == 1 else {"anyOf": options}


def read_object(value: dict[str, Any], known: Family) -> Arguments:
    """Check `{"type": class, arguments}` against the entry of its class."""
    kind = type_of(value, known.noun)
    entry = known.entries.get(kind)
    if entry is None:
        raise refusal("unknown_object", noun=known.noun, choices=tuple(known.entries), at=("type",))
    return entry.model.read({key: item for key, item in value.items() if key != "type"})


def type_of(value: dict[str, Any], noun: str) -> str:
    """The `type` of an object, which must be there and a string."""
    if "type" not in value:
        raise refusal("missing_argument", owner=f"the {noun}", word="key", choices=(), at=("type",))
    kind = value["type"]
    if not isinstance(kind, str):
        raise refusal("wrong_type", need=f"the class name of a {noun}", at=("type",))
    return kind


Initializer: TypeAlias = Annotated[Any, ObjectOf("initializers", nullable=False)]
OptionalInitializer: TypeAlias = Annotated[Any, ObjectOf("initializers")]
Regularizer: TypeAlias = Annotated[Any, ObjectOf("regularizers")]
Constraint: TypeAlias = Annotated[Any, ObjectOf("constraints")]
Loss: TypeAlias = Annotated[Any, ObjectOf("losses", nullable=False)]
OptionalLoss: TypeAlias = Annotated[Any, ObjectOf("losses")]
Metric: TypeAlias = Annotated[Any, ObjectOf("metrics", nullable=False)]
Optimizer: TypeAlias = Annotated[Any, ObjectOf("optimizers", nullable=False)]
LearningRate: TypeAlias = Annotated[Any, ObjectOf("schedules", nullable=False, names=False, number=True)]
