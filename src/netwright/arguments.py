"""The types of arguments: what a value in a spec may be, said once for validation, for editors and for tests.

Pydantic does the work; the types here exist where its own would answer with a failed union or a bare list of words.
Each is a frozen value with the facts of the type (bounds, choices, lengths), so that schemas and generators of random
values can be derived from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from inspect import get_annotations
from typing import Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from netwright.paths import Path


class Arguments(BaseModel):
    """The arguments of one Keras class, by Keras' names. Frozen, strict, and closed: an unknown name is an error."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    # The module of `keras` that has the class; the class has the model's name.
    family: ClassVar[str] = ""
    # What messages call the thing, if not by the name of the class, and what they call one of its fields.
    called: ClassVar[str] = ""
    field_word: ClassVar[str] = "argument"

    @classmethod
    def owner(cls) -> str:
        """What has the arguments, as messages call it."""
        return cls.called or f"`{cls.__name__}`"

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """Check `raw`, a JSON object without its `type`.

        Raises:
            ValidationError: with one error for each mistake, of the kinds that `refusal` makes or Pydantic's own.
        """
        try:
            checked: Self = cls.__pydantic_validator__.validate_python(raw)
        except ValidationError as error:
            raise _with_choices(cls, error) from None
        return checked


def _with_choices(cls: type[Arguments], error: ValidationError) -> ValidationError:
    """The same errors, with the owner and its arguments added where Pydantic only says "extra" or "missing"."""
    owner, word = cls.owner(), cls.field_word
    names = by_weight(cls)
    lines: list[Refusal] = []
    for line in error.errors(include_url=False):
        kind, loc = line["type"], line["loc"]
        facts: dict[str, Any] = dict(line.get("ctx", {}))
        if len(loc) == 1 and kind in ("extra_forbidden", "missing"):
            kind = "unknown_argument" if kind == "extra_forbidden" else "missing_argument"
            facts = {"owner": owner, "word": word, "choices": names, "family": cls.family}
        lines.append((loc, refusal(kind, **facts), line["input"]))
    return refused(cls.__name__, lines)


def by_weight(cls: type[Arguments]) -> tuple[str, ...]:
    """The names of the arguments: what must be given first, then what is the class' own, then what it shares."""
    own_first = [name for one in cls.__mro__ for name in get_annotations(one)]
    fields = {name: cls.model_fields[name] for name in own_first if name in cls.model_fields}
    ordered = sorted(fields.items(), key=lambda item: not item[1].is_required())
    return tuple(one.alias or name for name, one in ordered)


Refusal: TypeAlias = tuple[Path, PydanticCustomError, Any]


def refusal(kind: str, **facts: Any) -> PydanticCustomError:
    """An error of our own kind. The words are chosen later, from `facts`, by a check."""
    return PydanticCustomError(kind, "refused", facts)


def conflict(argument: str, message: str) -> PydanticCustomError:
    """Arguments that are right alone and wrong together; told at `argument`, the last to change, as `message`."""
    return refusal("conflict", at=(argument,), message=message)


def refused(title: str, lines: Iterable[Refusal]) -> ValidationError:
    """Several errors below one value, as one exception that Pydantic takes apart again."""
    return ValidationError.from_exception_data(
        title, [InitErrorDetails(type=error, loc=loc, input=value) for loc, error, value in lines]
    )


def below(key: str, error: ValidationError, **facts: Any) -> ValidationError:
    """The same errors one step further down, at `key`, with `facts` changed in those that have them."""
    lines: list[Refusal] = []
    for line in error.errors(include_url=False):
        known = dict(line.get("ctx", {}))
        known |= {name: fact for name, fact in facts.items() if name in known and len(line["loc"]) == 1}
        lines.append(((key, *line["loc"]), refusal(line["type"], **known), line["input"]))
    return refused(key, lines)


# What stands for "$ref" while Pydantic, which knows only its own definitions, makes a schema.
REFERENCE = "x-netwright-ref"


def _renamed(schema: Any, old: str, new: str) -> Any:
    if isinstance(schema, dict):
        return {new if key == old else key: _renamed(item, old, new) for key, item in schema.items()}
    return [_renamed(item, old, new) for item in schema] if isinstance(schema, list) else schema


