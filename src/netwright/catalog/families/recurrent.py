"""What the recurrent layers share: they read a sequence step by step and carry states from each step to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from netwright.arguments import choice
from netwright.catalog.families.cells import Step, Stepping, check_states
from netwright.catalog.families.masks import check_steps
from netwright.layer import TrainingCall
from netwright.operation import Activity, CallArguments, Variable
from netwright.tensors import Tensor

WHY_BATCH = "because a `stateful` layer keeps a state for each sample of the batch"
WHY_STEPS = "because `unroll` writes out each step"


class Recurrent(Stepping):
    """The arguments and the shape rule of every layer that repeats one step."""

    supports_masking: ClassVar[bool] = True
    # The profiler counts what is repeated only once.
    profiled: ClassVar[bool] = False

    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    stateful: bool = False

    Call = TrainingCall

    axes: ClassVar[str] = "batch, steps, features"

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The output, and with `return_state` the states."""
        return ("output", *self.state_names) if self.return_state else ("output",)

    @property
    def activity(self) -> Activity | None:
        """A hyperbolic tangent, which the gates only make smaller, if that is the activation."""
        known = getattr(self, "activation", None) == "tanh" and not self.return_state
        return Activity("tanh", fresh=True) if known else None

    def check_sequences(self, sequences: Tensor) -> None:
        """Refuse a tensor that can't be read step by step.

        Raises:
            Misfit: it has the wrong axes or dtype, or a size that must be known is not.
        """
        self.check_inputs(sequences.need_rank(self.axes.count(",") + 1, self.axes))
        if self.stateful:
            sequences.known(0, WHY_BATCH)

    def infer(
        self, sequences: Tensor, *, initial_state: Sequence[Tensor] = (), mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """What the last step gives, or what all of them give; then the states, if asked for."""
        self.check_sequences(sequences)
        if mask is not None:
            check_steps(mask, sequences)
        output, *states = self.after(step_of(sequences))
        if initial_state:
            self.check_initial(initial_state, states)
        if self.return_sequences:
            output = output.with_shape(*sequences.shape[:2], *output.shape[1:])
        return (output, *states) if self.return_state else (output,)

    def check_initial(self, given: Sequence[Tensor], states: Sequence[Tensor]) -> None:
        """Refuse initial states that are not like `states`.

        Raises:
            Misfit: they are not.
        """
        check_states("initial_state", given, states)

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> Tensor | None:
        """That of the steps, if all of them are returned."""
        return mask if self.return_sequences else None

    def variables(self, sequences: Tensor, **ports: Any) -> Iterator[Variable]:
        """Those of a step, which all steps share."""
        return self.step_variables(step_of(sequences))

    def flops(self, sequences: Tensor, **ports: Any) -> int:
        """Those of all steps. The profiler counts one, but all of them with `unroll`."""
        return sequences.known(1, "to count the steps") * self.step_flops(step_of(sequences))


class Unrolling(Recurrent):
    """A recurrent layer that can write its steps out."""

    unroll: bool = False

    def check_sequences(self, sequences: Tensor) -> None:
        """Refuse a tensor that can't be read step by step, or not written out.

        Raises:
            Misfit: it has the wrong axes or dtype, or a size that must be known is not.
        """
        super().check_sequences(sequences)
        if self.unroll:
            sequences.known(1, WHY_STEPS)


class Gated(Step, Unrolling):
    """A recurrent layer with gates, for which GPUs have a kernel of their own."""

    # With true Keras makes a model that can't be saved without a GPU, nor run; "auto" uses the GPU where there is one.
    use_cudnn: Annotated[str | bool, choice("auto", False)] = "auto"


def step_of(sequences: Tensor) -> Tensor:
    """The tensor at one step."""
    return sequences.with_shape(sequences.shape[0], *sequences.shape[2:])
