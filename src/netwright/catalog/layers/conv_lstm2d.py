"""`ConvLSTM2D`."""

from __future__ import annotations

from typing import Any

from netwright.catalog.families.conv_lstm import ConvLSTM
from netwright.catalog.families.windows import Sizes2D
from netwright.misfits import (
    NothingLeft,
    SizesDiffer,
    UnknownSize,
    VariableDtype,
    WrongCount,
    WrongDtype,
    WrongRank,
    WrongSize,
)
from netwright.operation import case

# For the cases.
SMALL: dict[str, Any] = {"filters": 2, "kernel_size": 2}
STATES = ("N 5 5 2", "N 5 5 2")


class ConvLSTM2D(ConvLSTM):
    """Read a sequence of images step by step with a long short-term memory that slides learned filters over each.

    Arguments:
        data_format: where the channels are: last, or right after the steps; null is `channels_last`
        dropout: share of the entries that training sets to zero before each step
        unit_forget_bias: whether the bias of the gate that erases the cell starts at 1, so that it keeps the cell
        trainable: always true
    """

    kernel_size: Sizes2D
    strides: Sizes2D = (1, 1)
    dilation_rate: Sizes2D = (1, 1)

    axes = "batch, steps, height, width, channels"

    cases = (
        case("N 5 6 6 3", **SMALL, to="N 5 5 2", params=168),
        case("N t 6 6 3", **SMALL, padding="same", strides=2, return_sequences=True, to="N t 3 3 2"),
        case("N ? 6 6 3", **SMALL, dilation_rate=2, return_state=True, to=("N 4 4 2",) * 3, params=168),
        case("N 5 6 3 3", **SMALL, data_format="channels_first", return_sequences=True, to="N 5 2 2 2", params=264),
        case("N 5 6 6 3", **SMALL, use_bias=False, dtype="mixed_float16", to="N 5 5 2:float16", params=160),
        case("2 5 6 6 3", **SMALL, stateful=True, go_backwards=True, to="2 5 5 2"),
        case("N 5 6 6 3", **SMALL, ports={"initial_state": STATES, "mask": "N 5:bool"}, to="N 5 5 2"),
        case("N 5 6 6 3", **SMALL, activation={"type": "LeakyReLU"}, recurrent_dropout=0.5, to="N 5 5 2"),
        case("N 5 6 3", **SMALL, fails=WrongRank),
        case("N 5 6 6 ?", **SMALL, fails=UnknownSize),
        case("N 5 ? ? 3", **SMALL, fails=UnknownSize),
        case("N 5 6 6 3", **SMALL, stateful=True, fails=UnknownSize),
        case("N 5 1 1 3", **SMALL, fails=NothingLeft),
        case("N 5 6 6 3:int32", **SMALL, fails=WrongDtype, late=True),
        case("N 5 6 6 3", **SMALL, dtype="bfloat16", fails=VariableDtype),
        case("N 5 6 6 3", **SMALL, dtype="float16", activation={"type": "LeakyReLU"}, fails=WrongDtype, late=True),
        case("N 5 6 3 3", **SMALL, data_format="channels_first", dtype="float64", fails=WrongDtype, late=True),
        case("N 5 6 6 3", **SMALL, ports={"initial_state": STATES[:1]}, fails=WrongCount, late=True),
        case("N 5 6 6 3", **SMALL, ports={"initial_state": ("N 6 6 2",) * 2}, fails=WrongSize, late=True),
        case("N 5 6 6 3", **SMALL, ports={"initial_state": ("N 2",) * 2}, fails=WrongRank, late=True),
        case("N 5 6 6 3", **SMALL, ports={"mask": "N 4:bool"}, fails=SizesDiffer, late=True),
    )
