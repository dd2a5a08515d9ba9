"""Windows that slide over spatial axes, and blocks that these are dealt out to."""

from __future__ import annotations

from math import prod
from typing import Annotated, Self, TypeAlias

from pydantic import Field, model_validator

from netwright.arguments import DataFormat, Padding, Pair, Sizes, conflict
from netwright.catalog.families.dtypes import need_floats, need_numbers, need_plain_numbers, need_volume_floats
from netwright.catalog.families.windows import Sizes2D, SizesAny, Windows, axes_of, layout, on_each
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongLength, WrongRank, WrongSize
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor

WHY_GRAPH = "because Keras can't make a graph of it otherwise"
Margins: TypeAlias = Annotated[Pair, Sizes(2, minimum=0)]
BlockSize: TypeAlias = Annotated[int, Field(ge=2)]


def need_spatial(inputs: Tensor) -> Tensor:
    """Return `inputs` if it has one to three spatial axes.

    Raises:
        WrongRank: it has not.
    """
    if not 3 <= inputs.rank <= 5:
        raise WrongRank(inputs, "3 to 5", "batch, channels and 1 to 3 spatial axes")
    return inputs


class Pool(Op):
    """A window that slides over one, two or three spatial axes."""

    pool_size: SizesAny
    strides: SizesAny | None = None
    padding: Padding = "valid"
    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """Each spatial axis as the window leaves it; the channels stay."""
        self.check_dtype(need_spatial(inputs))
        sizes = on_each(self.pool_size, inputs, "pool_size")
        strides = sizes if self.strides is None else on_each(self.strides, inputs, "strides")
        return Windows(sizes, strides, self.padding, self.data_format, "pool_size").slid(inputs)

    def check_dtype(self, inputs: Tensor) -> None:
        """Refuse dtypes for which TensorFlow has no such pooling.

        Raises:
            WrongDtype: it has none.
        """
        if inputs.rank == 5:
            need_volume_floats(inputs, None)
        else:
            need_floats(inputs)

    def flops(self, inputs: Tensor) -> int:
        """One for each entry of the window, for each entry of the output."""
        return prod(on_each(self.pool_size, inputs, "pool_size")) * self.infer(inputs).each_sample()


class AveragePool(Pool):
    """Take the mean of each window that slides over the spatial axes, channel by channel."""

    cases = (
        case("N 28 27 3", pool_size=2, to="N 14 13 3"),
        case("N 28 27 3", pool_size=[3, 2], strides=[1, 3], padding="same", to="N 28 9 3"),
        case("N h ? c", pool_size=3, strides=1, padding="same", to="N h ? c"),
        case("N 3 8", pool_size=3, data_format="channels_first", to="N 3 2"),
        case("N 9 8 7 3:bfloat16", pool_size=2, to="N 4 4 3 3:bfloat16"),
        case("N 8", pool_size=2, fails=WrongRank, late=True),
        case("N 8 2 3", pool_size=3, fails=NothingLeft),
        case("N 8 8 3", pool_size=[2, 2, 2], fails=WrongLength),
        case("N 8 8 3:int32", pool_size=2, fails=WrongDtype, late=True),
        case("N 8 8 8 3:float16", pool_size=2, fails=WrongDtype, late=True),
    )


class MaxPool(Pool):
    """Take the largest entry of each window that slides over the spatial axes, channel by channel."""

    def check_dtype(self, inputs: Tensor) -> None:
        """Refuse dtypes for which TensorFlow has no such pooling.

        Raises:
            WrongDtype: it has none.
        """
        if inputs.rank == 5:
            need_volume_floats(inputs, None)
        else:
            need_plain_numbers(inputs)

    cases = (
        case("N 28 27 3", pool_size=2, to="N 14 13 3"),
        case("N 28 27 3", pool_size=[3, 2], strides=[1, 3], to="N 26 9 3"),
        case("N h ? c", pool_size=3, strides=1, padding="same", to="N h ? c"),
        case("N t 3:int8", pool_size=2, to="N ? 3:int8"),
        case("N 3 9 8", pool_size=2, data_format="channels_first", to="N 3 4 4"),
        case("N 8 8 3", pool_size=[2], strides=[1], to="N 7 7 3"),
        case("N 9 8 7 3", pool_size=2, strides=[1, 2, 3], to="N 8 4 2 3"),
        case("N 8", pool_size=2, fails=WrongRank, late=True),
        case("N 8 2 3", pool_size=3, fails=NothingLeft),
        case("N 8 8 3:string", pool_size=2, fails=WrongDtype, late=True),
        case("N 8 8 8 3:int32", pool_size=2, fails=WrongDtype, late=True),
    )


