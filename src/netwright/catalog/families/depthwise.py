"""What the convolutions share that have kernels of their own for each channel."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from netwright.arguments import PositiveInt
from netwright.catalog.families.convolution import Convolution
from netwright.catalog.families.windows import Windows
from netwright.misfits import WrongDtype
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.operation import Variable
from netwright.tensors import Tensor

# What Keras computes to find the padding by itself, once for any input.
PADDING_WORK = 16


def check_strides(inputs: Tensor, dtype: str, windows: Windows) -> None:
    """Refuse what TensorFlow does with shorter floats only.

    Raises:
        WrongDtype: the strides differ, and there is no dilation, for which Keras goes another way.
    """
    if dtype == "float64" and max(windows.dilation) == 1 and min(windows.strides) != max(windows.strides):
        raise WrongDtype(inputs, "no float64 with `strides` that differ", "strides")


def channelwise_flops(windows: Windows, kernels: int, inputs: Tensor, outputs: Tensor) -> int:
    """The cost of kernels of their own for each channel, with together `kernels` entries."""
    padded = windows.padding == "same" and max(windows.strides) > 1 and max(windows.dilation) > 1
    return 2 * kernels * windows.places(inputs, outputs) + PADDING_WORK * padded


class ChannelwiseConvolution(Convolution):
    """The arguments of a convolution with kernels of their own for each channel."""

    depth_multiplier: PositiveInt = 1
    depthwise_initializer: OptionalInitializer = "glorot_uniform"
    depthwise_regularizer: Regularizer = None
    depthwise_constraint: Constraint = None

    def check_double(self, inputs: Tensor) -> None:
        """Refuse what TensorFlow does with shorter floats only.

        Raises:
            WrongDtype: the strides differ, and there is no dilation, for which Keras goes another way.
        """
        check_strides(inputs, self.compute_dtype, self.windows)

    def channelwise_flops(self, inputs: Tensor, outputs: Tensor) -> int:
        """The cost of the kernels of the spatial axes."""
        kernels = prod(self.kernel_size) * self.channels_in(inputs) * self.depth_multiplier
        return channelwise_flops(self.windows, kernels, inputs, outputs)


class DepthwiseConvolution(ChannelwiseConvolution):
    """A convolution that never mixes channels."""

    def infer(self, inputs: Tensor) -> Tensor:
        """`depth_multiplier` channels for each of the input; each spatial axis as the window leaves it."""
        channels = self.channels_in(inputs) * self.depth_multiplier
        self.check_double(inputs)
        return self.slid(inputs, channels)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel and a bias."""
        channels = self.channels_in(inputs)
        yield Variable("kernel", (*self.kernel_size, channels, self.depth_multiplier))
        if self.use_bias:
            yield Variable("bias", (channels * self.depth_multiplier,))

    def flops(self, inputs: Tensor) -> int:
        """A product and a sum for each entry of the kernels on each place, the bias, and the activation."""
        outputs = self.infer(inputs)
        return self.channelwise_flops(inputs, outputs) + self.finishing_flops(outputs)


class SeparableConvolution(ChannelwiseConvolution):
    """A convolution that first stays within each channel, and then mixes the channels of each point."""

    filters: PositiveInt
    pointwise_initializer: OptionalInitializer = "glorot_uniform"
    pointwise_regularizer: Regularizer = None
    pointwise_constraint: Constraint = None

    def infer(self, inputs: Tensor) -> Tensor:
        """One output channel for each filter; each spatial axis as the window leaves it."""
        self.channels_in(inputs)
        self.check_double(inputs)
        return self.slid(inputs, self.filters)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel for the spatial axes, one for the channels, and a bias."""
        channels, ones = self.channels_in(inputs), (1,) * len(self.kernel_size)
        yield Variable("depthwise_kernel", (*self.kernel_size, channels, self.depth_multiplier))
        yield Variable("pointwise_kernel", (*ones, channels * self.depth_multiplier, self.filters))
        if self.use_bias:
            yield Variable("bias", (self.filters,))

    def flops(self, inputs: Tensor) -> int:
        """What `DepthwiseConv` costs, and a product and a sum for each channel and filter at each point."""
        outputs = self.infer(inputs)
        mixing = 2 * self.channels_in(inputs) * self.depth_multiplier * outputs.each_sample()
        return self.channelwise_flops(inputs, outputs) + mixing + self.finishing_flops(outputs)
