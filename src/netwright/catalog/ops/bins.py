"""Numbers sorted into intervals, between ends that stand in the spec."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import choice
from netwright.catalog.families.rows import Ascending, Row
from netwright.misfits import WrongDtype, WrongRank
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor

Ends = Annotated[Row, Ascending()]


class Digitize(Op):
    """The number of the interval that each entry is in: how many of the ends are not greater.

    Arguments:
        bins: the ends of the intervals, in ascending order
    """

    bins: Ends

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input, in int32."""
        if x.dtype in {"uint64", "string"}:
            raise WrongDtype(x, "numbers other than uint64")
        return x.with_dtype("int32")

    cases = (
        case("N 4", bins=[0, 0.5, 1], to="N 4:int32"),
        case("N t 4:uint8", bins=[10, 100], to="N t 4:int32"),
        case("N:bool", bins=[1], to="N:int32"),
        case("N 4:uint64", bins=[1], fails=WrongDtype, late=True),
        case("N 4:string", bins=[1], fails=WrongDtype, late=True),
    )


class Searchsorted(Op):
    """The place at which each entry would stand in a sorted list.

    Arguments:
        sorted_sequence: the list, in ascending order
        side: whether entries that are in the list go to the `left` of their like or to the `right`
    """

    sorted_sequence: Ends
    side: Annotated[str, choice("left", "right")] = "left"

    def infer(self, values: Tensor) -> Tensor:
        """The shape of the values, in int32. The list is an array of NumPy's, of int64 or float64."""
        values.need_rank(1, "batch")
        need = "float64" if any(isinstance(one, float) for one in self.sorted_sequence) else "int64"
        if values.dtype != need:
            raise WrongDtype(values, f"{need}, as in its `sorted_sequence`")
        return values.with_dtype("int32")

    cases = (
        case("N:float64", sorted_sequence=[0, 0.5, 1], to="N:int32"),
        case("N:int64", sorted_sequence=[1, 10, 100], side="right", to="N:int32"),
        case("N", sorted_sequence=[0, 0.5, 1], fails=WrongDtype, late=True),
        case("N:float64", sorted_sequence=[1, 2], fails=WrongDtype, late=True),
        case("N 4:float64", sorted_sequence=[0.5], fails=WrongRank, late=True),
    )
