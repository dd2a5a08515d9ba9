"""`LSTM`."""

from __future__ import annotations

from netwright.catalog.families.cells import LSTMStep
from netwright.catalog.families.recurrent import Gated
from netwright.misfits import SizesDiffer, UnknownSize, VariableDtype, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import case


class LSTM(LSTMStep, Gated):
    """Read a sequence step by step with a long short-term memory.

    Two states go from step to step: what the layer gives out, and a cell that gates write to, erase and read.

    Arguments:
        units: size of the output and of each state
        dropout: share of the features that training sets to zero before each step
        unit_forget_bias: whether the bias of the gate that erases the cell starts at 1, so that it keeps the cell
    """

    cases = (
        case("N 5 3", units=4, to="N 4", params=128),
        case("N t 3", units=4, use_bias=False, return_sequences=True, to="N t 4", params=112),
        case("N ? 3", units=4, return_sequences=True, return_state=True, to=("N ? 4", "N 4", "N 4"), params=128),
        case("N 5 3:int32", units=4, return_state=True, dtype="mixed_float16", to=("N 4:float16",) * 3),
        case("N 5 3", units=4, trainable=False, to="N 4", params=128, frozen=128),
        case("2 5 3", units=4, stateful=True, to="2 4", params=128),
        case("N 5 3", units=4, unroll=True, activation="softmax", recurrent_dropout=0.5, to="N 4", params=128),
        case("N 5 3", units=4, activation={"type": "LeakyReLU"}, to="N 4", params=128),
        case("N 5 3", units=4, ports={"initial_state": ("N 4", "N 4:int32"), "mask": "N 5:bool"}, to="N 4"),
        case("N t 3", units=4, ports={"initial_state": ("3 4", "N 4"), "mask": "N t"}, to="N 4"),
        case("N 3", units=4, fails=WrongRank),
        case("N 5 ?", units=4, fails=UnknownSize),
        case("N 5 3", units=4, stateful=True, fails=UnknownSize),
        case("N ? 3", units=4, unroll=True, fails=UnknownSize, silent="can't be exported"),
        case("N 5 3", units=4, dtype="bfloat16", fails=VariableDtype),
        case("N 5 3", units=4, dtype="bfloat16", recurrent_initializer="glorot_uniform", to="N 4:bfloat16"),
        case("N 5 3", units=4, unit_forget_bias=False, bias_initializer=None, to="N 4"),
        case("N 5 3:string", units=4, fails=WrongDtype, late=True),
        case("N 5 3:int32", units=4, dropout=0.5, call={"training": True}, fails=WrongDtype, late=True),
        case("N 5 3", units=4, ports={"initial_state": ("N 4",)}, fails=WrongCount, late=True),
        case("N 5 3", units=4, ports={"initial_state": ("N 4", "N 5")}, fails=WrongSize, late=True),
        case("N 5 3", units=4, ports={"initial_state": ("N 4", "N ?")}, to="N 4"),
        case("N 5 3", units=4, ports={"initial_state": ("N 1 4", "N 4")}, fails=WrongRank, late=True),
        case("3 5 3", units=4, ports={"initial_state": ("2 4", "2 4")}, fails=WrongSize, late=True),
        case("N 5 3", units=4, ports={"mask": "N 4:bool"}, fails=SizesDiffer, late=True),
        case("N 5 3", units=4, unroll=True, ports={"mask": "N 6"}, fails=SizesDiffer, silent="the rest is lost"),
        case("N 5 3", units=4, ports={"mask": "N:bool"}, fails=WrongRank, late=True),
        case("N 5 3", units=4, ports={"mask": "N 5 1:bool"}, fails=WrongRank, silent="fails on a GPU"),
        case(
            "N 5 3",
            units=4,
            dtype="mixed_float16",
            activation={"type": "LeakyReLU"},
            fails=WrongDtype,
            late=True,
        ),
    )
