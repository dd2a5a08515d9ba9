"""Tree -> Spec: the document as typed, frozen values. Nothing here knows whether names lead anywhere.

The models below are the one description of the language: Pydantic checks documents with them, `schema` publishes them
for editors.
"""

from __future__ import annotations

import re
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
from netwright.layer import read_layer
from netwright.objects import Metric, Optimizer, OptionalLoss
from netwright.operation import CallArguments, Operation
from netwright.tensors import Shape

VERSION = 1
NAME = r"[A-Za-z][A-Za-z0-9_]{0,63}"
_NAME = re.compile(NAME)
ENDPOINT = rf"{NAME}(:({NAME}|0|[1-9][0-9]{{0,8}}))?"
_ENDPOINT = re.compile(ENDPOINT)
DTYPES = (
    "float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64",
    "uint8", "uint16", "uint32", "uint64", "bool", "string",
)  # fmt: skip

# Parts of the language that this version of netwright does not build yet.
LATER_KEYS = {"params": "params", "imports": "imports", "blocks": "blocks"}
LATER_NODES = {"block": "block nodes", "share": "shared nodes"}


@dataclass(frozen=True)
class NameType(ArgumentType):
    """A name: letters, digits and underscores, beginning with a letter, at most 64. `input` forbids Python's words."""

    input: bool = False

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise refusal("wrong_type", need="a name")
        if not _NAME.fullmatch(value):
            raise refusal("bad_name")
        if self.input and (value == "self" or iskeyword(value)):
            raise refusal("reserved_name")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{NAME}$"}


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
        if not _ENDPOINT.fullmatch(value):
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
        elif not _ENDPOINT.fullmatch(value):
            faults.append((at, refusal("bad_endpoint"), value))

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/$defs/path"}


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
        for key, what in LATER_NODES.items():
            if key in value:
                raise refusal("not_yet", what=what, at=(key,))
        rest = dict(value)
        keys: dict[str, Any] = {key: rest.pop(key) for key in ("description", "allow") if key in rest}
        if "op" in rest:
            return Node(_read_op(rest), NO_CALL, NodeKeys.read(keys) if keys else NO_KEYS)
        call = rest.pop("call", {})
        layer = read_layer(rest)
        if layer.nested_only:
            raise refusal("conflict", at=("type",), message=layer.nested_only)
        if not isinstance(call, dict):
            raise refusal("wrong_type", need="an object with call arguments", at=("call",))
        return Node(layer, read_call(layer, call), NodeKeys.read(keys) if keys else NO_KEYS)

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
    budget: Annotated[Budget | None, PartOf(Budget, "budget")] = None
    dtype_policy: Policy = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    description: str | None = None
    schema_: str | None = Field(None, alias="$schema")
