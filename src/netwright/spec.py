"""Tree -> Spec: the document as typed, frozen values. Nothing here knows whether names lead anywhere.

The models below are the one description of the language: Pydantic checks documents with them, `schema` publishes them
for editors.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from keyword import iskeyword
from typing import Annotated, Any, NamedTuple

from pydantic import Field, ValidationError
from pydantic_core import PydanticCustomError

from netwright.arguments import (
    Arguments,
    ArgumentType,
    NonNegativeInt,
    PartOf,
    Policy,
    PositiveInt,
    below,
    choice,
    refusal,
    refused,
)
from netwright.expressions import WORDS
from netwright.layer import read_layer
from netwright.objects import Metric, Optimizer, OptionalLoss
from netwright.operation import CallArguments, Operation
from netwright.tensors import Shape

VERSION = 1
NAME = r"[A-Za-z][A-Za-z0-9_]{0,63}"
_NAME = re.compile(NAME)
_PORT = rf"(:({NAME}|0|[1-9][0-9]{{0,8}}))?"
ENDPOINT = NAME + _PORT
# Names of what blocks became, which nobody writes: no part of the language.
INNER = rf"{NAME}(\.({NAME}|[0-9]+))+"
_INNER = re.compile(INNER)
_INNER_ENDPOINT = re.compile(INNER + _PORT)
_ENDPOINT = re.compile(ENDPOINT)
# Whether the document that is read was made from another, of which all that people wrote was read before.
EXPANDED: ContextVar[bool] = ContextVar("EXPANDED", default=False)


def is_endpoint(text: str) -> bool:
    """Whether a text is a name, with a port if need be."""
    return bool(_ENDPOINT.fullmatch(text)) or (EXPANDED.get() and bool(_INNER_ENDPOINT.fullmatch(text)))


DTYPES = (
    "float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64",
    "uint8", "uint16", "uint32", "uint64", "bool", "string",
)  # fmt: skip


@dataclass(frozen=True)
class NameType(ArgumentType):
    """A name: letters, digits and underscores, beginning with a letter, at most 64. `input` forbids Python's words."""

    input: bool = False

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise refusal("wrong_type", need="a name")
        if not _NAME.fullmatch(value) and not (EXPANDED.get() and _INNER.fullmatch(value)):
            raise refusal("bad_name")
        if self.input and (value == "self" or iskeyword(value)):
            raise refusal("reserved_name")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{NAME}$"}


@dataclass(frozen=True)
class ParamNameType(NameType):
    """A name that means nothing else in expressions."""

    def read(self, value: Any) -> str:
        if value in WORDS:
            raise refusal("conflict", message=f"`{value}` means something else in expressions")
        return super().read(value)


ParamName = Annotated[str, ParamNameType()]
Name = Annotated[str, NameType()]
InputName = Annotated[str, NameType(input=True)]


@dataclass(frozen=True)
class VersionType(ArgumentType):
    """The version of the language that a document is written in."""

    def read(self, value: Any) -> int:
        if type(value) is not int or value < 1:
            raise refusal("wrong_type", need=f"the version of the language, {VERSION}")
        if value > VERSION:
            raise refusal("newer_version", ours=VERSION)
        return value

    def schema(self) -> dict[str, Any]:
        return {"const": VERSION}


@dataclass(frozen=True)
class ShapeType(ArgumentType):
    """A shape without the batch axis: sizes, null for what is unknown, a name for what is unknown but the same."""

    def read(self, value: Any) -> Shape:
        if not isinstance(value, list):
            raise refusal("wrong_type", need="a list of sizes")
        faults = [((i,), fault, size) for i, size in enumerate(value) if (fault := self._fault(size))]
        if faults:
            raise refused("shape", faults)
        return tuple(value)

    def _fault(self, size: Any) -> PydanticCustomError | None:
        if size is None or (type(size) is int and size >= 1):
            return None
        if type(size) is int:
            return refusal("out_of_range", need="at least 1")
        if not isinstance(size, str):
            return refusal("wrong_type", need="a size: an integer, a name or null")
        return None if _NAME.fullmatch(size) else refusal("bad_name")

    def schema(self) -> dict[str, Any]:
        sizes = [{"type": "integer", "minimum": 1}, {"type": "null"}, {"type": "string", "pattern": f"^{NAME}$"}]
        return {"type": "array", "items": {"anyOf": sizes}}