class Patches(Op):
    """Windows over images with the channels first, whose entries stand below each other.

    Arguments:
        kernel_size: how many entries the window has on each of the two axes
        dilation: distance between the entries of the window on each axis; 1 leaves no gaps
        padding: how many zeros are added on both sides of each axis
        stride: how far the window moves at a time on each axis
    """

    kernel_size: Sizes2D
    dilation: Sizes2D = (1, 1)
    padding: Margins = (0, 0)
    stride: Sizes2D = (1, 1)

    def places(self, image: Tensor, axes: tuple[int, int], argument: str) -> tuple[int, int]:
        """How many windows there are on each of the spatial axes of an image.

        Raises:
            UnknownSize: the size of one is not known.
            NothingLeft: there are none.
        """
        return self._places(image, axes[0], 0, argument), self._places(image, axes[1], 1, argument)

    def _places(self, image: Tensor, axis: int, i: int, argument: str) -> int:
        size = image.known(axis, WHY_GRAPH) + 2 * self.padding[i]
        span = self.dilation[i] * (self.kernel_size[i] - 1) + 1
        if span > size:
            raise NothingLeft(image, axis, span, argument)
        return (size - span) // self.stride[i] + 1


class Unfold(Patches):
    """Cut all windows out of an image with the channels first, and lay the entries of each below each other."""

    def infer(self, x: Tensor) -> Tensor:
        """The batch, the entries of a window, and the windows."""
        _need_arithmetic(x.need_rank(4, axes_of("channels_first", 2)))
        batch, channels = (x.known(axis, WHY_GRAPH) for axis in (0, 1))
        return x.with_shape(batch, channels * prod(self.kernel_size), prod(self.places(x, (2, 3), "kernel_size")))

    cases = (
        case("2 3 8 9", kernel_size=2, to="2 12 56"),
        case("1 3 8 9", kernel_size=2, to="1 12 56"),
        case("1 3 8 9", kernel_size=[2, 3], padding=[1, 0], stride=2, dilation=[1, 2], to="1 18 15"),
        case("2 3 8 9:int8", kernel_size=[2, 9], to="2 54 7:int8"),
        case("2 3 8", kernel_size=2, fails=WrongRank),
        case("N 3 8 9", kernel_size=2, fails=UnknownSize, silent="Keras can't trace it, only run it eagerly"),
        case("2 ? 8 9", kernel_size=2, fails=UnknownSize),
        case("2 3 1 9", kernel_size=2, fails=NothingLeft, silent="nothing comes out"),
        case("2 3 8 9:bool", kernel_size=2, fails=WrongDtype, late=True),
        case("2 3 8 9:string", kernel_size=2, fails=WrongDtype, late=True),
    )


