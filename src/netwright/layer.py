"""What a layer file must provide: its arguments as fields, its shape rule, its variables, its table of cases.

The ports of a layer are the parameters of its `infer`: a `Tensor` is one edge, `Tensor | None` one that may be
missing, `Sequence[Tensor]` any number of edges in their order; parameters after `*` are never filled by position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import import_module
from inspect import Parameter, signature
from math import prod
from pkgutil import iter_modules
from typing import Annotated, Any, ClassVar, NamedTuple, TypeAlias

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from netwright.arguments import Arguments, ArgumentType, Policy, refusal, refused
from netwright.misfits import Misfit, VariableDtype, VariableRank
from netwright.objects import Regularizer, family, type_of
from netwright.tensors import FLOATS, Shape, Tensor


class Variable(NamedTuple):
    """A variable that a layer makes: Keras' name for it, its shape, and whether training changes it."""

    name: str
    shape: tuple[int, ...]
    trainable: bool = True

    @property
    def size(self) -> int:
        """The number of its elements."""
        return prod(self.shape)


class Case(NamedTuple):
    """One row of a layer's truth table: tensors in, and what comes of it."""

    arguments: Mapping[str, Any]
    inputs: tuple[str, ...]
    ports: Mapping[str, str | tuple[str, ...]]
    call: Mapping[str, Any]
    to: tuple[str, ...]
    params: int | None
    frozen: int
    fails: type[Misfit] | None
    late: bool
    silent: str


def case(
    *inputs: str,
    to: str | tuple[str, ...] = (),
    params: int | None = None,
    frozen: int = 0,
    fails: type[Misfit] | None = None,
    ports: Mapping[str, str | tuple[str, ...]] | None = None,
    call: Mapping[str, Any] | None = None,
    late: bool = False,
    silent: str = "",
    **arguments: Any,
) -> Case:
    """Declare a row: tensors written as `N 28 28 1`, with `N` the batch axis, `?` an unknown size, `:int32` a dtype.

    `:float32!` are integers that Keras calls float32.

    Args:
        inputs: the tensors that fill the ports by position.
        to: the output, or one for each output port.
        params: the number of elements in all variables, if the row says it.
        frozen: how many of them training never changes.
        fails: the misfit, if the tensors do not fit; Keras must refuse them too.
        ports: the tensors that fill ports by name.
        call: call arguments that are no tensors.
        late: Keras refuses only when the layer first runs, not when it is called with symbolic tensors.
        silent: why we refuse what Keras accepts.
        arguments: the layer's own, as in a spec.
    """
    outputs = (to,) if isinstance(to, str) else to
    return Case(arguments, inputs, ports or {}, call or {}, outputs, params, frozen, fails, late, silent)


def read_tensor(text: str) -> Tensor:
    """A tensor from the notation of `case`."""
    sizes, _, rest = text.partition(":")
    dtype, marked, _ = rest.partition("!")
    words = {"N": None, "?": None}
    shape = tuple(int(size) if size.isdigit() else words.get(size, size) for size in sizes.split())
    return Tensor(shape, dtype or "float32", integers=bool(marked))


class CallArguments(Arguments):
    """The call arguments of a layer that are no tensors. A layer that has some declares a class `Call` of its own."""


class TrainingCall(CallArguments):
    """Call arguments of a layer that behaves differently in training.

    Arguments:
        training: whether to behave as in training if the model is called without saying; `fit`, `predict`, exports say
    """

    training: bool | None = None


class Layer(Arguments):
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

    Call: ClassVar[type[CallArguments]] = CallArguments
    cases: ClassVar[tuple[Case, ...]] = ()
    # Whether Keras' class hands masks on; where it does not, a mask that arrives is lost, and Keras warns.
    supports_masking: ClassVar[bool] = False
    # Whether TensorFlow's profiler sees all that the layer does, so that `flops` can be compared with it.
    profiled: ClassVar[bool] = True
    # Why the layer can't be a node of its own, if it can't; its place is then inside another.
    nested_only: ClassVar[str] = ""

    # Each layer's `infer` and `variables` take its own ports as parameters, and `call` if they ask for it.
    infer: ClassVar[Callable[..., Tensor | tuple[Tensor, ...]]]
    variables: ClassVar[Callable[..., Iterable[Variable]]]

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The names of the output ports."""
        return ("output",)

    @property
    def makes_mask(self) -> bool:
        """Whether the output has a mask though no input has one."""
        return False

    def compute_mask(self, mask: Any, inputs: Any) -> Any:
        """The mask of the first output, or one for each; asked for only where `supports_masking` is true.

        Args:
            mask: that of what arrives at the first port, or None; a tuple of these if the port takes many.
            inputs: what arrives at the first port.

        Raises:
            Misfit: the masks do not fit each other.
        """
        return mask

    def flops(self, *tensors: Any, **ports: Any) -> int:
        """What one forward pass costs for one sample, in inference, as TensorFlow's profiler counts.

        A multiplication and the addition after it are two. Activations (but for softmax), lookups and copies are
        free; see `tensorflow/python/profiler/internal/flops_registry.py`.

        Raises:
            Misfit: a size is not known.
        """
        return 0

    @property
    def compute_dtype(self) -> str:
        """The dtype the layer computes in, and to which Keras casts the floats that come in."""
        return (self.dtype or "float32").removeprefix("mixed_")

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as the layer sees it. Integers, booleans and strings are left as they are."""
        dtype = self.compute_dtype
        return tensor.called(dtype) if tensor.dtype != dtype and tensor.dtype in FLOATS else tensor

    def under(self, policy: str | None) -> Layer:
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


