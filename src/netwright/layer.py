"""What a layer file must provide: a class with the layer's arguments as fields, its rule, its variables, its cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated, Any, Self, TypeAlias

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, Policy, refusal, refused
from netwright.misfits import VariableDtype, VariableRank
from netwright.objects import Regularizer, family, type_of
from netwright.operation import CallArguments, Operation, Variable
from netwright.tensors import FLOATS, Shape, Tensor


class TrainingCall(CallArguments):
    """Call arguments of a layer that behaves differently in training.

    Arguments:
        training: whether to behave as in training if the model is called without saying; `fit`, `predict`, exports say
    """

    training: bool | None = None


class Layer(Operation):
    """A Keras layer as data.

    Arguments:
        trainable: whether training may change the layer's variables
        dtype: the layer's dtype policy; null takes the model's
        activity_regularizer: penalty on the layer's output, added to the loss
    """

    family = "layers"

    trainable: bool = True
    dtype: Policy = None
    activity_regularizer: Regularizer = None

    @property
    def compute_dtype(self) -> str:
        """The dtype the layer computes in, and to which Keras casts the floats that come in."""
        return (self.dtype or "float32").removeprefix("mixed_")

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as the layer sees it. Integers, booleans and strings are left as they are."""
        dtype = self.compute_dtype
        return tensor.called(dtype) if tensor.dtype != dtype and tensor.dtype in FLOATS else tensor

    def under(self, policy: str | None) -> Self:
        """The same layer where a model-wide dtype policy holds, inner layers included; its own `dtype` wins."""
        if policy is None:
            return self
        changes: dict[str, Any] = {} if self.dtype else {"dtype": policy}
        for name in type(self).model_fields:
            inner = getattr(self, name)
            if isinstance(inner, Layer):
                changes[name] = inner.under(policy)
            elif isinstance(inner, tuple) and any(isinstance(one, Layer) for one in inner):
                changes[name] = tuple(one.under(policy) for one in inner)
        return self.model_copy(update=changes)

    def check_outputs(self, outputs: tuple[Tensor, ...]) -> None:
        """Refuse an activity regularizer that can't take an output.

        Raises:
            Misfit: it can't.
        """
        if self.activity_regularizer is not None:
            _check_penalty(self, outputs)

    def once_made(self, variables: tuple[Variable, ...]) -> tuple[Variable, ...]:
        """The variables, none of them trained if the layer is not; what makes and weighs them can do so.

        Raises:
            Misfit: it can't.
        """
        for one in variables:
            _check_making(self, one)
        return variables if self.trainable else tuple(one._replace(trainable=False) for one in variables)


class Stateless(Layer):
    """A layer without variables."""

    def variables(self, *tensors: Any, **ports: Any) -> tuple[Variable, ...]:
        """None."""
        return ()


def _check_penalty(layer: Layer, outputs: Iterable[Tensor]) -> None:
    """Refuse an activity regularizer that can't take an output.

    Raises:
        VariableRank: it can't with so many axes.
        VariableDtype: it can't in this dtype.
        UnknownSize: it compares rows or columns, and their number is not known.
    """
    argument = "activity_regularizer"
    entry = family("regularizers").entry(layer.activity_regularizer)
    if entry is None:
        return
    for output in outputs:
        _check_rank("regularizer", entry, "the output", output.shape, argument)
        dtype = "integers" if output.integers else output.dtype
        if dtype in ("integers", "string", *entry.facts.get("refuses", ())):
            raise VariableDtype("regularizer", entry.name, "the output", dtype, argument)
        if entry.facts.get("compares"):
            mode = getattr(layer.activity_regularizer, "mode", "rows")
            output.known(("rows", "columns").index(mode), f"because `{argument}` compares the {mode} of the output")


def _check_rank(noun: str, entry: Any, owner: str, shape: Shape, argument: str) -> None:
    least, most, rank = entry.facts.get("rank", 0), entry.facts.get("most_rank"), len(shape)
    if rank < least or rank > (most or rank):
        need = str(least) if least == most else f"at least {least}"
        raise VariableRank(noun, entry.name, need, owner, shape, argument)


def _check_making(layer: Layer, variable: Variable) -> None:
    """Refuse an initializer or regularizer that can't make or take the variable.

    Raises:
        VariableRank: it can't with so many axes.
        VariableDtype: it can't in the dtype of the layer's variables.
    """
    for noun in ("initializer", "regularizer"):
        argument = _argument_for(type(layer), variable.name, noun)
        # The defaults fit, but for this one dtype; and what is not trained is not penalized.
        default = argument not in layer.model_fields_set and layer.dtype != "bfloat16"
        if argument is None or default or (noun == "regularizer" and not layer.trainable):
            continue
        entry = family(f"{noun}s").entry(getattr(layer, argument))
        if entry is None:
            continue
        _check_rank(noun, entry, variable.name, variable.shape, argument)
        if layer.dtype in entry.facts.get("refuses", ()):
            raise VariableDtype(noun, entry.name, variable.name, layer.dtype or "", argument)


