"""`SimpleRNN`."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.cells import SimpleStep
from netwright.catalog.families.recurrent import Unrolling
from netwright.misfits import SizesDiffer, UnknownSize, VariableDtype, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import case

# For the cases.
LEAKY = {"type": "LeakyReLU"}


class SimpleRNN(SimpleStep, Unrolling):
    """Read a sequence step by step, and let each step see what the one before it gave out.

    Arguments:
        units: size of the output, which is also the state
        dropout: share of the features that training sets to zero before each step
        seed: always null
        activity_regularizer: always null
    """

    @model_validator(mode="after")
    def _is_kept(self) -> Self:
        if self.seed is not None:
            raise conflict("seed", "Keras forgets the `seed` when it saves the layer")
        if self.activity_regularizer is not None:
            raise conflict("activity_regularizer", "Keras never adds that of a `SimpleRNN` to the loss")
        return self

    cases = (
        case("N 5 3", units=4, to="N 4", params=32),
        case("N t 3", units=4, use_bias=False, return_sequences=True, to="N t 4", params=28),
        case("N ? 3", units=4, return_sequences=True, return_state=True, to=("N ? 4", "N 4"), params=32),
        case("N 5 3:int32", units=4, return_state=True, dtype="mixed_float16", to=("N 4:float16",) * 2),
        case("N 5 3", units=4, trainable=False, to="N 4", params=32, frozen=32),
        case("2 ? 3", units=4, stateful=True, ports={"initial_state": ("2 4",)}, to="2 4", params=32),
        case("N 5 3", units=4, unroll=True, go_backwards=True, activation="softmax", recurrent_dropout=0.5, to="N 4"),
        case("N 5 3", units=4, ports={"initial_state": ("N 4:bool",), "mask": "N 5:bool"}, to="N 4"),
        case("N 3", units=4, fails=WrongRank),
        case("N 5 ?", units=4, fails=UnknownSize),
        case("N 5 3", units=4, stateful=True, fails=UnknownSize),
        case("N ? 3", units=4, unroll=True, fails=UnknownSize, silent="can't be exported"),
        case("N 5 3", units=4, dtype="bfloat16", fails=VariableDtype),
        case("N 5 3:string", units=4, fails=WrongDtype, late=True),
        case("N 5 3:int32", units=4, dropout=0.5, fails=WrongDtype, late=True),
        case("N 5 3", units=4, ports={"initial_state": ("N 4", "N 4")}, fails=WrongCount, late=True),
        case("N 5 3", units=4, ports={"initial_state": ("N 5",)}, fails=WrongSize, late=True),
        case("N 5 3", units=4, ports={"mask": "N 4:bool"}, fails=SizesDiffer, late=True),
        case("N 5 3", units=4, unroll=True, ports={"mask": "N 6"}, fails=SizesDiffer, silent="the rest is lost"),
        case("N 5 3", units=4, ports={"mask": "N:bool"}, fails=WrongRank, late=True),
        case("N 5 3", units=4, dtype="float16", activation=LEAKY, fails=WrongDtype, silent="fails in a graph"),
    )
