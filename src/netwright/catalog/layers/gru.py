"""`GRU`."""

from __future__ import annotations

from netwright.catalog.families.cells import GRUStep
from netwright.catalog.families.recurrent import Gated
from netwright.misfits import SizesDiffer, UnknownSize, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import case


class GRU(GRUStep, Gated):
    """Read a sequence step by step with gated recurrent units.

    One state goes from step to step, which is also what the layer gives out; gates say how much of it each step
    replaces.

    Arguments:
        units: size of the output and of each state
        dropout: share of the features that training sets to zero before each step
        reset_after: whether the gate that erases the state does so after the matrix product, which GPUs need
    """

    cases = (
        case("N 5 3", units=4, to="N 4", params=108),
        case("N t 3", units=4, reset_after=False, return_sequences=True, to="N t 4", params=96),
        case("N ? 3", units=4, use_bias=False, return_sequences=True, return_state=True, to=("N ? 4", "N 4")),
        case("N 5 3:bool", units=4, return_state=True, dtype="float64", to=("N 4:float64",) * 2, params=108),
        case("N 5 3", units=4, trainable=False, to="N 4", params=108, frozen=108),
        case("2 ? 3", units=4, stateful=True, ports={"initial_state": ("2 4",)}, to="2 4", params=108),
        case("N 5 3", units=4, unroll=True, ports={"mask": "N 5:int32"}, to="N 4", params=108),
        case("N 3", units=4, fails=WrongRank),
        case("N 5 ?", units=4, fails=UnknownSize),
        case("N 5 3", units=4, stateful=True, fails=UnknownSize),
        case("N ? 3", units=4, unroll=True, fails=UnknownSize, silent="can't be exported"),
        case("N 5 3:string", units=4, fails=WrongDtype, late=True),
        case("N 5 3", units=4, ports={"initial_state": ("N 4", "N 4")}, fails=WrongCount, silent="one is lost"),
        case("N 5 3", units=4, ports={"initial_state": ("N 5",)}, fails=WrongSize, late=True),
        case("N 5 3", units=4, ports={"mask": "N 4:bool"}, fails=SizesDiffer, late=True),
        case("N 5 3", units=4, unroll=True, ports={"mask": "N 6"}, fails=SizesDiffer, silent="the rest is lost"),
        case("N 5 3", units=4, ports={"mask": "N:bool"}, fails=WrongRank, late=True),
    )
