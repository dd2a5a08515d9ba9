"""Two tensors, entry by entry, into floats."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.beside import (
    alone,
    check_said,
    holds_integers,
    joined,
    joined_alone,
    need_more_than_booleans,
)
from netwright.catalog.families.pairs import Pair, PairOrNumber
from netwright.misfits import SizesDiffer, WrongDtype, WrongNumber
from netwright.operation import case
from netwright.promotion import result_type
from netwright.tensors import Scalar, Tensor


class Arctan2(PairOrNumber):
    """The angle of the point with the first as height and the second as width, from -pi to pi."""

    cost = 0

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """The floats that both become together, where Keras says it before: it says float32 for each number."""
        given = joined_alone("float", x1=x1, x2=x2)
        said = result_type(*("float32" if isinstance(one, Scalar) else one.dtype for one in (x1, x2)), "float")
        return check_said(said, given, x1=x1, x2=x2)

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 4:float16", "N 4:int32", to="N 4:float16"),
        case("N 4", x2=1, to="N 4"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:string", "N 4", fails=WrongDtype),
        case("N 4:float16", x2=1, fails=WrongNumber, silent="Keras says float32 and gives float16"),
        case("N 4", x2=1e300, fails=WrongNumber, late=True),
    )


class LogOfSum(PairOrNumber):
    """The logarithm of a sum of powers."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """The floats that both become together, where Keras says it before."""
        given = joined_alone("float", x1=x1, x2=x2)
        said = result_type(x1.dtype, x2.dtype, "float")
        return check_said(said, given, x1=x1, x2=x2)


class Logaddexp(LogOfSum):
    """The logarithm of the sum of the exponentials, without overflow between."""

    cost = 5

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 3 4:int32", "N 1 4:bfloat16", to="N 3 4:bfloat16"),
        case("N 4", x2=0.5, to="N 4"),
        case("N 4:float16", x2=1, to="N 4:float16"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:float16", x2=0.5, fails=WrongNumber, silent="Keras says float16 and gives float32"),
    )


class Logaddexp2(LogOfSum):
    """The logarithm to base 2 of the sum of the powers of 2, without overflow between."""

    cost = 7

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """Seven for each entry, and one for the logarithm of 2."""
        return super().flops(x1, x2) + 1

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 3 4", "N 1 4", to="N 3 4"),
        case("N 4:int32", x1=1, to="N 4"),
        case("N 4:float16", x2=0.5, fails=WrongNumber, silent="Keras says float16 and gives float32"),
    )


class Nextafter(PairOrNumber):
    """The float64 that comes after the first in the direction of the second, in the dtype of the result."""

    cost = 0

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """The floats that both become together."""
        return joined_alone("float", x1=x1, x2=x2)

    cases = (
        case("N 4:float64", "N 4:float64", to="N 4:float64"),
        case("N 4", x2=1, to="N 4"),
        case("N 4:float16", x2=0.5, to="N 4"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4", x2=1e300, fails=WrongNumber, late=True),
    )


class Ldexp(PairOrNumber):
    """The first times 2 to the power of the second, which must be integers."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """The floats that the first becomes."""
        dtype = joined_alone("float", x1=x1, x2=x2)
        if holds_integers(alone("x2", x2)):
            return dtype
        if isinstance(x2, Scalar):
            raise WrongNumber("x2", x2.value, "an integer")
        raise WrongDtype(x2, "integers at `x2`")

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """A product for each entry of the result, a comparison for each of `x1`, a power for each of `x2`."""
        return self.infer(x1, x2).each_sample() + x1.each_sample() + x2.each_sample()

    cases = (
        case("N 4", "N 4:int32", to="N 4"),
        case("N 3 4:float16", "N 1 4:int8", to="N 3 4:float16"),
        case("N 4", x2=3, to="N 4"),
        case("N 4:int32", x1=0.5, to="N 4"),
        case("N 4", "N 5:int32", fails=SizesDiffer),
        case("N 4", "N 4", fails=WrongDtype, late=True),
        case("N 4", x2=0.5, fails=WrongNumber, late=True),
        case("N 4:int32", x1=1e300, fails=WrongNumber, late=True),
    )


class ToFloats(Pair):
    """Two tensors into floats, of which Keras takes neither as a number."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """The floats that both become together; of int64 float64."""
        dtype = need_more_than_booleans(joined(x1=x1, x2=x2), x1, x2)
        if dtype == "int64":
            return "float64"
        return "float32" if holds_integers(dtype) else dtype


class Hypot(ToFloats):
    """The length of the hypotenuse over two sides."""

    cost = 5

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 3 4", "N 1 4", to="N 3 4"),
        case("N 4:int32", "N 4:int8", to="N 4"),
        case("N 4:int64", "N 4:bool", to="N 4:float64"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:bool", "N 4:bool", fails=WrongDtype, late=True),
    )


class Heaviside(ToFloats):
    """1 where the first is positive, 0 where it is negative, and the second where it is 0."""

    has_gradient: ClassVar[bool] = False

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """Two comparisons for each entry of the first."""
        return 2 * x1.each_sample()

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 1 4", "N 3 4", to="N 3 4"),
        case("N 4:int32", "N 4:int8", to="N 4"),
        case("N 4:bool", "N 4:bool", fails=WrongDtype, late=True),
    )
