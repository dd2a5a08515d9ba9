"""`RNN`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.cells import Cell, cell_variables
from netwright.catalog.families.recurrent import Unrolling
from netwright.layer import LayerOf
from netwright.misfits import SizesDiffer, UnknownSize, VariableDtype, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import Variable, case, inside
from netwright.tensors import Tensor

CELLS = ("SimpleRNNCell", "GRUCell", "LSTMCell", "StackedRNNCells")
# For the cases.
SIMPLE: dict[str, Any] = {"type": "SimpleRNNCell", "units": 4}
GRU: dict[str, Any] = {"type": "GRUCell", "units": 4}
LSTM: dict[str, Any] = {"type": "LSTMCell", "units": 5}
STACK: dict[str, Any] = {"type": "StackedRNNCells", "cells": [GRU, LSTM]}
TRAIN = {"training": True}
FLAT: dict[str, Any] = {"type": "StackedRNNCells", "cells": [GRU, SIMPLE]}


class RNN(Unrolling):
    """Read a sequence step by step with a cell, or with several cells, each of which reads what the one before gives.

    Arguments:
        cell: what happens at each step
        zero_output_for_mask: whether the output at a step that does not count is zero instead of the one before
    """

    cell: Annotated[Cell, LayerOf(CELLS)]
    zero_output_for_mask: bool = False

    @model_validator(mode="after")
    def _keeps_its_word(self) -> Self:
        if not self.trainable:
            raise conflict("trainable", "Keras trains the cell all the same; `trainable` belongs to it")
        if self.cell.penalized and not self.unroll:
            raise conflict("cell", "Keras can't train with the `activity_regularizer` of a cell without `unroll`")
        return self

    @property
    def state_names(self) -> tuple[str, ...]:
        """Those of the cell."""
        return self.cell.state_names

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """Those of the cell."""
        return self.cell.state_sizes

    @property
    def output_size(self) -> int:
        """That of the cell."""
        return self.cell.output_size

    def check_inputs(self, inputs: Tensor) -> None:
        """Refuse what the cell can't read."""
        for dtype in self.cell.drops_in - {self.compute_dtype}:
            raise WrongDtype(inputs, f"no dropout in a cell that computes in {dtype}", "cell.dtype")
        with inside("cell"):
            self.cell.check_inputs(self.cell.cast(inputs))

    def check_initial(self, given: Sequence[Tensor], states: Sequence[Tensor]) -> None:
        """Refuse states where Keras would want them in a list of lists."""
        if not self.cell.takes_states:
            raise WrongCount("initial_state", "no", len(given), tuple(given))
        super().check_initial(given, states)

    def after(self, step: Tensor) -> tuple[Tensor, ...]:
        """What the cell gives, in the dtype of the layer."""
        with inside("cell"):
            return tuple(one.with_dtype(self.compute_dtype) for one in self.cell.after(step))

    def step_variables(self, step: Tensor) -> Iterator[Variable]:
        """Those of the cell."""
        return cell_variables("cell", self.cell, step)

    def step_flops(self, step: Tensor) -> int:
        """Those of the cell. With a stack, Keras adds one step to the graph, of which nothing is used."""
        return self.cell.step_flops(step)

    cases = (
        case("N 5 3", cell=LSTM, to="N 5", params=180),
        case("N t 3", cell=GRU, return_sequences=True, return_state=True, to=("N t 4", "N 4"), params=108),
        case("N ? 3", cell=STACK, return_state=True, to=("N 5", "N 4", "N 5", "N 5"), params=308),
        case("2 5 3", cell=FLAT, stateful=True, ports={"initial_state": ("2 4", "2 4:int32")}, to="2 4", params=144),
        case("N 5 3:int32", cell=SIMPLE | {"trainable": False}, unroll=True, to="N 4", params=32, frozen=32),
        case("N 5 3", cell=GRU, ports={"initial_state": ("N 4",), "mask": "N 5:bool"}, to="N 4"),
        case("N 5 3", cell=STACK, zero_output_for_mask=True, return_sequences=True, ports={"mask": "N 5"}, to="N 5 5"),
        case("N 5 3", cell=LSTM | {"dtype": "float16"}, dtype="float64", return_state=True, to=("N 5:float64",) * 3),
        case("N 5 3", cell=GRU, dtype="mixed_bfloat16", go_backwards=True, to="N 4:bfloat16"),
        case("N 5 3", cell=GRU | {"activity_regularizer": "l2"}, unroll=True, to="N 4"),
        case("N 3", cell=LSTM, fails=WrongRank),
        case("N 5 3 2", cell=STACK, fails=WrongRank, late=True),
        case("N 5 ?", cell=STACK, fails=UnknownSize),
        case("N 5 3", cell=GRU, stateful=True, fails=UnknownSize),
        case("N ? 3", cell=GRU, unroll=True, fails=UnknownSize, silent="can't be exported"),
        case("N 5 3:string", cell=GRU, fails=WrongDtype, late=True),
        case("N 5 3:int32", cell=GRU | {"dropout": 0.5}, fails=WrongDtype, late=True),
        case("N 5 3", cell=GRU | {"dtype": "bfloat16"}, fails=VariableDtype),
        case("N 5 3", cell=GRU | {"dtype": "float16", "dropout": 0.5}, call=TRAIN, fails=WrongDtype, late=True),
        case("N 5 3", cell=GRU | {"dropout": 0.5}, dtype="float16", call=TRAIN, fails=WrongDtype, late=True),
        case("N 5 3", cell=GRU | {"recurrent_dropout": 0.5}, dtype="float64", to="N 4:float64"),
        case("N 5 3", cell=GRU, ports={"initial_state": ("N ?",)}, to="N 4"),
        case("N 5 3", cell=LSTM, ports={"initial_state": ("N 5",)}, fails=WrongCount, late=True),
        case("N 5 3", cell=STACK, ports={"initial_state": ("N 4", "N 5", "N 5")}, fails=WrongCount, late=True),
        case("N 5 3", cell=GRU, ports={"initial_state": ("N 5",)}, fails=WrongSize, late=True),
        case("N 5 3", cell=GRU, ports={"mask": "N 4:bool"}, fails=SizesDiffer, late=True),
        case("N 5 3", cell=GRU, unroll=True, ports={"mask": "N 6"}, fails=SizesDiffer, silent="the rest is lost"),
    )
