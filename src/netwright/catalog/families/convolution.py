"""What the convolutions share: the arguments, the output, and the cost of laying a kernel on all places."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Self

from pydantic import model_validator

from netwright.arguments import DataFormat, Padding, PositiveInt, conflict
from netwright.catalog.families.activating import activated_alike, activation_flops, learned_activity
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.windows import Windows, need_layout
from netwright.layer import Activation, Layer
from netwright.misfits import WrongDtype, WrongSize
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.operation import Activity, Variable
from netwright.tensors import FLOATS, Tensor

WHY_CHANNELS = "because the kernel has a slice for each channel"
SHORT_FLOATS = FLOATS - {"float64"}


def strides_or_dilation(strides: tuple[int, ...], dilation_rate: tuple[int, ...]) -> None:
    """Refuse what TensorFlow can't do with one kernel at once.

    Raises:
        PydanticCustomError: both are above 1 somewhere.
    """
    if max(strides, default=1) > 1 and max(dilation_rate, default=1) > 1:
        raise conflict("dilation_rate", "only one of `strides` and `dilation_rate` can be above 1")


def check_layout(inputs: Tensor, dtype: str, windows: Windows) -> None:
    """Refuse dtypes for which TensorFlow has no convolution with the channels first, without a GPU.

    Raises:
        WrongDtype: `dtype` is one of them, over one or two axes; over three, Keras compiles, which can do more.
    """
    if len(windows.sizes) < 3 and windows.data_format == "channels_first" and dtype not in SHORT_FLOATS:
        raise WrongDtype(inputs, f"no {dtype} with `channels_first`", "data_format")


class Convolution(Layer):
    """The arguments that every convolution has. The kernel says how many spatial axes there are."""

    kernel_size: tuple[int, ...]
    strides: tuple[int, ...]
    padding: Padding = "valid"
    dilation_rate: tuple[int, ...]
    data_format: DataFormat = None
    activation: Activation = None
    use_bias: bool = True
    bias_initializer: OptionalInitializer = "zeros"
    bias_regularizer: Regularizer = None
    bias_constraint: Constraint = None

    @property
    def windows(self) -> Windows:
        """The kernel, as it slides."""
        return Windows(
            self.kernel_size, self.strides, self.padding, self.data_format, "kernel_size", self.dilation_rate
        )

    @property
    def spatial(self) -> tuple[int, ...]:
        """The positions of the spatial axes."""
        return self.windows.spatial

    @property
    def channel(self) -> int:
        """The position of the channel axis."""
        return self.windows.channel

    def channels_in(self, inputs: Tensor) -> int:
        """The number of input channels.

        Raises:
            WrongRank: the input has not one axis for each entry of `kernel_size`, a batch and a channel axis.
            WrongDtype: the input does not hold floats.
            UnknownSize: the number of channels is not known.
        """
        need_floats(need_layout(inputs, self.data_format, len(self.kernel_size)))
        return inputs.known(self.channel, WHY_CHANNELS)

    def slid(self, inputs: Tensor, channels: int) -> Tensor:
        """The output where a kernel that makes `channels` channels slides over the input.

        Raises:
            NothingLeft: the kernel is longer than an axis.
        """
        return self.finished(self.windows.slid(inputs).with_size(self.channel, channels))

    def check_double(self, inputs: Tensor) -> None:
        """Refuse float64 where TensorFlow has no convolution for it without a GPU.

        Raises:
            WrongDtype: the layer computes in it, with the channels first.
        """
        check_layout(inputs, self.compute_dtype, self.windows)

    def finished(self, outputs: Tensor) -> Tensor:
        """The output after the activation.

        Raises:
            Misfit: the activation is a layer that can't take it, or gives another dtype.
        """
        return activated_alike(self.activation, outputs.with_dtype(self.compute_dtype))

    @property
    def activity(self) -> Activity | None:
        """The activation."""
        return learned_activity(self)

    def kernel_places(self, inputs: Tensor, outputs: Tensor) -> int:
        """On how many places of one sample the kernel is laid.

        Raises:
            UnknownSize: a size is not known.
        """
        return self.windows.places(inputs, outputs)

    def finishing_flops(self, outputs: Tensor) -> int:
        """The cost of the bias and the activation."""
        return self.use_bias * outputs.each_sample() + activation_flops(self.activation, outputs)


class FilterConvolution(Convolution):
    """The arguments of a convolution with one kernel, in which each filter sees many channels."""

    filters: PositiveInt
    kernel_initializer: OptionalInitializer = "glorot_uniform"
    kernel_regularizer: Regularizer = None
    kernel_constraint: Constraint = None

    @model_validator(mode="after")
    def _strides_or_dilation(self) -> Self:
        strides_or_dilation(self.strides, self.dilation_rate)
        return self


class GroupedConvolution(FilterConvolution):
    """A convolution whose filters may be split into groups that see different channels."""

    groups: PositiveInt = 1

    @model_validator(mode="after")
    def _groups_divide_filters(self) -> Self:
        if self.filters % self.groups:
            raise conflict("groups", f"`filters`, {self.filters}, can't be split into {self.groups} groups")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """One output channel for each filter; each spatial axis as the window leaves it."""
        if self.channels_in(inputs) % self.groups:
            raise WrongSize(inputs, self.channel, f"divisible by the {self.groups} `groups`", "groups")
        # Of groups and of volumes Keras makes one compiled operation, which can do more.
        if self.groups == 1:
            self.check_double(inputs)
        return self.slid(inputs, self.filters)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel and a bias."""
        yield Variable("kernel", (*self.kernel_size, self.channels_in(inputs) // self.groups, self.filters))
        if self.use_bias:
            yield Variable("bias", (self.filters,))

    def flops(self, inputs: Tensor) -> int:
        """A product and a sum for each entry of the kernel on each place, the bias, and the activation.

        The profiler does not look into what Keras compiles: groups, and volumes with `channels_first`.
        """
        outputs = self.infer(inputs)
        kernel = prod(self.kernel_size) * (self.channels_in(inputs) // self.groups) * self.filters
        return 2 * kernel * self.kernel_places(inputs, outputs) + self.finishing_flops(outputs)
