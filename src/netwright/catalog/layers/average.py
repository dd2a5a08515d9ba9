"""`Average`."""

from __future__ import annotations

from collections.abc import Sequence

from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.merging import Merge
from netwright.misfits import SizesDiffer, WrongDtype
from netwright.operation import case
from netwright.tensors import Tensor


class Average(Merge):
    """Take the mean of tensors, entry by entry."""

    def infer(self, inputs: Sequence[Tensor]) -> Tensor:
        """The shape over which all inputs can be spread. One of them holds floats."""
        output = super().infer(inputs)
        if output.integers:
            need_floats(inputs[0])
        return output

    def flops(self, inputs: Sequence[Tensor]) -> int:
        """The sums, and a division for each entry."""
        return super().flops(inputs) + self.infer(inputs).each_sample()

    cases = (
        case("N 4", "N 4", to="N 4", params=0),
        case("N 3 4", "N 1 4", "N 4", to="N 3 4"),
        case("N t 4", "N t 4", to="N t 4"),
        case("N 4", to="N 4"),
        case("N 4:int32", "N 4", to="N 4"),
        case("N 4:int32", "N 4:int32", fails=WrongDtype, silent="Keras says float32, and gives float64"),
        case("N 4", "N 4:bool", dtype="mixed_bfloat16", to="N 4:bfloat16"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:bool", "N 4:bool", fails=WrongDtype, late=True),
    )