@dataclass(frozen=True)
class EndpointType(ArgumentType):
    """A node or input, with a port if need be: `encode`, `encode:state_h`, `encode:1`."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise refusal("wrong_type", need="the name of a node or input")
        if not is_endpoint(value):
            raise refusal("bad_endpoint")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{ENDPOINT}$"}


Endpoint = Annotated[str, EndpointType()]

# Stands for a path that could not be read, so that the others keep their positions.
NO_PATH = object()
Stop = str | tuple[str, ...]


@dataclass(frozen=True)
class PathType(ArgumentType):
    """Two or more stops, each an endpoint or a list of endpoints; two lists never stand side by side."""

    def read(self, value: Any) -> tuple[Stop, ...]:
        if value is NO_PATH:
            return ()
        if not isinstance(value, list):
            raise refusal("wrong_type", need="a list of stops, each the name of a node or input")
        if len(value) < 2:
            raise refusal("short_path")
        faults: list[Any] = []
        stops = [self._stop(i, stop, faults) for i, stop in enumerate(value)]
        faults += [
            ((i,), refusal("adjacent_lists"), value[i])
            for i in range(1, len(value))
            if isinstance(value[i - 1], list) and isinstance(value[i], list)
        ]
        if faults:
            raise refused("path", faults)
        return tuple(stops)

    def _stop(self, i: int, stop: Any, faults: list[Any]) -> Stop:
        if not isinstance(stop, list):
            self._check((i,), stop, faults)
            return str(stop)
        if not stop:
            faults.append(((i,), refusal("wrong_type", need="one endpoint or more"), stop))
        for j, one in enumerate(stop):
            self._check((i, j), one, faults)
        return tuple(str(one) for one in stop)

    def _check(self, at: tuple[int, ...], value: Any, faults: list[Any]) -> None:
        if not isinstance(value, str):
            faults.append((at, refusal("wrong_type", need="the name of a node or input"), value))
        elif not is_endpoint(value):
            faults.append((at, refusal("bad_endpoint"), value))

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/$defs/path"}


def is_path(value: object) -> bool:
    """Whether a value of a document is a path."""
    try:
        PathType().read(value)
    except (PydanticCustomError, ValidationError):
        return False
    return True


class Part(Arguments):
    """A part of the document, which has keys, not arguments."""

    field_word = "key"


Dtype = Annotated[str, choice(*DTYPES)]
Allow = Annotated[tuple[str, ...], Field(strict=False)]


class Input(Part):
    """An input of the model.

    Arguments:
        shape: sizes of the axes without the batch axis; null for a size that is unknown, a name for one that is unknown
            but the same wherever the name stands
        dtype: what the elements are
        batch_size: a fixed number of samples, where a layer needs that
        description: a note for the reader
        allow: names of diagnostics that are accepted here
    """

    called = "an input"

    shape: Annotated[Shape, ShapeType()]
    dtype: Dtype = "float32"
    batch_size: PositiveInt | None = None
    description: str | None = None
    allow: Allow = ()


class Target(Part):
    """What an output is trained on.

    Arguments:
        shape: sizes of the axes of the target without the batch axis
        dtype: what the elements of the target are
        classes: how many classes the target tells apart
    """

    called = "a target"

    shape: Annotated[Shape | None, ShapeType()] = None
    dtype: Annotated[str | None, choice(*DTYPES)] = None
    classes: Annotated[int, Field(ge=2)] | None = None


class Output(Part):
    """An output of the model.

    Arguments:
        from: the node or input that it is
        target: what it is trained on
        description: a note for the reader
        allow: names of diagnostics that are accepted here
    """

    called = "an output"

    source: Endpoint = Field(alias="from")
    target: Annotated[Target | None, PartOf(Target, "target")] = None
    description: str | None = None
    allow: Allow = ()


@dataclass(frozen=True)
class OutputType(ArgumentType):
    """An output: an endpoint, or an object with one in `from`."""

    def read(self, value: Any) -> Output:
        if isinstance(value, dict):
            return Output.read(value)
        if not isinstance(value, str):
            raise refusal("wrong_type", need="the name of a node or input, or an object with one in `from`")
        return Output.model_construct(source=EndpointType().read(value))

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [EndpointType().schema(), {"$ref": "#/$defs/output"}]}


class NodeKeys(Part):
    """The keys that stand beside the arguments of any node.

    Arguments:
        description: a note for the reader
        allow: names of diagnostics that are accepted here
    """

    called = "a node"

    description: str | None = None
    allow: Allow = ()


class Node(NamedTuple):
    """A node: one call of a layer, or an op."""

    operation: Operation
    call: CallArguments
    keys: NodeKeys
    # The node whose layer it is one more call of, if it shares.
    owner: str = ""


NO_KEYS = NodeKeys()
NO_CALL = CallArguments()
# Nodes that are written alike are one value: most large networks repeat a few, and what follows from one is known.
_READ: dict[str, Node] = {}
MOST_READ = 4096


@dataclass(frozen=True)
class NodeType(ArgumentType):
    """A node: what it is (`type` or `op`), its arguments beside that, and `call`, `description`, `allow`."""

    def read(self, value: Any) -> Node:
        if not isinstance(value, dict):
            raise refusal("wrong_type", need="an object with the `type` of a layer or an `op`")
        written = repr(value)
        found = _READ.get(written)
        if found is None:
            found = self._read(value)
            if len(_READ) >= MOST_READ:
                _READ.clear()
            _READ[written] = found
        return found

    def _read(self, value: dict[str, Any]) -> Node:
        rest = dict(value)
        owner = rest.pop("share", "")
        keys: dict[str, Any] = {key: rest.pop(key) for key in ("description", "allow") if key in rest}
        if "op" in rest:
            return Node(_read_op(rest), NO_CALL, NodeKeys.read(keys) if keys else NO_KEYS)
        call = rest.pop("call", {})
        layer = read_layer(rest)
        if layer.nested_only:
            raise refusal("conflict", at=("type",), message=layer.nested_only)
        if not isinstance(call, dict):
            raise refusal("wrong_type", need="an object with call arguments", at=("call",))
        return Node(layer, read_call(layer, call), NodeKeys.read(keys) if keys else NO_KEYS, owner)

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/$defs/node"}


def _read_op(value: dict[str, Any]) -> Operation:
    if "type" in value:
        raise refusal("conflict", at=("op",), message="a node is a layer (`type`) or an `op`, not both")
    # Documents without ops do not pay for them.
    from netwright.op import read_op

    return read_op(value)


def read_call(operation: Operation, raw: dict[str, Any]) -> CallArguments:
    """The call arguments of a node.

    Raises:
        ValidationError: with places below `call`.
    """
    try:
        return operation.Call.read(raw)
    except ValidationError as error:
        raise below("call", error, owner=f"a call of `{operation.kind()}`") from None


class Compile(Part):
    """How the model is trained, by output name.

    Arguments:
        optimizer: what changes the variables
        loss: what each output is to make small; null for an output that is not trained, on purpose
        loss_weights: the factor of each loss in the total; 1 where nothing is given
        metrics: what is measured beside the loss
        weighted_metrics: the same, weighted by the sample weights
    """

    called = "`compile`"

    optimizer: Optimizer
    loss: dict[str, OptionalLoss]
    loss_weights: dict[str, float] = Field(default_factory=dict)
    metrics: dict[str, list[Metric]] = Field(default_factory=dict)
    weighted_metrics: dict[str, list[Metric]] = Field(default_factory=dict)


class Budget(Part):
    """What a model may cost at most.

    Arguments:
        parameters: elements of all variables
        flops: operations of one forward pass for one sample, a multiplication and an addition counted as two
        memory: bytes of the outputs of all nodes for one sample
    """

    called = "a budget"

    parameters: NonNegativeInt | None = None
    flops: NonNegativeInt | None = None
    memory: NonNegativeInt | None = None


@dataclass(frozen=True)
class ItemsType(ArgumentType):
    """What each item of a list is: the bounds of a value."""

    def read(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise refusal("wrong_type", need="an object that says what an item may be")
        return Bounds.read(value)

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/$defs/bounds"}


BLOCK = rf"{NAME}(\.{NAME})?"
_BLOCK = re.compile(BLOCK)


@dataclass(frozen=True)
class BlockNameType(ArgumentType):
    """The name of a block, or of a block in an imported file: `file.block`."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise refusal("wrong_type", need="the name of a block")
        if not _BLOCK.fullmatch(value):
            raise refusal("bad_name")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{BLOCK}$"}