class Stateless(Layer):
    """A layer without variables."""

    def variables(self, *tensors: Any, **ports: Any) -> tuple[Variable, ...]:
        """None."""
        return ()


class Port(NamedTuple):
    """One place where tensors enter a layer."""

    name: str
    many: bool
    optional: bool
    positional: bool


@cache
def ports_of(layer: type[Layer]) -> dict[str, Port]:
    """The ports of a layer class, by name, in the order in which edges without a port fill them."""
    found = {}
    for parameter in signature(layer.infer).parameters.values():
        if parameter.name in ("self", "call"):
            continue
        found[parameter.name] = Port(
            parameter.name,
            many="Sequence" in str(parameter.annotation),
            optional=parameter.default is not Parameter.empty,
            positional=parameter.kind is not Parameter.KEYWORD_ONLY,
        )
    return found


@cache
def wants_call(rule: Callable[..., Any]) -> bool:
    """Whether a rule asks for the call arguments."""
    return "call" in signature(rule).parameters


def outputs_of(layer: Layer, ports: Mapping[str, Any], call: CallArguments) -> tuple[Tensor, ...]:
    """The outputs of `layer` for the tensors at its ports, one for each of `layer.outputs`.

    Raises:
        Misfit: the tensors do not fit.
    """
    found = _applied(type(layer).infer, layer, ports, call)
    outputs: tuple[Tensor, ...] = (found,) if isinstance(found, Tensor) else found
    if layer.activity_regularizer is not None:
        _check_penalty(layer, outputs)
    return outputs


def variables_of(layer: Layer, ports: Mapping[str, Any], call: CallArguments) -> tuple[Variable, ...]:
    """The variables that `layer` makes when it is first called with the tensors at its ports.

    Raises:
        Misfit: the tensors do not fit.
    """
    variables = tuple(_applied(type(layer).variables, layer, ports, call))
    for one in variables:
        _check_making(layer, one)
    return variables if layer.trainable else tuple(one._replace(trainable=False) for one in variables)


def mask_of(layer: Layer, mask: Any, inputs: Any, call: CallArguments) -> tuple[Tensor | None, ...]:
    """The masks of the first outputs of a layer that hands masks on; see `Layer.compute_mask`.

    Raises:
        Misfit: the masks do not fit each other.
    """
    rule: Callable[..., Any] = type(layer).compute_mask
    found = rule(layer, mask, inputs, call=call) if wants_call(rule) else rule(layer, mask, inputs)
    return found if isinstance(found, tuple) else (found,)


def flops_of(layer: Layer, ports: Mapping[str, Any], call: CallArguments) -> int:
    """What `layer` costs for one sample of the tensors at its ports; see `Layer.flops`.

    Raises:
        Misfit: a size is not known.
    """
    cost: int = _applied(type(layer).flops, layer, ports, call)
    return cost


@contextmanager
def inside(argument: str, *, each_step: bool = False) -> Iterator[None]:
    """Place what does not fit in there at the inner layer that `argument` holds, and at its own argument."""
    try:
        yield
    except Misfit as misfit:
        misfit.each_step = misfit.each_step or each_step
        misfit.argument = f"{argument}.{misfit.argument}" if misfit.argument else None
        raise


def _check_penalty(layer: Layer, outputs: Iterable[Tensor]) -> None:
    """Refuse an activity regularizer that can't take an output.

    Raises:
        VariableRank: it can't with so many axes.
    """
    entry = family("regularizers").entry(layer.activity_regularizer)
    for output in outputs if entry else ():
        _check_rank("regularizer", entry, "the output", output.shape, "activity_regularizer")


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
        # The defaults fit, but for this one dtype.
        if argument is None or (argument not in layer.model_fields_set and layer.dtype != "bfloat16"):
            continue
        entry = family(f"{noun}s").entry(getattr(layer, argument))
        if entry is None:
            continue
        _check_rank(noun, entry, variable.name, variable.shape, argument)
        if layer.dtype in entry.facts.get("refuses", ()):
            raise VariableDtype(entry.name, variable.name, layer.dtype or "", argument)


@lru_cache(maxsize=4096)
def _argument_for(layer: type[Layer], variable: str, noun: str) -> str | None:
    """The argument that holds the initializer or regularizer of a variable, if the layer has one."""
    stem = variable.rpartition("/")[2]
    names = (f"{one}_{noun}" for one in (stem, stem.removesuffix("_kernel"), "depthwise"))
    return next((name for name in names if name in layer.model_fields), None)


def _applied(rule: Callable[..., Any], layer: Layer, ports: Mapping[str, Any], call: CallArguments) -> Any:
    seen = {name: _cast(layer, value) for name, value in ports.items()}
    return rule(layer, **seen, call=call) if wants_call(rule) else rule(layer, **seen)


def _cast(layer: Layer, value: Tensor | Iterable[Tensor]) -> Tensor | tuple[Tensor, ...]:
    return layer.cast(value) if isinstance(value, Tensor) else tuple(layer.cast(one) for one in value)


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
        return refusal("refused_layer", why=refused.REFUSED[kind].why, use=refused.REFUSED[kind].use, at=("type",))
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
