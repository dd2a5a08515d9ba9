"""A long short-term memory whose products are convolutions."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.cells import ForgettingKernels
from netwright.catalog.families.convolution import WHY_CHANNELS, FilterConvolution
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.recurrent import Recurrent
from netwright.misfits import NothingLeft
from netwright.operation import Variable
from netwright.tensors import Tensor

WHY_SPATIAL = "because Keras makes states of that size"


class ConvLSTM(ForgettingKernels, Recurrent, FilterConvolution):
    """The arguments and the rule for any number of spatial axes."""

    @model_validator(mode="after")
    def _is_trained(self) -> Self:
        if not self.trainable:
            raise conflict("trainable", f"Keras trains a `{type(self).__name__}` all the same")
        return self

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """One size for both states."""
        return (self.filters, self.filters)

    @property
    def output_size(self) -> int:
        """That of a state."""
        return self.filters

    def check_inputs(self, inputs: Tensor) -> None:
        """Refuse images of unknown size, or with anything but floats."""
        self.check_double(inputs)
        need_floats(inputs).known(self.channel + 1, WHY_CHANNELS)
        for axis in self.spatial:
            inputs.known(axis + 1, WHY_SPATIAL)

    def after(self, step: Tensor) -> tuple[Tensor, ...]:
        """One output channel for each filter; each spatial axis as the window leaves it."""
        try:
            state = self.slid(step, self.filters)
        except NothingLeft as misfit:
            misfit.each_step = True
            raise
        self.check_activations(state)
        return (state, state, state)

    def step_variables(self, step: Tensor) -> Iterator[Variable]:
        """A kernel for the input, one for the state, and a bias."""
        width = 4 * self.filters
        yield Variable("kernel", (*self.kernel_size, step.known(self.channel, WHY_CHANNELS), width))
        yield Variable("recurrent_kernel", (*self.kernel_size, self.filters, width))
        if self.use_bias:
            yield Variable("bias", (width,))

    def step_flops(self, step: Tensor) -> int:
        """A product and a sum for each entry of both kernels on each place, and what becomes of them."""
        state = self.after(step)[0]
        channels = step.known(self.channel, WHY_CHANNELS) * self.kernel_places(step, state)
        # The kernel of the state stays in place, whatever `strides` and `padding` are.
        channels += self.filters * prod(state.known(axis, WHY_SPATIAL) for axis in self.spatial)
        return 2 * prod(self.kernel_size) * 4 * self.filters * channels + self.gate_flops(state)