class Fold(Patches):
    """Lay windows, whose entries stand below each other, back onto an image, and add them where they overlap.

    Arguments:
        output_size: height and width of the image
    """

    output_size: Sizes2D

    @model_validator(mode="after")
    def _has_windows(self) -> Self:
        try:
            self._windows()
        except NothingLeft:
            raise conflict("output_size", "not one window fits into an image of this size") from None
        return self

    def _windows(self) -> tuple[int, int]:
        return self.places(Tensor(self.output_size), (0, 1), "output_size")

    def infer(self, x: Tensor) -> Tensor:
        """The batch, the channels, and the two spatial axes."""
        _need_arithmetic(x.need_rank(3, "batch, entries of a window, windows"))
        each, windows = prod(self.kernel_size), prod(self._windows())
        if x.known(1, WHY_GRAPH) % each:
            raise WrongSize(x, 1, f"divisible by the {each} entries of `kernel_size`", "kernel_size")
        if x.known(2, "because only one fits the arguments") != windows:
            raise WrongSize(x, 2, f"{windows}, as many as windows fit into `output_size`", "output_size")
        return x.with_shape(x.shape[0], x.known(1, WHY_GRAPH) // each, *self.output_size)

    def flops(self, x: Tensor) -> int:
        """For each entry of the window, Keras computes the rows and columns where it lies, once for all samples.

        The profiler does not count how these are added.
        """
        return prod(self.kernel_size) * (2 * sum(self._windows()) + 2)

    cases = (
        case("N 12 12", output_size=[5, 4], kernel_size=2, to="N 3 5 4"),
        case("N 12 12", output_size=[2, 3], kernel_size=2, padding=1, to="N 3 2 3"),
        case("N 4 3:int32", output_size=[3, 2], kernel_size=[1, 2], stride=[1, 2], to="N 2 3 2:int32"),
        case("N 12 12", output_size=[5, 6], kernel_size=2, dilation=[1, 3], to="N 3 5 6"),
        case("N 12 4 5", output_size=[5, 6], kernel_size=2, fails=WrongRank),
        case("N 13 20", output_size=[5, 6], kernel_size=2, fails=WrongSize),
        case("N 12 21", output_size=[5, 6], kernel_size=2, fails=WrongSize, late=True),
        case(
            "N ? 20",
            output_size=[5, 6],
            kernel_size=2,
            fails=UnknownSize,
            silent="Keras can't trace it, only run it eagerly",
        ),
        case("N 12 ?", output_size=[5, 6], kernel_size=2, fails=UnknownSize, silent="it fails later, if it is not 20"),
        case("N 12 20:bool", output_size=[5, 6], kernel_size=2, fails=WrongDtype, late=True),
        case("N 12 20:string", output_size=[5, 6], kernel_size=2, fails=WrongDtype, late=True),
    )


def _need_arithmetic(x: Tensor) -> None:
    """Refuse text, and booleans, which TensorFlow does not take for numbers here.

    Raises:
        WrongDtype: it is one of these.
    """
    if need_numbers(x).dtype == "bool":
        raise WrongDtype(x, "numbers")


class Blocks(Op):
    """Blocks of points that become channels, or are made of them.

    Arguments:
        block_size: how many points a block has on each of the two spatial axes
    """

    block_size: BlockSize
    data_format: DataFormat = "channels_last"


class DepthToSpace(Blocks):
    """Make a block of points out of the channels of each point: the image grows, and has fewer channels."""

    def infer(self, x: Tensor) -> Tensor:
        """Both spatial axes times the size of a block, the channels divided by its square."""
        x.need_rank(4, axes_of(self.data_format, 2))
        spatial, channel = layout(self.data_format, 2)
        each, channels = self.block_size**2, x.known(channel, "because only some can be divided")
        if channels % each:
            raise WrongSize(x, channel, f"divisible by {each}, the square of `block_size`", "block_size")
        for axis in spatial:
            size = x.shape[axis]
            x = x.with_size(axis, size * self.block_size if isinstance(size, int) else None)
        return x.with_size(channel, channels // each)

    cases = (
        case("N 4 6 8", block_size=2, to="N 8 12 2"),
        case("N t ? 4", block_size=2, to="N ? ? 1"),
        case("N 9 4 t:bool", block_size=3, data_format="channels_first", to="N 1 12 ?:bool"),
        case("N 4 6 8:int8", block_size=2, data_format=None, to="N 8 12 2:int8"),
        case("N 4 8", block_size=2, fails=WrongRank),
        case("N 4 6 6", block_size=2, fails=WrongSize),
        case("N 4 6 ?", block_size=2, fails=UnknownSize, silent="it fails later, if they can't be divided"),
    )


class SpaceToDepth(Blocks):
    """Make channels of one point out of each block of points: the image shrinks, and has more channels."""

    def infer(self, x: Tensor) -> Tensor:
        """Both spatial axes divided by the size of a block, the channels times its square."""
        x.need_rank(4, axes_of(self.data_format, 2))
        spatial, channel = layout(self.data_format, 2)
        result, channels = x, x.shape[channel]
        for axis in spatial:
            size = x.shape[axis]
            if isinstance(size, int) and size % self.block_size:
                raise WrongSize(x, axis, f"divisible by `block_size`, {self.block_size}", "block_size")
            result = result.with_size(axis, size // self.block_size if isinstance(size, int) else None)
        return result.with_size(channel, channels * self.block_size**2 if isinstance(channels, int) else None)

    cases = (
        case("N 4 6 8", block_size=2, to="N 2 3 32"),
        case("N t ? 1", block_size=3, to="N ? ? 9"),
        case("N c 4 6:bool", block_size=2, data_format="channels_first", to="N ? 2 3:bool"),
        case("N 4 6 8:int8", block_size=2, data_format=None, to="N 2 3 32:int8"),
        case("N 4 8", block_size=2, fails=WrongRank),
        case("N 5 6 8", block_size=2, fails=WrongSize),
    )
