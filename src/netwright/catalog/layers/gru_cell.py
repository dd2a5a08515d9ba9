"""`GRUCell`."""

from __future__ import annotations

from netwright.catalog.families.cells import GatedCell, GRUStep
from netwright.misfits import UnknownSize, VariableDtype, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import case

# For the cases.
LEAKY = {"type": "LeakyReLU"}


class GRUCell(GRUStep, GatedCell):
    """One step of gated recurrent units, for an `RNN` to repeat.

    Arguments:
        units: size of the output, which is also the state
        dropout: share of the features that training sets to zero before each step
        reset_after: whether the gate that erases the state does so after the matrix product
    """

    cases = (
        case("N 3", "N 4", units=4, to=("N 4", "N 4"), params=108),
        case("N 3", "N 4", units=4, reset_after=False, to=("N 4", "N 4"), params=96),
        case("N 3", "N 4", units=4, use_bias=False, activation="softmax", to=("N 4", "N 4"), params=84),
        case("N 3:int32", "N 4", units=4, dtype="mixed_float16", to=("N 4:float16",) * 2, params=108),
        case("N 3", "N 4", units=4, trainable=False, to=("N 4", "N 4"), params=108, frozen=108),
        case("2 3", "2 4", units=4, activation=LEAKY, to=("2 4", "2 4")),
        case("N 5 3", "N 4", units=4, fails=WrongRank, late=True),
        case("N ?", "N 4", units=4, fails=UnknownSize),
        case("N 3", "N 4", "N 4", units=4, fails=WrongCount, silent="one is lost"),
        case("N 3", "N 5", units=4, fails=WrongSize),
        case("N 3", "N 4:int32", units=4, fails=WrongDtype),
        case("N 3:string", "N 4", units=4, fails=WrongDtype),
        case("N 3", "N 4", units=4, dtype="bfloat16", fails=VariableDtype),
        case("N 3", "N 4", units=4, dtype="float16", activation=LEAKY, fails=WrongDtype),
    )
