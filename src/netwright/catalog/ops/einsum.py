"""Products of any number of tensors, summed as an equation says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from pydantic import model_validator

from netwright.catalog.families.beside import need_more_than_booleans
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.einsum import Sum, Summation, check_sum
from netwright.misfits import SizesDiffer, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.op import Op
from netwright.operation import case
from netwright.promotion import result_type
from netwright.tensors import Tensor

# For the cases.
ROWS: dict[str, Any] = {"subscripts": "...a,ab->...b"}


class Einsum(Op):
    """The products of several tensors, summed as an equation says.

    In `ab,bc->ac`, letters name the axes of each tensor and of the output; what is not in the output is summed over.
    Dots stand for any further axes.

    Arguments:
        subscripts: which axes meet, and which are left
    """

    # The profiler does not know what TensorFlow makes of most equations.
    profiled: ClassVar[bool] = False

    subscripts: Sum

    @model_validator(mode="after")
    def _works(self) -> Self:
        check_sum(self.subscripts, "subscripts")
        return self

    def infer(self, operands: Sequence[Tensor]) -> Tensor:
        """The sizes of the axes that are left."""
        dtypes = {need_numbers(one).dtype for one in operands}
        shape = Summation(self.subscripts, tuple(operands)).shape
        if dtypes == {"int8"}:
            return Tensor(shape, "int32")
        return Tensor(shape, need_more_than_booleans(result_type(*sorted(dtypes)), *operands))

    def flops(self, operands: Sequence[Tensor]) -> int:
        """As many products as a loop over all letters would make, and as many sums if anything is summed over."""
        return Summation(self.subscripts, tuple(operands)).flops

    cases = (
        case("N 3", "3 4", subscripts="ab,bc->ac", to="N 4"),
        case("N 2 3", "3 4", **ROWS, to="N 2 4"),
        case("N 3", "N t 3", "N 4", subscripts="ab,acb,ad->cd", to="t 4"),
        case("N t 3 3", "N u 3 3", subscripts="bqhd,bkhd->bhqk", to="N 3 t u"),
        case("N 2 3", subscripts="abc->acb", to="N 3 2"),
        case("N 3 3", subscripts="abb->a", to="N"),
        case("N 2 3", subscripts="...->...", to="N 2 3"),
        case("N 2 3", subscripts="abc->", to=":"),
        case("N 5 3 3", "N 1 3 3", subscripts="a...b,a...b->a...", to="N 5 3"),
        case("N", ":int32", subscripts="a,->a", to="N"),
        case("N 3:int8", "3 4:int8", subscripts="ab,bc->ac", to="N 4:int32"),
        case("N 3:bool", "3 4:uint8", subscripts="ab,bc->ac", to="N 4:uint8"),
        case("N 3", "N 4", subscripts="ab,ab->a", fails=SizesDiffer, late=True),
        case("N 1 2 3", "N 5 3 4", subscripts="abc,acd->abd", fails=WrongRank),
        case("N 3", "N 3", "N 3", subscripts="ab,ab->a", fails=WrongCount),
        case(
            "N 5 2 3",
            "N 2 3",
            subscripts="a...b,a...b->a...",
            fails=WrongRank,
            silent="Keras lets the batch meet an axis of the dots",
        ),
        case("N 1 3", "3 4", **ROWS, fails=WrongSize, silent="TensorFlow may write beyond its memory"),
        case("N 3:bool", "3 4:bool", subscripts="ab,bc->ac", fails=WrongDtype, late=True),
        case("N 3:string", "3 4", subscripts="ab,bc->ac", fails=WrongDtype),
    )
