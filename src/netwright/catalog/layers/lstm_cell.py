"""`LSTMCell`."""

from __future__ import annotations

from netwright.catalog.families.cells import GatedCell, LSTMStep
from netwright.misfits import UnknownSize, VariableDtype, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import case

# For the cases.
LEAKY = {"type": "LeakyReLU"}


class LSTMCell(LSTMStep, GatedCell):
    """One step of a long short-term memory, for an `RNN` to repeat.

    Arguments:
        units: size of the output and of each state
        dropout: share of the features that training sets to zero before each step
        unit_forget_bias: whether the bias of the gate that erases the cell starts at 1, so that it keeps the cell
    """

    cases = (
        case("N 3", "N 4", "N 4", units=4, to=("N 4",) * 3, params=128),
        case("N 3", "N 4", "N 4", units=4, use_bias=False, activation="softmax", to=("N 4",) * 3, params=112),
        case("N 3:int32", "N 4:int32", "N 4", units=4, dtype="mixed_float16", to=("N 4:float16",) * 3, params=128),
        case("N 3", "N 4", "N 4", units=4, trainable=False, to=("N 4",) * 3, params=128, frozen=128),
        case("N 3", "N 4", "N 4", units=4, activation=LEAKY, to=("N 4",) * 3),
        case("2 3", "2 4", "2 4", units=4, unit_forget_bias=False, bias_initializer=None, to=("2 4",) * 3),
        case("N 5 3", "N 4", "N 4", units=4, fails=WrongRank),
        case("N ?", "N 4", "N 4", units=4, fails=UnknownSize),
        case("N 3", "N 4", units=4, fails=WrongCount),
        case("N 3", "N 4", "N 4", "N 4", units=4, fails=WrongCount, silent="one is lost"),
        case("N 3", "N 4", "N 5", units=4, fails=WrongSize),
        case("N 3", "N 4", "N 4:int32", units=4, fails=WrongDtype),
        case("N 3:string", "N 4", "N 4", units=4, fails=WrongDtype),
        case("N 3", "N 4", "N 4", units=4, dtype="bfloat16", fails=VariableDtype),
        case("N 3", "N 4", "N 4", units=4, dtype="float16", activation=LEAKY, fails=WrongDtype),
    )
