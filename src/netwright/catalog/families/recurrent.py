"""What the recurrent layers share: they read a sequence step by step and carry states from each step to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from netwright.arguments import PositiveInt, Seed, choice
from netwright.catalog.families.activating import activated
from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.catalog.families.masks import check_mask, check_steps
from netwright.catalog.families.values import BelowOne
from netwright.layer import Activation, CallArguments, Layer, TrainingCall, Variable
from netwright.misfits import WrongCount, WrongDtype
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.tensors import Tensor

WHY_FEATURES = "because the kernel has a row for each feature"
WHY_BATCH = "because a `stateful` layer keeps a state for each sample of the batch"
WHY_STEPS = "because `unroll` writes out each step"


class Recurrent(Layer):
    """The arguments and the shape rule of every recurrent layer with gates."""

    supports_masking: ClassVar[bool] = True

    units: PositiveInt
    activation: Activation = "tanh"
    recurrent_activation: Activation = "sigmoid"
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
    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    stateful: bool = False
    unroll: bool = False
    # With true Keras makes a model that can't be saved without a GPU, nor run; "auto" uses the GPU where there is one.
    use_cudnn: Annotated[str | bool, choice("auto", False)] = "auto"

    Call = TrainingCall

    # The names of the states, and the number of blocks of `units` columns in the kernels.
    states: ClassVar[tuple[str, ...]]
    gates: ClassVar[int]

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The output, and with `return_state` the states."""
        return ("output", *self.states) if self.return_state else ("output",)

    def infer(
        self, sequences: Tensor, *, initial_state: Sequence[Tensor] = (), mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """The last step or all of them, with `units` features; then the states, if asked for."""
        need_numbers(sequences).need_rank(3, "batch, steps, features").known(2, WHY_FEATURES)
        if self.dropout:
            need_floats(sequences)
        if self.stateful:
            sequences.known(0, WHY_BATCH)
        if self.unroll:
            sequences.known(1, WHY_STEPS)
        if mask is not None:
            check_steps(mask, sequences)
        state = Tensor((sequences.shape[0], self.units), self.compute_dtype)
        self._check_states(initial_state, state)
        self._check_activations(state)
        output = state.with_shape(*sequences.shape[:2], self.units) if self.return_sequences else state
        return (output, *[state] * (len(self.outputs(self.Call())) - 1))

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> Tensor | None:
        """That of the steps, if all of them are returned."""
        return mask if self.return_sequences else None

    def _check_states(self, given: Sequence[Tensor], state: Tensor) -> None:
        if given and len(given) != len(self.states):
            raise WrongCount("initial_state", str(len(self.states)), len(given), tuple(given))
        for one in given:
            one.need_rank(2, "batch, units").known(1, "because it must be `units`")
            check_mask(one, state, (0, 1), spread=False)

    def _check_activations(self, state: Tensor) -> None:
        for name in ("activation", "recurrent_activation"):
            if activated(getattr(self, name), state).dtype != self.compute_dtype:
                raise WrongDtype(state, f"an activation that computes in {self.compute_dtype}", name)

    def variables(self, sequences: Tensor, **ports: Any) -> Iterator[Variable]:
        """A kernel for the features, one for the state, and a bias."""
        width = self.gates * self.units
        yield Variable("kernel", (sequences.known(2, WHY_FEATURES), width))
        yield Variable("recurrent_kernel", (self.units, width))
        if self.use_bias:
            yield Variable("bias", self.bias_shape(width))

    def bias_shape(self, width: int) -> tuple[int, ...]:
        """The shape of the bias, for kernels of `width` columns."""
        return (width,)
