"""`Conv1D`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import model_validator

from netwright.arguments import PositiveInt, choice
from netwright.catalog.families.convolution import (
    KernelConvolution,
    channels_in,
    check_groups,
    convolved,
    group_conflicts,
    stride_conflicts,
)
from netwright.catalog.families.windows import Sizes1D
from netwright.layer import Variable, case
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.tensors import Tensor


class Conv1D(KernelConvolution):
    """Slide learned filters along the steps of a sequence.

    Arguments:
        padding: `valid` adds nothing; `same` adds zeros so that only `strides` shorten the sequence; `causal`
            adds them all in front, so that no step sees a later one
    """

    kernel_size: Sizes1D
    strides: Sizes1D = (1,)
    padding: Annotated[str, choice("valid", "same", "causal")] = "valid"
    dilation_rate: Sizes1D = (1,)
    groups: PositiveInt = 1

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        stride_conflicts(self.strides, self.dilation_rate)
        group_conflicts(self.groups, self.filters)
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """One output channel for each filter; the steps as the window leaves them."""
        check_groups(self, self.groups, inputs)
        return convolved(self, inputs, self.filters).with_dtype(self.compute_dtype)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel and a bias."""
        channels = channels_in(self, inputs)
        yield Variable("kernel", (*self.kernel_size, channels // self.groups, self.filters))
        if self.use_bias:
            yield Variable("bias", (self.filters,))

    cases = (
        case("N 28 3", filters=8, kernel_size=3, to="N 26 8", params=80),
        case("N 29 3", filters=8, kernel_size=[4], padding="same", strides=2, to="N 15 8", params=104),
        case("N 28 3", filters=8, kernel_size=3, padding="causal", dilation_rate=4, to="N 28 8", params=80),
        case("N 29 3", filters=8, kernel_size=3, padding="causal", strides=2, to="N 15 8", params=80),
        case("N 2 3", filters=8, kernel_size=9, padding="causal", to="N 2 8", params=224),
        case("N t 3", filters=8, kernel_size=3, padding="causal", to="N t 8", params=80),
        case("N t 3", filters=8, kernel_size=3, to="N ? 8", params=80),
        case("N ? 4", filters=8, kernel_size=3, groups=4, use_bias=False, to="N ? 8", params=24),
        case("N 3 28", filters=8, kernel_size=3, data_format="channels_first", to="N 8 26", params=80),
        case("N 3 t", filters=8, kernel_size=1, data_format="channels_first", to="N 8 t", params=32),
        case("N 9 3", filters=2, kernel_size=3, dtype="mixed_float16", to="N 7 2:float16", params=20),
        case("N 9 3", filters=2, kernel_size=3, trainable=False, to="N 7 2", params=20, frozen=20),
        case("N 28", filters=8, kernel_size=3, fails=WrongRank),
        case("N 28 28 3", filters=8, kernel_size=3, fails=WrongRank),
        case("N 28 ?", filters=8, kernel_size=3, fails=UnknownSize),
        case("N 8 3", filters=8, kernel_size=3, groups=2, fails=WrongSize),
        case("N 8 3", filters=8, kernel_size=3, dilation_rate=4, fails=NothingLeft),
        case("N 28 3:int32", filters=8, kernel_size=3, fails=WrongDtype, late=True),
    )
