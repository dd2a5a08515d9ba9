"""`Conv2D`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from netwright.arguments import PositiveInt
from netwright.catalog.families.convolution import (
    KernelConvolution,
    channels_in,
    check_groups,
    convolved,
    group_conflicts,
    stride_conflicts,
)
from netwright.catalog.families.windows import Sizes2D
from netwright.layer import Variable, case
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.tensors import Tensor


class Conv2D(KernelConvolution):
    """Slide learned filters over the two spatial axes of an image."""

    kernel_size: Sizes2D
    strides: Sizes2D = (1, 1)
    dilation_rate: Sizes2D = (1, 1)
    groups: PositiveInt = 1

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        stride_conflicts(self.strides, self.dilation_rate)
        group_conflicts(self.groups, self.filters)
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """One output channel for each filter; each spatial axis as the window leaves it."""
        check_groups(self, self.groups, inputs)
        return convolved(self, inputs, self.filters).with_dtype(self.compute_dtype)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel and a bias."""
        channels = channels_in(self, inputs)
        yield Variable("kernel", (*self.kernel_size, channels // self.groups, self.filters))
        if self.use_bias:
            yield Variable("bias", (self.filters,))

    cases = (
        case("N 28 28 1", filters=32, kernel_size=3, to="N 26 26 32", params=320),
        case("N 28 28 4", filters=8, kernel_size=[3, 5], padding="same", strides=2, to="N 14 14 8", params=488),
        case("N 28 ? 4", filters=8, kernel_size=3, use_bias=False, to="N 26 ? 8", params=288),
        case("N 28 w 4", filters=8, kernel_size=3, padding="same", to="N 28 w 8", params=296),
        case("N 9 9 4", filters=8, kernel_size=3, dilation_rate=4, to="N 1 1 8", params=296),
        case("N 3 8 9", filters=4, kernel_size=3, data_format="channels_first", to="N 4 6 7", params=112),
        case("N 8 8 4", filters=8, kernel_size=3, groups=2, to="N 6 6 8", params=152),
        case("N 8 8 4", filters=2, kernel_size=1, dtype="mixed_bfloat16", to="N 8 8 2:bfloat16", params=10),
        case("N 28 28", filters=32, kernel_size=3, fails=WrongRank),
        case("N 4 28 28 3", filters=32, kernel_size=3, fails=WrongRank),
        case("N 28 28 ?", filters=32, kernel_size=3, fails=UnknownSize),
        case("N 8 8 3", filters=8, kernel_size=3, groups=2, fails=WrongSize),
        case("N 2 28 1", filters=32, kernel_size=3, fails=NothingLeft),
        case("N 28 28 1:uint8", filters=32, kernel_size=3, fails=WrongDtype, late=True),
    )
