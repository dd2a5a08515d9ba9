"""What the convolutions share."""

from __future__ import annotations

from netwright.arguments import DataFormat, Padding, PositiveInt, conflict
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.windows import layout, need_layout, slide
from netwright.layer import Activation, Layer
from netwright.misfits import WrongSize
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.tensors import Dim, Tensor

WHY_CHANNELS = "because the kernel has a slice for each channel"


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


class KernelConvolution(Convolution):
    """A convolution with one layer."""

    filters: PositiveInt
    kernel_initializer: OptionalInitializer = "glorot_uniform"
    kernel_regularizer: Regularizer = None
    kernel_constraint: Constraint = None


class DepthwiseConvolution(Convolution):
    """A convolution with a kernel of its own for each channel."""

    depth_multiplier: PositiveInt = 1
    depthwise_initializer: OptionalInitializer = "glorot_uniform"
    depthwise_regularizer: Regularizer = None
    depthwise_constraint: Constraint = None


def channels_in(layer: Convolution, inputs: Tensor) -> int:
    """The number of input channels.

    Raises:
        WrongRank: the input has not one axis for each entry of `kernel_size`, a batch and a channel axis.
        WrongDtype: the input does not hold floats.
        UnknownSize: the number of channels is not known.
    """
    axes = len(layer.kernel_size)
    need_floats(need_layout(inputs, layer.data_format, axes))
    return inputs.known(layout(layer.data_format, axes)[1], WHY_CHANNELS)


def convolved(layer: Convolution, inputs: Tensor, channels: int) -> Tensor:
    """The output of a convolution that makes `channels` channels.

    Raises:
        NothingLeft: the kernel is longer than an axis.
    """
    spatial, channel = layout(layer.data_format, len(layer.kernel_size))
    shape: list[Dim] = list(inputs.shape)
    for axis, window, stride, dilation in zip(
        spatial, layer.kernel_size, layer.strides, layer.dilation_rate, strict=True
    ):
        shape[axis] = slide(inputs, axis, window, stride, layer.padding, dilation, "kernel_size")
    shape[channel] = channels
    return inputs.with_shape(*shape)


def check_groups(layer: Convolution, groups: int, inputs: Tensor) -> None:
    """Refuse groups that do not divide the channels that come in.

    Raises:
        WrongSize: they do not.
    """
    if channels_in(layer, inputs) % groups:
        channel = layout(layer.data_format, len(layer.kernel_size))[1]
        raise WrongSize(inputs, channel, f"divisible by the {groups} `groups`", "groups")


def group_conflicts(groups: int, filters: int) -> None:
    """Refuse groups that do not divide the filters.

    Raises:
        PydanticCustomError: they do not.
    """
    if filters % groups:
        raise conflict("groups", f"`filters`, {filters}, can't be split into {groups} groups")


def stride_conflicts(strides: tuple[int, ...], dilation_rate: tuple[int, ...]) -> None:
    """Refuse strides together with dilation, which Keras can't do.

    Raises:
        PydanticCustomError: both are larger than 1.
    """
    if max(strides) > 1 and max(dilation_rate) > 1:
        raise conflict("dilation_rate", "only one of `strides` and `dilation_rate` can be above 1")
