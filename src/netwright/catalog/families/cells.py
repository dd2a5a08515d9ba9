"""One step of a recurrent layer: from features and states to an output and new states. A cell is one step alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import PositiveInt, Seed, conflict
from netwright.catalog.families.activating import activated, activation_flops
from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.catalog.families.values import BelowOne
from netwright.layer import Activation, Layer, TrainingCall
from netwright.misfits import WrongCount, WrongDtype, WrongSize
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.operation import CallArguments, Variable, inside, ports_of, variables_of
from netwright.tensors import Tensor, differ

WHY_FEATURES = "because the kernel has a row for each feature"
WHY_COUNT = "to count the products"


class Stepping(Layer):
    """What goes from step to step, and what one step does. A layer that holds such a layer needs to know no more."""

    @property
    def state_names(self) -> tuple[str, ...]:
        """The names of the states."""
        raise NotImplementedError

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """How many units or channels each state has."""
        raise NotImplementedError

    @property
    def output_size(self) -> int:
        """How many units or channels the output has."""
        raise NotImplementedError

    @property
    def penalized(self) -> bool:
        """Whether each step adds to the loss."""
        return self.activity_regularizer is not None

    @property
    def drops_in(self) -> frozenset[str]:
        """The dtypes in which inputs are multiplied by what `dropout` leaves of them."""
        return frozenset()

    def check_inputs(self, inputs: Tensor) -> None:
        """Refuse a tensor of which the last axes can't be what a step reads.

        Raises:
            Misfit: they have the wrong dtype, or a size that must be known is not.
        """
        raise NotImplementedError

    def after(self, step: Tensor) -> tuple[Tensor, ...]:
        """The output and the states after one step.

        Raises:
            Misfit: the step does not fit, or dtypes do not go together.
        """
        raise NotImplementedError

    def step_variables(self, step: Tensor) -> Iterator[Variable]:
        """The variables that each step uses."""
        raise NotImplementedError

    def step_flops(self, step: Tensor) -> int:
        """What one step costs for one sample."""
        raise NotImplementedError


class Kernels(Stepping):
    """The arguments of every step, whatever its kernels are: one for the input, one for the state, and a bias."""

    activation: Activation = "tanh"
    use_bias: bool = True
    kernel_initializer: OptionalInitializer = "glorot_uniform"
    recurrent_initializer: OptionalInitializer = "orthogonal"
    bias_initializer: OptionalInitializer = "zeros"
    kernel_regularizer: Regularizer = None
    recurrent_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    recurrent_constraint: Constraint = None
    bias_constraint: Constraint = None
    # Keras cuts off what is below 0 or above 1, and at 1 drops nothing at all.
    dropout: BelowOne = 0.0
    recurrent_dropout: BelowOne = 0.0
    seed: Seed | None = None

    Call = TrainingCall

    # The names of the states, and the arguments that hold activations.
    states: ClassVar[tuple[str, ...]] = ("state_h",)
    activations: ClassVar[tuple[str, ...]] = ("activation",)

    @property
    def state_names(self) -> tuple[str, ...]:
        """The names of the states."""
        return self.states

    @property
    def drops_in(self) -> frozenset[str]:
        """Its own dtype, if it drops some."""
        return frozenset({self.compute_dtype} if self.dropout else ())

    def check_activations(self, state: Tensor) -> None:
        """Refuse an activation that gives another dtype than the one that everything else is computed in.

        Raises:
            WrongDtype: it does; Keras can't multiply the two, or not carry the state to the next step.
        """
        for name in self.activations:
            if activated(getattr(self, name), state).dtype != state.dtype:
                raise WrongDtype(state, f"an activation that computes in {state.dtype}", name)


class ForgettingKernels(Kernels):
    """Those of a long short-term memory."""

    recurrent_activation: Activation = "sigmoid"
    unit_forget_bias: bool = True

    states = ("state_h", "state_c")
    activations = ("activation", "recurrent_activation")

    @model_validator(mode="after")
    def _bias_starts(self) -> Self:
        if self.use_bias and self.unit_forget_bias and self.bias_initializer is None:
            raise conflict("bias_initializer", "with `unit_forget_bias`, Keras needs one for the rest of the bias")
        return self

    def gate_flops(self, state: Tensor) -> int:
        """What the four gates cost once the products are there."""
        gates = 3 * activation_flops(self.recurrent_activation, state) + 2 * activation_flops(self.activation, state)
        return (8 + 4 * self.use_bias) * state.each_sample() + gates


class Step(Kernels):
    """A step whose kernels are matrices."""

    units: PositiveInt

    # The number of blocks of `units` columns in the kernels.
    gates: ClassVar[int] = 1

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """One size for all states."""
        return (self.units,) * len(self.states)

    @property
    def output_size(self) -> int:
        """That of a state."""
        return self.units

    def check_inputs(self, inputs: Tensor) -> None:
        """Refuse features of which the kernel can't have a row each, or with which Keras can't compute."""
        need_numbers(inputs).known(-1, WHY_FEATURES)
        if self.dropout:
            need_floats(inputs)

    def after(self, step: Tensor) -> tuple[Tensor, ...]:
        """All of the same shape."""
        state = Tensor((step.shape[0], self.units), self.compute_dtype)
        self.check_activations(state)
        return (state,) * (1 + len(self.states))

    def step_variables(self, step: Tensor) -> Iterator[Variable]:
        """A kernel for the features, one for the state, and a bias."""
        width = self.gates * self.units
        yield Variable("kernel", (step.known(-1, WHY_FEATURES), width))
        yield Variable("recurrent_kernel", (self.units, width))
        if self.use_bias:
            yield Variable("bias", self.bias_shape(width))

    def bias_shape(self, width: int) -> tuple[int, ...]:
        """The shape of the bias, for kernels of `width` columns."""
        return (width,)

    def step_flops(self, step: Tensor) -> int:
        """The products, and what becomes of them."""
        products = 2 * (step.known(-1, WHY_COUNT) + self.units) * self.gates * self.units
        return products + self.gate_flops(Tensor((step.shape[0], self.units), self.compute_dtype))

    def gate_flops(self, state: Tensor) -> int:
        """What the step costs once the products are there."""
        raise NotImplementedError


class SimpleStep(Step):
    """The sum of both products, the bias, and the activation."""

    def gate_flops(self, state: Tensor) -> int:
        """The sum, the bias, and the activation."""
        return (1 + self.use_bias) * self.units + activation_flops(self.activation, state)


class LSTMStep(ForgettingKernels, Step):
    """A step of a long short-term memory."""

    gates = 4


class GRUStep(Step):
    """A step of gated recurrent units."""

    recurrent_activation: Activation = "sigmoid"
    reset_after: bool = True

    gates = 3
    activations = ("activation", "recurrent_activation")

    def bias_shape(self, width: int) -> tuple[int, ...]:
        """One bias for both kernels, or with `reset_after` one for each."""
        return (2, width) if self.reset_after else (width,)

    def gate_flops(self, state: Tensor) -> int:
        """Three sums, the biases, the reset, the mixture of old and new, and the activations."""
        biases = self.gates * self.use_bias * (1 + self.reset_after)
        gates = 2 * activation_flops(self.recurrent_activation, state) + activation_flops(self.activation, state)
        return (8 + biases) * self.units + gates


class Cell(Stepping):
    """A step alone, for an `RNN` to repeat."""

    nested_only = "a cell is one step only: make it the `cell` of an `RNN`, which reads sequences with it"

    Call = TrainingCall

    @property
    def takes_states(self) -> bool:
        """Whether an `RNN` with this cell can be fed initial states."""
        return True

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The output, and the states."""
        return ("output", *self.state_names)

    def infer(self, inputs: Tensor, states: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The output and the states after one step."""
        self.check_inputs(inputs.need_rank(2, "batch, features"))
        output, *after = self.after(inputs)
        check_states("states", states, after)
        return (output, *after)

    def variables(self, inputs: Tensor, states: Any = ()) -> Iterator[Variable]:
        """Those of one step."""
        return self.step_variables(inputs)

    def flops(self, inputs: Tensor, states: Any = ()) -> int:
        """Those of one step."""
        return self.step_flops(inputs)


class GatedCell(Cell):
    """A cell whose gates meet the last state entry by entry, where Keras casts nothing."""

    def infer(self, inputs: Tensor, states: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The output and the states after one step."""
        found = super().infer(inputs, states)
        need_floats(states[-1])
        return found


def cell_variables(place: str, cell: Cell, step: Tensor) -> Iterator[Variable]:
    """The variables of a cell that an argument holds, `place`.

    Raises:
        Misfit: the cell can't make them.
    """
    port = next(iter(ports_of(type(cell))))
    with inside(place):
        made = variables_of(cell, {port: step, "states": ()}, cell.Call())
    yield from (one._replace(name=f"{place}/{one.name}") for one in made)


def check_states(port: str, given: Sequence[Tensor], states: Sequence[Tensor]) -> None:
    """Refuse states that are not like those that a layer carries.

    Raises:
        WrongCount: there are more or fewer.
        Misfit: one has other axes, or holds strings.
    """
    if len(given) != len(states):
        raise WrongCount(port, str(len(states)), len(given), tuple(given), states[0] if states else None)
    for one, state in zip(given, states, strict=True):
        need_numbers(one.need_rank(state.rank, "batch, units" if state.rank == 2 else "as the output of one step"))
        for axis, size in enumerate(state.shape):
            if differ(one.shape[axis], size):
                raise WrongSize(one, axis, f"{size}, as in the state that it starts")
