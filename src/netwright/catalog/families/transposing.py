"""What the transposed convolutions share."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.convolution import FilterConvolution
from netwright.catalog.families.windows import spread
from netwright.misfits import WrongDtype
from netwright.operation import Variable
from netwright.tensors import Dim, Tensor


class TransposedConvolution(FilterConvolution):
    """A convolution that undoes the change of size of another.

    Arguments:
        output_padding: steps added at the end of each spatial axis, fewer than its `strides`; this chooses
            one of the sizes that the convolution with the same arguments would bring to the input's; null chooses
            `strides` times the input's size, and with padding `valid` as much more as the kernel overlaps
    """

    output_padding: tuple[int, ...] | None = None

    @model_validator(mode="after")
    def _output_padding_fits(self) -> Self:
        for i, extra in enumerate(self.output_padding or ()):
            if extra >= self.strides[i]:
                raise conflict("output_padding", "`output_padding` must be less than `strides` on each axis")
            # Keras makes the layer, but no convolution brings its output's size to the input's.
            even = self.dilation_rate[i] * (self.kernel_size[i] - 1) % 2
            if self.padding == "same" and even and extra == 0:
                raise conflict("output_padding", "with padding `same` and an even kernel it must be at least 1")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """One output channel for each filter; each spatial axis longer, as if the window had shortened it."""
        self.channels_in(inputs)
        self._check_double(inputs)
        shape: list[Dim] = list(inputs.shape)
        for i, axis in enumerate(self.spatial):
            extra = None if self.output_padding is None else self.output_padding[i]
            window = (self.kernel_size[i], self.strides[i], self.padding, self.dilation_rate[i])
            shape[axis] = spread(shape[axis], *window, extra)
        shape[self.channel] = self.filters
        return self.finished(inputs.with_shape(*shape))

    def _check_double(self, inputs: Tensor) -> None:
        """Refuse what TensorFlow does on every device with shorter floats only."""
        if self.compute_dtype != "float64":
            return
        if self.data_format == "channels_first":
            raise WrongDtype(inputs, "no float64 with `channels_first`", "data_format")
        if max(self.dilation_rate) > 1:
            raise WrongDtype(inputs, "no float64 with `dilation_rate` above 1", "dilation_rate")

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel, with its last two axes the other way round than in other convolutions, and a bias."""
        yield Variable("kernel", (*self.kernel_size, self.filters, self.channels_in(inputs)))
        if self.use_bias:
            yield Variable("bias", (self.filters,))

    def flops(self, inputs: Tensor) -> int:
        """A product and a sum for each entry of the kernel on as many places as fill the output by `strides`.

        The profiler knows `channels_last` only.
        """
        outputs = self.infer(inputs)
        reached = prod(self.kernel_size) * self.channels_in(inputs) * outputs.each_sample()
        return 2 * reached // prod(self.strides) + self.finishing_flops(outputs)
