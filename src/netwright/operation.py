"""What a node does, be it a layer or an op: its ports, its shape rule, its table of cases.

The ports are the parameters of `infer`: a `Tensor` is one edge, `Tensor | None` one that may be missing,
`Sequence[Tensor]` any number of edges in their order; parameters after `*` are never filled by position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from inspect import Parameter, signature
from math import prod
from typing import Any, ClassVar, NamedTuple, Self

from netwright.arguments import Arguments
from netwright.misfits import Misfit
from netwright.tensors import Tensor


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
    """One row of a truth table: tensors in, and what comes of it."""

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

    `:float32!` are integers that Keras calls float32; `:` alone stands for a tensor without axes.

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


class Activity(NamedTuple):
    """The function that is applied last to each entry of an output: the name of an activation.

    `axis` is where a function looks at several entries together, and null is all of them. `fresh` is true if what
    it is applied to may be any number: the layer made it by weights of its own.
    """

    function: str
    axis: int | tuple[int, ...] | None = -1
    fresh: bool = False


class CallArguments(Arguments):
    """The call arguments of a layer that are no tensors. A layer that has some declares a class `Call` of its own."""


class Operation(Arguments):
    """A layer or an op, as data."""

    Call: ClassVar[type[CallArguments]] = CallArguments
    cases: ClassVar[tuple[Case, ...]] = ()
    # Whether Keras' class hands masks on; where it does not, a mask that arrives is lost, and Keras warns at best.
    supports_masking: ClassVar[bool] = False
    # Whether TensorFlow's profiler sees all that is done, so that `flops` can be compared with it.
    profiled: ClassVar[bool] = True
    # Whether the entries that come in go out as they are, if elsewhere.
    rearranges: ClassVar[bool] = False
    # Whether training sees a way back from the output to what comes in. Between integers there never is one.
    has_gradient: ClassVar[bool] = True
    # Whether TensorFlow fails when it looks for one.
    refuses_gradient: ClassVar[bool] = False
    # Why it can't be a node of its own, if it can't; its place is then inside another.
    nested_only: ClassVar[str] = ""

    # Each `infer` and `variables` takes its own ports as parameters, and `call` if it asks for it.
    infer: ClassVar[Callable[..., Tensor | tuple[Tensor, ...]]]
    variables: ClassVar[Callable[..., Iterable[Variable]]]

    @classmethod
    def kind(cls) -> str:
        """Keras' name for it."""
        return cls.__name__

    @classmethod
    def owner(cls) -> str:
        """Its name, as messages call it."""
        return f"`{cls.kind()}`"

    @property
    def given(self) -> Mapping[str, Tensor]:
        """The ports that arguments fill, with numbers in place of tensors."""
        return {}

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The names of the output ports."""
        return ("output",)

    @property
    def activity(self) -> Activity | None:
        """What the only output ends in, if it is known."""
        return None

    @property
    def ids(self) -> int | None:
        """How many numbers, from 0 on, the output may hold, if it holds the numbers of something."""
        return None

    @property
    def most_ids(self) -> int | None:
        """How many numbers, from 0 on, it can look up, if it looks numbers up."""
        return None

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

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as it is seen from inside."""
        return tensor

    def under(self, policy: str | None) -> Self:
        """The same where a model-wide dtype policy holds."""
        return self

    def check_fed(self, ports: Mapping[str, Any]) -> None:
        """Refuse what is fed, for reasons that have nothing to do with the rule.

        Raises:
            Misfit: there is such a reason.
        """

    def check_outputs(self, outputs: tuple[Tensor, ...]) -> None:
        """Refuse what comes out, for reasons that have nothing to do with the rule.

        Raises:
            Misfit: there is such a reason.
        """

    def once_made(self, variables: tuple[Variable, ...]) -> tuple[Variable, ...]:
        """The variables as they are once made.

        Raises:
            Misfit: one can't be made.
        """
        return variables


class Port(NamedTuple):
    """One place where tensors enter."""

    name: str
    many: bool
    optional: bool
    positional: bool


@cache
def ports_of(operation: type[Operation]) -> dict[str, Port]:
    """The ports of a class, by name, in the order in which edges without a port fill them."""
    found = {}
    for parameter in signature(operation.infer).parameters.values():
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


def outputs_of(operation: Operation, ports: Mapping[str, Any], call: CallArguments) -> tuple[Tensor, ...]:
    """The outputs for the tensors at the ports, one for each of `operation.outputs`.

    Raises:
        Misfit: the tensors do not fit.
    """
    operation.check_fed(ports)
    found = _applied(type(operation).infer, operation, ports, call)
    outputs: tuple[Tensor, ...] = (found,) if isinstance(found, Tensor) else found
    operation.check_outputs(outputs)
    return outputs


def variables_of(operation: Operation, ports: Mapping[str, Any], call: CallArguments) -> tuple[Variable, ...]:
    """The variables that are made at the first call with the tensors at the ports.

    Raises:
        Misfit: the tensors do not fit.
    """
    return operation.once_made(tuple(_applied(type(operation).variables, operation, ports, call)))


def mask_of(operation: Operation, mask: Any, inputs: Any, call: CallArguments) -> tuple[Tensor | None, ...]:
    """The masks of the first outputs of what hands masks on; see `Operation.compute_mask`.

    Raises:
        Misfit: the masks do not fit each other.
    """
    rule: Callable[..., Any] = type(operation).compute_mask
    found = rule(operation, mask, inputs, call=call) if wants_call(rule) else rule(operation, mask, inputs)
    return found if isinstance(found, tuple) else (found,)


def flops_of(operation: Operation, ports: Mapping[str, Any], call: CallArguments) -> int:
    """What it costs for one sample of the tensors at the ports; see `Operation.flops`.

    Raises:
        Misfit: a size is not known.
    """
    cost: int = _applied(type(operation).flops, operation, ports, call)
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


def _applied(rule: Callable[..., Any], operation: Operation, ports: Mapping[str, Any], call: CallArguments) -> Any:
    seen = {name: _cast(operation, value) for name, value in ports.items()}
    seen.update(operation.given)
    return rule(operation, **seen, call=call) if wants_call(rule) else rule(operation, **seen)


def _cast(operation: Operation, value: Tensor | Iterable[Tensor]) -> Tensor | tuple[Tensor, ...]:
    return operation.cast(value) if isinstance(value, Tensor) else tuple(operation.cast(one) for one in value)
