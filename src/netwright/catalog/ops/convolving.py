"""Kernels, which are tensors too, that slide over the spatial axes of others."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Self

from pydantic import model_validator

from netwright.arguments import DataFormat, Padding, PositiveInt
from netwright.catalog.families.axes import as_tuple
from netwright.catalog.families.convolution import WHY_CHANNELS, check_layout, strides_or_dilation
from netwright.catalog.families.depthwise import channelwise_flops
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.windows import WHY_PLACES, SizesAny, Windows, on_each
from netwright.misfits import (
    NothingLeft,
    RanksDiffer,
    SizesDiffer,
    UnknownSize,
    WrongDtype,
    WrongLength,
    WrongRank,
    WrongSize,
)
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import FLOATS, Tensor, differ

AXES = "batch, channels and {} spatial axes"
WHY_KERNEL = "because it is how long the window is"


class Convolving(Op):
    """A kernel that slides over the spatial axes; it has these first, then the channels that it sees and makes."""

    strides: SizesAny = 1
    padding: Padding = "valid"
    data_format: DataFormat = None
    dilation_rate: SizesAny = 1

    def windows(self, inputs: Tensor, kernel: Tensor, most: int) -> Windows:
        """The kernel, as it slides over at most `most` axes.

        Raises:
            WrongRank: the input has the wrong number of axes.
            RanksDiffer: the kernel has another number of axes than the input.
            WrongLength: an argument has not one entry for each spatial axis.
            UnknownSize: the size of a spatial axis of the kernel is not known, and matters.
            SizesDiffer: the kernel sees another number of channels than there are.
        """
        if not 3 <= inputs.rank <= most + 2:
            raise WrongRank(inputs, f"3 to {most + 2}", AXES.format(f"1 to {most}"))
        if kernel.rank != inputs.rank:
            raise RanksDiffer(inputs, kernel)
        strides, dilation = (
            on_each(self.strides, inputs, "strides"),
            on_each(self.dilation_rate, inputs, "dilation_rate"),
        )
        # Padding to the same size makes the window of any size, as long as it has no gaps.
        matters = self.padding == "valid" or max(dilation) > 1
        sizes = tuple(
            kernel.known(axis, WHY_KERNEL) if matters or isinstance(size, int) else 1
            for axis, size in enumerate(kernel.shape[:-2])
        )
        windows = Windows(sizes, strides, self.padding, self.data_format, None, dilation)
        if differ(inputs.shape[windows.channel], kernel.shape[-2]):
            raise SizesDiffer(inputs, kernel, (windows.channel, kernel.rank - 2))
        return windows


class Conv(Convolving):
    """Slide a kernel over one, two or three spatial axes; each of its last entries is a filter that sees all channels.

    The kernel has the spatial axes first, then one for the channels of the input and one for those of the output.
    """

    @model_validator(mode="after")
    def _strides_or_dilation(self) -> Self:
        strides_or_dilation(as_tuple(self.strides), as_tuple(self.dilation_rate))
        return self

    def infer(self, inputs: Tensor, kernel: Tensor) -> Tensor:
        """One output channel for each filter; each spatial axis as the window leaves it."""
        windows = self.windows(inputs, kernel, 3)
        check_alike(inputs, [kernel])
        if inputs.dtype not in FLOATS and (inputs.dtype != "int32" or inputs.rank == 5):
            raise WrongDtype(inputs, "floats" if inputs.rank == 5 else "floats, or int32")
        check_layout(inputs, inputs.dtype, windows)
        return windows.slid(inputs).with_size(windows.channel, kernel.last)

    def flops(self, inputs: Tensor, kernel: Tensor) -> int:
        """A product and a sum for each entry of the kernel on each place.

        The profiler does not look into what Keras compiles: volumes with `channels_first`.
        """
        return 2 * entries(kernel) * self.windows(inputs, kernel, 3).places(inputs, self.infer(inputs, kernel))

    cases = (
        case("N 28 28 4", "3 3 4 8", to="N 26 26 8"),
        case("N 28 28 4", "1 3 4 8", strides=2, to="N 14 13 8"),
        case("N 28 27 4", "1 2 4 8", padding="same", strides=[1, 2], to="N 28 14 8"),
        case("N 9 9 4", "1 3 4 8", dilation_rate=[1, 4], to="N 9 1 8"),
        case("N h ? 4", "3 1 4 8", padding="same", to="N h ? 8"),
        case("N 28 4", "N 4 c", padding="same", to="N 28 c"),
        case("N 4 8 9", "3 3 4 2", data_format="channels_first", to="N 2 6 7"),
        case("N 8 4", "1 4 2", to="N 8 2"),
        case("N 8 9 10 4", "3 2 1 4 6", to="N 6 8 10 6"),
        # A batch of its own size keeps a row from the profiler, which does not look into what is compiled.
        case("2 4 5 6 7:float64", "2 2 2 4 6:float64", data_format="channels_first", to="2 6 4 5 6:float64"),
        case("N 8 4:int32", "3 4 2:int32", to="N 6 2:int32"),
        case("N 28 28 ?", "3 3 ? 8", to="N 26 26 8"),
        case("N 28 4", "3 3 4 8", fails=RanksDiffer),
        case("N 4", "4 8", fails=WrongRank, late=True),
        case("N 8 8 8 8 4", "3 3 3 3 4 8", fails=WrongRank, late=True),
        case("N 28 28 4", "3 3 3 8", fails=SizesDiffer),
        case("N 28 28 4", "N 3 4 8", fails=UnknownSize),
        case("N 2 28 4", "3 3 4 8", fails=NothingLeft),
        case("N 28 28 4", "3 3 4 8", strides=[1, 2, 3], fails=WrongLength),
        case("N 28 28 4", "3 3 4 8", dilation_rate=[2, 1, 1], fails=WrongLength),
        case("N 8 8 4:uint8", "3 3 4 8:uint8", fails=WrongDtype, late=True),
        case("N 8 8 4", "3 3 4 8:float16", fails=WrongDtype, late=True),
        case("N 8 8 8 4:int32", "3 3 3 4 8:int32", fails=WrongDtype, late=True),
        case("N 4 8 9:float64", "3 3 4 2:float64", data_format="channels_first", fails=WrongDtype, late=True),
    )


class Channelwise(Convolving):
    """Kernels of their own for each channel.

    Arguments:
        strides: how far the window moves at a time, on each spatial axis alike
    """

    # Keras loads several as a list, and then fails, because they are no tuple.
    strides: PositiveInt = 1


class DepthwiseConv(Channelwise):
    """Slide kernels over one or two spatial axes, each over one channel only.

    The tensor of the kernels has the spatial axes first, then one for the channels and one for the kernels of each.
    """

    def infer(self, inputs: Tensor, kernel: Tensor) -> Tensor:
        """The channels times the kernels for each; each spatial axis as the window leaves it."""
        windows = self.windows(inputs, kernel, 2)
        check_alike(need_floats(inputs), [kernel])
        return windows.slid(inputs).with_size(windows.channel, channels_of(kernel))

    def flops(self, inputs: Tensor, kernel: Tensor) -> int:
        """A product and a sum for each entry of the kernels on each place."""
        outputs = self.infer(inputs, kernel)
        return channelwise_flops(self.windows(inputs, kernel, 2), entries(kernel), inputs, outputs)

    cases = (
        case("N 28 28 3", "3 3 3 2", to="N 26 26 6"),
        case("N 28 28 3", "1 5 3 2", to="N 28 24 6"),
        case("N 28 28 3", "1 3 3 1", strides=2, padding="same", to="N 14 14 3"),
        case("N 28 28 3", "1 3 3 1", strides=2, dilation_rate=[2, 3], padding="same", to="N 14 14 3"),
        case("N h ? 3", "3 3 3 1", padding="same", to="N h ? 3"),
        case("N 28 c", "N 3 2", padding="same", to="N 28 6"),
        case("N 3 8 9", "3 3 3 2", data_format="channels_first", to="N 6 6 7"),
        case("N 8 4:float16", "3 4 2:float16", dilation_rate=[2], to="N 4 8:float16"),
        case("N 28 3", "3 3 3 1", fails=RanksDiffer),
        case("N 8 8 8 3", "3 3 3 3 1", fails=WrongRank, late=True),
        case("N 28 28 3", "3 3 4 1", fails=SizesDiffer),
        case("N 28 28 3", "3 3 3 ?", fails=UnknownSize),
        case("N 28 2 3", "3 3 3 1", fails=NothingLeft),
        case("N 28 28 3", "3 3 3 1", dilation_rate=[1, 2, 3], fails=WrongLength),
        case("N 8 8 3:int32", "3 3 3 1:int32", fails=WrongDtype, late=True),
        case("N 8 8 3", "3 3 3 1:float64", fails=WrongDtype, late=True),
    )


class SeparableConv(Channelwise):
    """Slide kernels over each channel on its own, as `depthwise_conv` does, then mix the channels of each point.

    The kernel of the points has a 1 for each spatial axis, then the channels that it gets and those that it makes.
    """

    def infer(self, inputs: Tensor, depthwise_kernel: Tensor, pointwise_kernel: Tensor) -> Tensor:
        """The channels that the second kernel makes; each spatial axis as the window leaves it."""
        windows = self.windows(inputs, depthwise_kernel, 2)
        check_alike(need_floats(inputs), [depthwise_kernel, pointwise_kernel])
        if pointwise_kernel.rank != inputs.rank:
            raise RanksDiffer(inputs, pointwise_kernel)
        channels = channels_of(depthwise_kernel)
        needs = [*[(axis, 1, "1") for axis in range(inputs.rank - 2)]]
        needs.append((inputs.rank - 2, channels, f"{channels}, as many as the kernels before it make"))
        for axis, need, words in needs:
            if differ(pointwise_kernel.shape[axis], need):
                raise WrongSize(pointwise_kernel, axis, words)
            if need == 1:
                # What is longer would slide as well, and Keras says that it does not.
                pointwise_kernel.known(axis, "because only a 1 leaves the other axes as they are")
        return windows.slid(inputs).with_size(windows.channel, pointwise_kernel.last)

    def flops(self, inputs: Tensor, depthwise_kernel: Tensor, pointwise_kernel: Tensor) -> int:
        """What `depthwise_conv` costs, and a product and a sum for each two channels at each point."""
        outputs = self.infer(inputs, depthwise_kernel, pointwise_kernel)
        windows = self.windows(inputs, depthwise_kernel, 2)
        mixing = 2 * channels_of(depthwise_kernel) * outputs.each_sample()
        return channelwise_flops(windows, entries(depthwise_kernel), inputs, outputs) + mixing

    cases = (
        case("N 28 28 3", "3 3 3 2", "1 1 6 8", to="N 26 26 8"),
        case("N 28 28 3", "1 5 3 2", "1 1 6 8", to="N 28 24 8"),
        case("N 28 28 3", "1 3 3 1", "1 1 3 8", strides=3, padding="same", to="N 10 10 8"),
        case("N 28 28 3", "1 3 3 1", "1 1 3 8", strides=2, dilation_rate=2, padding="same", to="N 14 14 8"),
        case("N h ? 3", "3 3 3 1", "1 1 3 c", padding="same", to="N h ? c"),
        case("N 3 8 9", "3 3 3 2", "1 1 6 4", data_format="channels_first", to="N 4 6 7"),
        case("N 8 ?:bfloat16", "3 4 2:bfloat16", "1 8 5:bfloat16", to="N 6 5:bfloat16"),
        case("N 28 28 3", "3 3 3 2", "1 6 8", fails=RanksDiffer, late=True),
        case("N 8 8 8 3", "3 3 3 3 1", "1 1 1 3 8", fails=WrongRank, late=True),
        case("N 28 28 3", "3 3 4 2", "1 1 6 8", fails=SizesDiffer),
        case("N 28 28 3", "3 3 3 2", "1 1 5 8", fails=WrongSize, late=True),
        case("N 28 28 3", "3 3 3 2", "2 1 6 8", fails=WrongSize, late=True),
        case("N 28 28 3", "3 3 3 8", "1 1 6 8", fails=WrongSize, silent="TensorFlow mixes the channels in groups"),
        case("N 28 28 3", "3 3 3 ?", "1 1 3 8", fails=UnknownSize),
        case("N 28 28 3", "3 3 3 1", "1 ? 3 8", fails=UnknownSize, silent="Keras takes it to be 1"),
        case("N 28 2 3", "3 3 3 1", "1 1 3 8", fails=NothingLeft),
        case("N 28 28 3", "3 3 3 1", "1 1 3 8", dilation_rate=[1, 2, 3], fails=WrongLength),
        case("N 8 8 3", "3 3 3 1", "1 1 3 8:float64", fails=WrongDtype, late=True),
        case("N 8 8 3:int32", "3 3 3 1:int32", "1 1 3 8:int32", fails=WrongDtype, late=True),
    )


def check_alike(inputs: Tensor, kernels: Sequence[Tensor]) -> None:
    """Refuse kernels that TensorFlow can't multiply with the input.

    Raises:
        WrongDtype: they have another dtype.
    """
    for kernel in kernels:
        if kernel.dtype != inputs.dtype:
            raise WrongDtype(kernel, f"a kernel of {inputs.dtype}, as the input is")


def channels_of(kernel: Tensor) -> int:
    """How many channels kernels make that see one channel each.

    Raises:
        UnknownSize: it is not known.
    """
    return kernel.known(-2, WHY_CHANNELS) * kernel.known(-1, "because it is how many kernels a channel has")


def entries(kernel: Tensor) -> int:
    """How many entries a kernel has.

    Raises:
        UnknownSize: a size is not known.
    """
    return prod(kernel.known(axis, WHY_PLACES) for axis in range(kernel.rank))
