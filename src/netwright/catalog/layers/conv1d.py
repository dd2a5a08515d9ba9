"""`Conv1D`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import choice
from netwright.catalog.families.convolution import GroupedConvolution
from netwright.catalog.families.windows import Sizes1D
from netwright.misfits import AxisOutOfRange, NothingLeft, UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case


class Conv1D(GroupedConvolution):
    """Slide learned filters along the steps of a sequence.

    Arguments:
        padding: `valid` adds nothing; `same` adds zeros so that only `strides` shorten the sequence; `causal`
            adds them all in front, so that no step sees a later one
    """

    kernel_size: Sizes1D
    strides: Sizes1D = (1,)
    padding: Annotated[str, choice("valid", "same", "causal")] = "valid"
    dilation_rate: Sizes1D = (1,)

    cases = (
        case("N 28 3", filters=8, kernel_size=3, to="N 26 8", params=80),
        case("N 29 3", filters=8, kernel_size=[4], padding="same", strides=2, to="N 15 8", params=104),
        case("N 28 3", filters=8, kernel_size=3, padding="causal", dilation_rate=4, to="N 28 8", params=80),
        case("N 29 3", filters=8, kernel_size=3, padding="causal", strides=2, to="N 15 8", params=80),
        case("N 2 3", filters=8, kernel_size=9, padding="causal", to="N 2 8", params=224),
        case("N t 3", filters=8, kernel_size=3, padding="causal", to="N t 8", params=80),
        case("N t 3", filters=8, kernel_size=3, to="N ? 8", params=80),
        # A batch of its own size keeps the row from the profiler, which does not look into what is compiled.
        case("2 ? 4", filters=8, kernel_size=3, groups=4, use_bias=False, to="2 ? 8", params=24),
        case("N 3 28", filters=8, kernel_size=3, data_format="channels_first", to="N 8 26", params=80),
        case("N 3 t", filters=8, kernel_size=1, data_format="channels_first", to="N 8 t", params=32),
        case("N 9 3", filters=2, kernel_size=3, dtype="mixed_float16", to="N 7 2:float16", params=20),
        case("N 9 3", filters=2, kernel_size=3, trainable=False, to="N 7 2", params=20, frozen=20),
        case("N 9 4", filters=2, kernel_size=3, activation={"type": "Softmax", "axis": 1}, to="N 7 2"),
        case("N 28", filters=8, kernel_size=3, fails=WrongRank),
        case("N 28 28 3", filters=8, kernel_size=3, fails=WrongRank),
        case("N 28 ?", filters=8, kernel_size=3, fails=UnknownSize),
        case("N 8 3", filters=8, kernel_size=3, groups=2, fails=WrongSize),
        case("N 8 3", filters=8, kernel_size=3, dilation_rate=4, fails=NothingLeft),
        case("N 28 3:int32", filters=8, kernel_size=3, fails=WrongDtype, late=True),
        case(
            "N 3 9",
            filters=8,
            kernel_size=3,
            data_format="channels_first",
            dtype="float64",
            fails=WrongDtype,
            late=True,
        ),
        case(
            "N 9 4",
            filters=2,
            kernel_size=3,
            activation={"type": "Softmax", "axis": 3},
            fails=AxisOutOfRange,
            late=True,
        ),
        case(
            "N 9 4",
            filters=2,
            kernel_size=3,
            activation={"type": "ReLU", "dtype": "float16"},
            fails=WrongDtype,
            silent="float16 comes out, though Keras says float32",
        ),
    )