@lru_cache(maxsize=4096)
def _argument_for(layer: type[Layer], variable: str, noun: str) -> str | None:
    """The argument that holds the initializer or regularizer of a variable, if the layer has one."""
    stem = variable.rpartition("/")[2]
    names = (f"{one}_{noun}" for one in (stem, stem.removesuffix("_kernel"), "depthwise"))
    return next((name for name in names if name in layer.model_fields), None)


LAYERS = "netwright.catalog.layers"


@cache
def _modules() -> dict[str, str]:
    """The modules of the layers folder, by their names without underscores."""
    return {one.name.replace("_", ""): one.name for one in iter_modules(import_module(LAYERS).__path__)}


@cache
def find_layer(name: str) -> type[Layer] | None:
    """The layer class of that exact name, or None. Loads the file of that one layer."""
    module = _modules().get(name.lower())
    if module is None:
        return None
    found = getattr(import_module(f"{LAYERS}.{module}"), name, None)
    return found if isinstance(found, type) and issubclass(found, Layer) else None


@cache
def layer_names() -> tuple[str, ...]:
    """The names of all layers. Loads all of them: for messages and generated files, not for clean documents."""
    found = []
    for module in _modules().values():
        members = vars(import_module(f"{LAYERS}.{module}")).values()
        found += [
            one.__name__
            for one in members
            if isinstance(one, type) and issubclass(one, Layer) and one.__module__ == f"{LAYERS}.{module}"
        ]
    return tuple(sorted(found))


@dataclass(frozen=True)
class LayerOf(ArgumentType):
    """A layer inside a layer: `{"type": class, arguments}`; only the types in `only`, if it names any."""

    only: tuple[str, ...] = field(default=())
    nullable: bool = False

    def read(self, value: Any) -> Layer | None:
        if value is None and self.nullable:
            return None
        if not isinstance(value, dict):
            raise refusal("wrong_type", need="an object with the `type` of a layer")
        return read_layer(value, self.only)

    def schema(self) -> dict[str, Any]:
        one: dict[str, Any] = {"$ref": "#/$defs/layer"}
        if self.only:
            one = {"$ref": "#/$defs/layer", "properties": {"type": {"enum": list(self.only)}}}
        return {"anyOf": [one, {"type": "null"}]} if self.nullable else one


@dataclass(frozen=True)
class LayersOf(ArgumentType):
    """A list of layers inside a layer, one at least; only the types in `only`, if it names any; a tuple once read."""

    only: tuple[str, ...] = field(default=())

    def read(self, value: Any) -> tuple[Layer, ...]:
        if not isinstance(value, list) or not value:
            raise refusal("wrong_type", need="a list of one or more objects with the `type` of a layer")
        one, found, faults = LayerOf(self.only), [], []
        for i, item in enumerate(value):
            try:
                found.append(one.read(item))
            except ValidationError as error:
                faults += [
                    ((i, *line["loc"]), refusal(line["type"], **line.get("ctx", {})), line["input"])
                    for line in error.errors(include_url=False)
                ]
            except PydanticCustomError as error:
                faults.append(((i,), error, item))
        if faults:
            raise refused("LayersOf", faults)
        return tuple(layer for layer in found if layer is not None)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": LayerOf(self.only).schema(), "minItems": 1}


def read_layer(value: dict[str, Any], only: tuple[str, ...] = ()) -> Layer:
    """Check `{"type": class, arguments}` against the layer of that name."""
    kind = type_of(value, "layer")
    found = find_layer(kind)
    if found is None:
        raise _no_layer(kind, only)
    if only and kind not in only:
        raise refusal("unknown_choice", choices=only, at=("type",))
    return found.read({key: item for key, item in value.items() if key != "type"})


def _no_layer(kind: str, only: tuple[str, ...]) -> PydanticCustomError:
    """Why `kind` names no layer."""
    refused = import_module("netwright.catalog.refused")
    if kind in refused.ALIASES:
        return refusal("second_name", canonical=refused.ALIASES[kind], at=("type",))
    if kind in refused.REFUSED:
        return refusal("refused_operation", why=refused.REFUSED[kind].why, use=refused.REFUSED[kind].use, at=("type",))
    if kind in import_module("netwright.catalog.op_index").FAMILIES and not only:
        return refusal("conflict", at=("type",), message=f'`{kind}` is an op: write "op" in place of "type"')
    return refusal("unknown_object", noun="layer", choices=only or layer_names(), at=("type",))


@dataclass(frozen=True)
class ActivationType(ArgumentType):
    """An activation function by Keras' name, or one of the layers that are activations; null is the identity."""

    nullable: bool = True

    def read(self, value: Any) -> Any:
        if value is None and self.nullable:
            return None
        known = family("activations")
        if isinstance(value, dict):
            return read_layer(value, known.layers)
        if not isinstance(value, str):
            raise refusal("wrong_type", need="the name of an activation")
        if value not in known.names:
            raise refusal("unknown_object", noun="activation", choices=tuple(known.names))
        return value

    def layer_schema(self) -> dict[str, Any]:
        """The JSON Schema of an activation that is written as a layer."""
        return LayerOf(family("activations").layers).schema()

    def schema(self) -> dict[str, Any]:
        one = {"$ref": "#/$defs/activations"}
        return {"anyOf": [one, {"type": "null"}]} if self.nullable else one


Activation: TypeAlias = Annotated[Any, ActivationType()]
