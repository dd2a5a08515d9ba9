"""`StackedRNNCells`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.cells import Cell, cell_variables
from netwright.layer import LayersOf
from netwright.misfits import UnknownSize, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import Variable, case, inside
from netwright.tensors import Tensor

CELLS = ("SimpleRNNCell", "GRUCell", "LSTMCell")
# For the cases.
SIMPLE: dict[str, Any] = {"type": "SimpleRNNCell", "units": 5}
GRU: dict[str, Any] = {"type": "GRUCell", "units": 4}
LSTM: dict[str, Any] = {"type": "LSTMCell", "units": 4}
HALF: dict[str, Any] = {"dtype": "mixed_float16"}


class StackedRNNCells(Cell):
    """One step of several cells, each of which reads what the one before it gives, for an `RNN` to repeat.

    Arguments:
        cells: the cells, from the one that reads the input to the one that gives the output
    """

    cells: Annotated[tuple[Cell, ...], LayersOf(CELLS)]

    @model_validator(mode="after")
    def _keeps_its_word(self) -> Self:
        if not self.trainable:
            raise conflict("trainable", "Keras trains the cells all the same; `trainable` belongs to them")
        # Keras takes the state out of its list then, and fails with masks, with `unroll` or with two states.
        if len(self.cells) == 1:
            raise conflict("cells", "a stack of one is that cell itself, and Keras mixes up its states")
        return self

    @property
    def state_names(self) -> tuple[str, ...]:
        """Those of all cells, with the number of the cell, from 0."""
        return tuple(f"{state}_{i}" for i, cell in enumerate(self.cells) for state in cell.state_names)

    @property
    def state_sizes(self) -> tuple[int, ...]:
        """Those of all cells."""
        return tuple(size for cell in self.cells for size in cell.state_sizes)

    @property
    def output_size(self) -> int:
        """That of the last cell."""
        return self.cells[-1].output_size

    @property
    def penalized(self) -> bool:
        """Whether the stack or a cell adds to the loss at each step."""
        return super().penalized or any(cell.penalized for cell in self.cells)

    @property
    def takes_states(self) -> bool:
        """Whether each cell has one state: Keras wants those of a cell with two in a list of their own."""
        return len(self.state_sizes) == len(self.cells)

    def infer(self, inputs: Tensor, states: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """What the last cell gives, and the states of all cells."""
        if not self.takes_states:
            raise WrongCount("states", "no", len(states), tuple(states))
        return super().infer(inputs, states)

    def check_inputs(self, inputs: Tensor) -> None:
        """Refuse what the first cell can't read."""
        with inside("cells.0"):
            self.cells[0].check_inputs(self.cells[0].cast(inputs))

    def after(self, step: Tensor) -> tuple[Tensor, ...]:
        """What the last cell gives, and the states of all cells."""
        output, found = step, []
        for i, cell in enumerate(self.cells):
            # Keras casts the states to the dtype of the stack, and can't carry on with another.
            if cell.compute_dtype != self.compute_dtype:
                raise WrongDtype(step, f"cells that compute in {self.compute_dtype}", f"cells.{i}.dtype")
            with inside(f"cells.{i}"):
                output, *states = cell.after(output)
            found += states
        return (output, *found)

    def step_variables(self, step: Tensor) -> Iterator[Variable]:
        """Those of all cells."""
        for i, (cell, inputs) in enumerate(self._fed(step)):
            yield from cell_variables(f"cells.{i}", cell, inputs)

    def step_flops(self, step: Tensor) -> int:
        """Those of all cells."""
        return sum(cell.step_flops(inputs) for cell, inputs in self._fed(step))

    def _fed(self, step: Tensor) -> Iterator[tuple[Cell, Tensor]]:
        """Each cell, with what it reads."""
        for cell in self.cells:
            yield cell, step
            step = step.with_last(cell.output_size)

    cases = (
        case("N 3", "N 4", "N 5", cells=[GRU, SIMPLE], to=("N 5", "N 4", "N 5"), params=158),
        case("2 3:bool", "2 5:int32", "2 4", cells=[SIMPLE, GRU], to=("2 4", "2 5", "2 4"), params=177),
        case("N 3", "N 4", "N 4", cells=[GRU | HALF] * 2, **HALF, to=("N 4:float16",) * 3),
        case("N 3", "N 4", "N 4", cells=[GRU | {"trainable": False}, GRU], to=("N 4",) * 3, params=228, frozen=108),
        case("N 5 3", "N 4", "N 4", cells=[GRU, GRU], fails=WrongRank, late=True),
        case("N ?", "N 4", "N 4", cells=[GRU, GRU], fails=UnknownSize),
        case("N 3", "N 4", cells=[GRU, GRU], fails=WrongCount, silent="one is lost"),
        case("N 3", "N 4", "N 4", "N 4", cells=[GRU, LSTM], fails=WrongCount),
        case("N 3", "N 4", "N 4", cells=[GRU, SIMPLE], fails=WrongSize),
        case("N 3:string", "N 4", "N 4", cells=[GRU, GRU], fails=WrongDtype),
        case("N 3", "N 4", "N 4", cells=[GRU | HALF, GRU], fails=WrongDtype, silent="fails when it is repeated"),
    )