BlockName = Annotated[str, BlockNameType()]


@dataclass(frozen=True)
class RepeatType(ArgumentType):
    """How many copies there are, or an expression for it."""

    def read(self, value: Any) -> Any:
        if isinstance(value, str) and "${" in value:
            return value
        if type(value) is not int:
            raise refusal("wrong_type", need="an integer")
        if value < 0:
            raise refusal("out_of_range", need="at least 0")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0}


@dataclass(frozen=True)
class ImportPathType(ArgumentType):
    """The path of a file, relative to the one that has it, with `/`."""

    def read(self, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise refusal("wrong_type", need="the path of a JSON file, relative to this one")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


ImportPath = Annotated[str, ImportPathType()]


@dataclass(frozen=True)
class TypesType(ArgumentType):
    """A type of JSON, or a list of some."""

    names = ("integer", "number", "boolean", "string", "array", "null")

    def read(self, value: Any) -> str | tuple[str, ...]:
        many = value if isinstance(value, list) and value else [value]
        faults = [((i,), fault, one) for i, one in enumerate(many) if (fault := self._fault(one))]
        if faults and not isinstance(value, list):
            raise faults[0][1]
        if faults:
            raise refused("types", faults)
        return tuple(many) if isinstance(value, list) else str(value)

    def _fault(self, one: Any) -> PydanticCustomError | None:
        if isinstance(one, str) and one in self.names:
            return None
        if isinstance(one, str):
            return refusal("unknown_choice", choices=self.names)
        return refusal("wrong_type", need="the name of a type of JSON", choices=self.names)

    def schema(self) -> dict[str, Any]:
        one = {"enum": list(self.names)}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


class Bounds(Part):
    """What a value may be, as a JSON Schema of few keywords.

    Arguments:
        type: what the value is
        enum: the values there are
        minimum: the least number
        maximum: the greatest number
        exclusiveMinimum: what a number is greater than
        exclusiveMaximum: what a number is less than
        multipleOf: what a number is a multiple of
        items: what each item of a list is
        minItems: the least number of items
        maxItems: the greatest number of items
    """

    called = "what a value may be"

    type: Annotated[str | tuple[str, ...] | None, TypesType()] = None
    enum: Annotated[list[Any] | None, Field(min_length=1)] = None
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = Field(None, alias="exclusiveMinimum")
    exclusive_maximum: float | None = Field(None, alias="exclusiveMaximum")
    multiple_of: Annotated[float, Field(gt=0)] | None = Field(None, alias="multipleOf")
    items: Annotated[Any, ItemsType()] = None
    min_items: NonNegativeInt | None = Field(None, alias="minItems")
    max_items: NonNegativeInt | None = Field(None, alias="maxItems")


class Param(Bounds):
    """A param: what its value may be, and what it is if nobody says.

    Arguments:
        default: its value if it is not set; a param without one must be set
        description: a note for the reader
    """

    called = "a param"

    default: Any = None
    description: str | None = None


class BlockUse(Part):
    """A node that is a block.

    Arguments:
        block: the block, or `file.block` of an imported file
        with: values of the block's params
        repeat: how many copies there are, one after the other
        description: a note for the reader
        allow: names of diagnostics that are accepted here
    """

    called = "the use of a block"

    block: BlockName
    values: dict[Name, Any] = Field(default_factory=dict, alias="with")
    repeat: Annotated[Any, RepeatType()] = None
    description: str | None = None
    allow: Allow = ()


class Share(Part):
    """A node that is one more call of another node's layer, or of all layers of a block, with the same weights.

    Arguments:
        share: the node whose layers are called
        call: arguments of the call that are no tensors
        description: a note for the reader
        allow: names of diagnostics that are accepted here
    """

    called = "a node that shares"

    share: Name
    call: dict[str, Any] = Field(default_factory=dict)
    description: str | None = None
    allow: Allow = ()


@dataclass(frozen=True)
class WrittenNode(ArgumentType):
    """A node as it is written in a block: what it is may depend on params, and is read when they have values."""

    def read(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise refusal("wrong_type", need="an object with the `type` of a layer, an `op`, a `block` or `share`")
        for key, model in (("block", BlockUse), ("share", Share)):
            if key in value:
                model.read(value)
        return value

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/$defs/node"}


class Block(Part):
    """A part of a network, to be used as a node.

    Arguments:
        inputs: names of what it takes, in the order in which edges without a port fill them
        outputs: what it gives, by name
        nodes: its nodes by name
        edges: which tensor goes where in it
        params: what its uses set
        description: a note for the reader
    """

    called = "a block"

    inputs: Annotated[tuple[Name, ...], Field(strict=False, min_length=1)]
    outputs: dict[Name, Endpoint] = Field(min_length=1)
    nodes: dict[Name, Annotated[Any, WrittenNode()]] = Field(default_factory=dict)
    edges: Annotated[tuple[Annotated[tuple[Stop, ...], PathType()], ...], Field(strict=False)] = ()
    params: dict[ParamName, Annotated[Param, PartOf(Param, "param")]] = Field(default_factory=dict)
    description: str | None = None


class Library(Part):
    """A document of blocks, to be imported.

    Arguments:
        netwright: the version of the language
        blocks: its blocks by name
        imports: files whose blocks it uses, by the name that stands before theirs
        name: the name of the library
        $schema: where the JSON Schema for editors is
        description: a note for the reader
    """

    called = "a library"

    netwright: Annotated[int, VersionType()]
    blocks: dict[Name, Annotated[Block, PartOf(Block, "block")]] = Field(min_length=1)
    imports: dict[Name, ImportPath] = Field(default_factory=dict)
    name: Name | None = None
    schema_: str | None = Field(None, alias="$schema")
    description: str | None = None


class Spec(Part):
    """A model: inputs, nodes, edges between them, named outputs, and how to train it.

    Arguments:
        netwright: the version of the language
        name: the name of the model
        inputs: the model's inputs by name
        nodes: the model's layers by name
        edges: which tensor goes where, as paths through the nodes
        outputs: the model's outputs by name
        compile: how the model is trained; without it the model is saved uncompiled
        params: what can be set from outside, or stands for what is written often
        imports: files whose blocks are used, by the name that stands before theirs
        blocks: parts of the network that are used as nodes, by name
        budget: what the model may cost at most
        dtype_policy: the dtype policy of every layer that has no `dtype` of its own
        seed: what initial weights and random layers are drawn from
        description: a note for the reader
        $schema: where the JSON Schema for editors is
    """

    called = "a spec"

    netwright: Annotated[int, VersionType()]
    name: Name
    inputs: dict[InputName, Annotated[Input, PartOf(Input, "input")]] = Field(min_length=1)
    outputs: dict[Name, Annotated[Output, OutputType()]] = Field(min_length=1)
    nodes: dict[Name, Annotated[Any, NodeType()]] = Field(default_factory=dict)
    edges: Annotated[tuple[Annotated[tuple[Stop, ...], PathType()], ...], Field(strict=False)] = ()
    compile: Annotated[Compile | None, PartOf(Compile, "compile")] = None
    params: dict[ParamName, Annotated[Param, PartOf(Param, "param")]] = Field(default_factory=dict)
    imports: dict[Name, ImportPath] = Field(default_factory=dict)
    blocks: dict[Name, Annotated[Block, PartOf(Block, "block")]] = Field(default_factory=dict)
    budget: Annotated[Budget | None, PartOf(Budget, "budget")] = None
    dtype_policy: Policy = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    description: str | None = None
    schema_: str | None = Field(None, alias="$schema")
