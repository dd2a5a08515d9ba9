"""`SimpleRNNCell`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from netwright.catalog.families.cells import Cell, SimpleStep
from netwright.misfits import UnknownSize, VariableDtype, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import Variable, case
from netwright.tensors import Tensor

# For the cases.
LEAKY = {"type": "LeakyReLU"}


class SimpleRNNCell(SimpleStep, Cell):
    """One step of a recurrent layer without gates, for an `RNN` to repeat.

    Arguments:
        units: size of the output, which is also the state
        dropout: share of the features that training sets to zero before each step
    """

    # Keras calls `sequence` what is `inputs` for other cells.
    def infer(self, sequence: Tensor, states: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """The output, and the same as state."""
        return super().infer(sequence, states)

    def variables(self, sequence: Tensor, states: Any = ()) -> Iterator[Variable]:
        """Two kernels and a bias."""
        return super().variables(sequence)

    def flops(self, sequence: Tensor, states: Any = ()) -> int:
        """Those of one step."""
        return super().flops(sequence)

    cases = (
        case("N 3", "N 4", units=4, to=("N 4", "N 4"), params=32),
        case("N 3", "N 4", units=4, use_bias=False, activation="softmax", to=("N 4", "N 4"), params=28),
        case("N 3:int32", "N 4:bool", units=4, dtype="mixed_float16", to=("N 4:float16",) * 2, params=32),
        case("N 3", "N 4", units=4, trainable=False, to=("N 4", "N 4"), params=32, frozen=32),
        case("2 3", "2 4", units=4, activation=LEAKY, bias_initializer=None, to=("2 4", "2 4")),
        case("N 5 3", "N 4", units=4, fails=WrongRank, late=True),
        case("N ?", "N 4", units=4, fails=UnknownSize),
        case("N 3", "N 4", "N 4", units=4, fails=WrongCount, silent="one is lost"),
        case("N 3", "N 5", units=4, fails=WrongSize),
        case("N 3:string", "N 4", units=4, fails=WrongDtype),
        case("N 3", "N 4:string", units=4, fails=WrongDtype),
        case("N 3", "N 4", units=4, dtype="bfloat16", fails=VariableDtype),
        case("N 3", "N 4", units=4, dtype="float16", activation=LEAKY, fails=WrongDtype, silent="fails in a loop"),
    )
