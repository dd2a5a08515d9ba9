"""Two tensors of integers, entry by entry, into their common divisors and multiples."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.beside import alone, check_said, holds_integers, joined_alone, numbers_of
from netwright.catalog.families.pairs import PairOrNumber
from netwright.misfits import SizesDiffer, UnknownSize, WrongDtype, WrongNumber
from netwright.operation import case
from netwright.promotion import result_type
from netwright.tensors import Scalar, Tensor

EXPORTED = "Keras runs it on a batch at hand, and fails in a graph for any"
SAYS = "of a number Keras says int64, and gives int32"


class Divisor(PairOrNumber):
    """Two tensors of integers, of which one may be a number."""

    # The numbers are divided in a loop, which the profiler does not look into and which ends when they say so.
    cost = 0
    booleans: ClassVar[bool] = False

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The shape over which both can be spread, of which TensorFlow must know all before the loop begins."""
        result = super().infer(x1, x2)
        for back, size in enumerate(reversed(result.shape), 1):
            if not isinstance(size, int):
                one = next(one for one in (x2, x1) if one.rank >= back and not isinstance(one.shape[-back], int))
                raise UnknownSize(one, one.rank - back, "where the graph is made, for it divides in a loop")
        return result

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """What both become together, if it is one of integers, where Keras says it before."""
        given = joined_alone(x1=x1, x2=x2)
        for port, number in numbers_of({"x1": x1, "x2": x2}).items():
            if not self._takes(alone(port, number)):
                raise WrongNumber(port, number.value, "an integer")
        tensors = [one for one in (x2, x1) if not isinstance(one, Scalar)]
        for one in tensors:
            if not self._takes(one.dtype):
                raise WrongDtype(one, "integers")
        if not holds_integers(given):
            raise WrongDtype(tensors[0], "integers, uint64 beside unsigned ones only and booleans not alone")
        said = result_type(*("int64" if one.dtype == "int" else one.dtype for one in (x1, x2)))
        return check_said(said, given, x1=x1, x2=x2)

    def _takes(self, dtype: str) -> bool:
        return holds_integers(dtype) or (self.booleans and dtype == "bool")


class Gcd(Divisor):
    """The greatest common divisor."""

    booleans = True

    cases = (
        case("2 4:int32", "2 4:int32", to="2 4:int32"),
        case("2 3:int64", x2=12, to="2 3:int64"),
        case("2 3:int32", x1=True, to="2 3:int32"),
        case("2 3 4:int8", "1 3 1:uint8", to="2 3 4:int16"),
        case("2 4:int32", "2 5:int32", fails=SizesDiffer),
        case("2 4", "2 4:int32", fails=WrongDtype, late=True),
        case("2 4:bool", "2 4:bool", fails=WrongDtype, late=True),
        case("2 4:uint64", "2 4:int8", fails=WrongDtype, late=True),
        case("2 4:int32", x2=0.5, fails=WrongNumber, late=True),
        case("2 4:int32", x2=12, fails=WrongNumber, silent=SAYS),
        case("N 4:int32", "N 4:int32", fails=UnknownSize, silent=EXPORTED),
        case("2 t:int32", "2 1:int32", fails=UnknownSize, silent=EXPORTED),
    )


class Lcm(Divisor):
    """The least common multiple."""

    cost = 3

    cases = (
        case("2 4:int32", "2 4:int32", to="2 4:int32"),
        case("2 3 4:int8", "1 3 1:uint8", to="2 3 4:int16"),
        case("2 4:int32", "2 4:bool", fails=WrongDtype, late=True),
        case("2 4:int64", x2=True, fails=WrongNumber, late=True),
        case("2 4:int32", x2=12, fails=WrongNumber, silent=SAYS),
        case("N 4:int32", "N 4:int32", fails=UnknownSize, silent=EXPORTED),
    )
