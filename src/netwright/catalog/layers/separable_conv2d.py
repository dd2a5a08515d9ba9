"""`SeparableConv2D`."""

from __future__ import annotations

from collections.abc import Iterator

from netwright.arguments import PositiveInt
from netwright.catalog.families.convolution import DepthwiseConvolution, channels_in, convolved
from netwright.catalog.families.windows import Sizes2D
from netwright.layer import Variable, case
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.tensors import Tensor


class SeparableConv2D(DepthwiseConvolution):
    """Slide filters over each channel of an image on its own, then mix the channels point by point."""

    filters: PositiveInt
    kernel_size: Sizes2D
    strides: Sizes2D = (1, 1)
    dilation_rate: Sizes2D = (1, 1)
    pointwise_initializer: OptionalInitializer = "glorot_uniform"
    pointwise_regularizer: Regularizer = None
    pointwise_constraint: Constraint = None

    def infer(self, inputs: Tensor) -> Tensor:
        """One output channel for each filter; each spatial axis as the window leaves it."""
        channels_in(self, inputs)
        return convolved(self, inputs, self.filters).with_dtype(self.compute_dtype)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel for the spatial axes, one for the channels, and a bias."""
        channels = channels_in(self, inputs)
        yield Variable("depthwise_kernel", (*self.kernel_size, channels, self.depth_multiplier))
        yield Variable("pointwise_kernel", (1, 1, channels * self.depth_multiplier, self.filters))
        if self.use_bias:
            yield Variable("bias", (self.filters,))

    cases = (
        case("N 28 28 3", filters=8, kernel_size=3, to="N 26 26 8", params=59),
        case(
            "N 28 28 3",
            filters=8,
            kernel_size=3,
            depth_multiplier=2,
            use_bias=False,
            to="N 26 26 8",
            params=102,
        ),
        case("N 28 28 3", filters=2, kernel_size=3, strides=[2, 3], padding="same", to="N 14 10 2", params=35),
        case("N 28 28 3", filters=2, kernel_size=3, strides=2, dilation_rate=2, to="N 12 12 2", params=35),
        case("N h ? 3", filters=2, kernel_size=3, padding="same", to="N h ? 2", params=35),
        case("N 3 8 9", filters=2, kernel_size=3, data_format="channels_first", to="N 2 6 7", params=35),
        case("N 8 8 3", filters=2, kernel_size=3, dtype="bfloat16", to="N 6 6 2:bfloat16", params=35),
        case("N 28 3", filters=2, kernel_size=3, fails=WrongRank),
        case("N 4 28 28 3", filters=2, kernel_size=3, fails=WrongRank),
        case("N 28 28 ?", filters=2, kernel_size=3, fails=UnknownSize),
        case("N 28 2 3", filters=2, kernel_size=3, fails=NothingLeft),
        case("N 28 28 3:int32", filters=2, kernel_size=3, fails=WrongDtype, late=True),
    )