def published(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a model, with our own references."""
    schema: dict[str, Any] = _renamed(model.model_json_schema(by_alias=True), REFERENCE, "$ref")
    return schema


class ArgumentType:
    """The base of our types: a `read` for Pydantic and a `schema` for editors."""

    def read(self, value: Any) -> Any:
        """Return the checked value, or raise a refusal."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let Pydantic call `read` and nothing else."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Let Pydantic publish `schema`, with references under a name that it does not try to follow."""
        hidden: JsonSchemaValue = _renamed(self.schema(), "$ref", REFERENCE)
        return hidden


def is_integer(value: object) -> bool:
    """Whether a JSON value is an integer. A boolean is not a number."""
    return type(value) is int


@dataclass(frozen=True)
class Choice(ArgumentType):
    """One of a few values: strings, or null, or booleans."""

    choices: tuple[str | bool | None, ...]

    def read(self, value: Any) -> Any:
        if any(value == choice and type(value) is type(choice) for choice in self.choices):
            return value
        if isinstance(value, str):
            raise refusal("unknown_choice", choices=self.choices)
        raise refusal("wrong_type", need="one of a few words", choices=self.choices)

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.choices)}


def choice(*choices: str | bool | None) -> Choice:
    """Shorthand for `Choice`."""
    return Choice(choices)


@dataclass(frozen=True)
class Sizes(ArgumentType):
    """One integer for all of `length` axes, or a list of `length` integers; a tuple once read.

    With `length` None the list may be of any length, and one integer stays one. With `holes` an entry may be null.
    """

    length: int | None
    minimum: int | None = 1
    nullable: bool = False
    scalar: bool = True
    holes: bool = False

    def read(self, value: Any) -> Any:
        if value is None and self.nullable:
            return None
        if is_integer(value) and self.scalar:
            self._bound(value)
            return (value,) * self.length if self.length else value
        if not isinstance(value, list):
            raise refusal("wrong_type", need=self._need())
        if self.length is not None and len(value) != self.length:
            raise refusal("wrong_length", need=self.length, got=len(value), scalar=self.scalar)
        errors = [((i,), error, item) for i, item in enumerate(value) if (error := self._fault(item))]
        if errors:
            raise refused("Sizes", errors)
        return tuple(value)

    def _need(self) -> str:
        many = "a list of integers" if self.length is None else f"a list of {self.length}"
        return f"an integer or {many}" if self.scalar else many

    def _fault(self, item: Any) -> PydanticCustomError | None:
        if item is None and self.holes:
            return None
        if not is_integer(item):
            return refusal("wrong_type", need="an integer")
        if self.minimum is not None and item < self.minimum:
            return refusal("out_of_range", need=f"at least {self.minimum}")
        return None

    def _bound(self, value: int) -> None:
        if fault := self._fault(value):
            raise fault

    def schema(self) -> dict[str, Any]:
        item: dict[str, Any] = {"type": "integer"}
        if self.minimum is not None:
            item["minimum"] = self.minimum
        entry = {"anyOf": [item, {"type": "null"}]} if self.holes else item
        array: dict[str, Any] = {"type": "array", "items": entry}
        if self.length is not None:
            array |= {"minItems": self.length, "maxItems": self.length}
        options = [item] * self.scalar + [array] + [{"type": "null"}] * self.nullable
        return options[0] if len(options) == 1 else {"anyOf": options}


@dataclass(frozen=True)
class PartOf(ArgumentType):
    """An object with the keys of one model, published for editors as the definition `name`."""

    model: type[Arguments]
    name: str

    def read(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise refusal("wrong_type", need="an object")
        return self.model.read(value)

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/$defs/{self.name}"}


PositiveInt = Annotated[int, Field(ge=1)]
NonNegativeInt = Annotated[int, Field(ge=0)]
PositiveFloat = Annotated[float, Field(gt=0)]
NonNegativeFloat = Annotated[float, Field(ge=0)]
Fraction = Annotated[float, Field(ge=0, le=1)]
# TensorFlow packs the seed into 64 bits.
Seed = Annotated[int, Field(ge=-(2**63), lt=2**63)]

Pair: TypeAlias = tuple[int, int]

Padding: TypeAlias = Annotated[str, choice("valid", "same")]
DataFormat: TypeAlias = Annotated[str | None, choice("channels_last", "channels_first", None)]
Policy: TypeAlias = Annotated[
    str | None, choice("float16", "bfloat16", "float32", "float64", "mixed_float16", "mixed_bfloat16", None)
]
