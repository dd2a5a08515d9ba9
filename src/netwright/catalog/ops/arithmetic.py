"""Two tensors, entry by entry, into numbers."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.beside import (
    check_said,
    joined,
    joined_alone,
    need_more_than_booleans,
    numbers_of,
)
from netwright.catalog.families.biases import check_no_bias
from netwright.catalog.families.pairs import PairOrNumber
from netwright.misfits import RanksDiffer, SizesDiffer, WrongDtype, WrongNumber, WrongSize
from netwright.operation import case
from netwright.tensors import FLOATS, Scalar, Tensor

WRAPPED = "Keras makes 44 of it"
# The greatest int32.
MOST = 2**31 - 1


class Binary(PairOrNumber):
    """Two tensors of which one may be a number, but not booleans alone."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """What both become together."""
        return need_more_than_booleans(joined(x1=x1, x2=x2), x1, x2)


class Add(Binary):
    """The sum, entry by entry."""

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The shape over which both can be spread; `x2` only as it is not taken for a bias."""
        result = super().infer(x1, x2)
        check_no_bias(x1, x2)
        return result

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 3 4", "N 1 4", to="N 3 4"),
        case("N t 1", "N t 4", to="N t 4"),
        case("N 3 4", "N 3 1", to="N 3 4"),
        case("N ? 4", "N 1 4", to="N ? 4"),
        case("N t 4", "N u 4", to="N ? 4"),
        case("2 3", "N 3", to="2 3"),
        case("N 4:int32", x2=1, to="N 4:int32"),
        case("N 4:int32", x1=0.5, to="N 4"),
        case("N 4:uint8", "N 4:int8", to="N 4:int16"),
        case("N 4:bool", "N 4:float16", to="N 4:float16"),
        case("N 4:bool", x2=1, to="N 4:int32"),
        case("N 4:uint64", x2=1, to="N 4:uint32"),
        case("N ? 4", "N 5 4", to="N 5 4"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N ? 4", "N 5 3", fails=SizesDiffer),
        case("N 4", "N 4:string", fails=WrongDtype),
        case("N 4:bool", "N 4:bool", fails=WrongDtype, late=True),
        case("N 4:string", "N 4:string", fails=WrongDtype, silent="Keras fails where one sample arrives alone"),
        case("N 4:bfloat16", x2=True, fails=WrongNumber, late=True),
        case("N 4:uint8", x2=300, fails=WrongNumber, silent=WRAPPED),
        case("N 4", "N 1", fails=WrongSize, silent="for four samples Keras adds along the other axis"),
        case("N 5 3", "N 1 5", fails=SizesDiffer),
        case("N t 4", "N t 1", fails=WrongSize, silent="for one sample of 4 steps Keras adds along the last axis"),
        case("N 4", "N 1 4", fails=RanksDiffer, silent="for one sample Keras gives (1, 4)"),
        case("N 4 1", "N 1 4", fails=WrongSize, silent="for one sample Keras gives (1, 4, 1)"),
    )


class Subtract(Binary):
    """The first less the second, entry by entry."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """What both become together. Of 0 less the second TensorFlow makes a negation, which small integers lack."""
        dtype = super().dtype_of(x1, x2)
        if isinstance(x1, Scalar) and x1.value == 0 and dtype in {"uint8", "uint16"}:
            raise WrongNumber("x1", x1.value, f"more than 0 beside {dtype}")
        return dtype

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N t 4", "N t 1", to="N t 4"),
        case("N 4:int32", x2=1, to="N 4:int32"),
        case("N 4:uint8", x1=255, to="N 4:uint8"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:bool", x1=True, fails=WrongDtype, late=True),
        case("N 4:string", "N 4:string", fails=WrongDtype, late=True),
        case("N 4:uint8", x1=300, fails=WrongNumber, silent=WRAPPED),
        case("N 4:uint8", x1=0, fails=WrongNumber, silent="it fails in a graph, and runs outside of one"),
    )


class Multiply(Binary):
    """The product, entry by entry."""

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N t 4", "N t 1", to="N t 4"),
        case("N 4:int32", x2=0.5, to="N 4"),
        case("N 4:bool", "N 4:int64", to="N 4:int64"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:uint8", x2=300, fails=WrongNumber, silent=WRAPPED),
    )


class FloorDivide(Binary):
    """The quotient, rounded down."""

    has_gradient: ClassVar[bool] = False

    cost = 0

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """What both become together."""
        return check_divisor(super().dtype_of(x1, x2), x2)

    cases = (
        case("N 4:int32", "N 4:int32", to="N 4:int32"),
        case("N 4", x2=2, to="N 4"),
        case("N 4:int32", x2=0, fails=WrongNumber, late=True),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:uint8", x2=300, fails=WrongNumber, silent=WRAPPED),
    )


class Power(Binary):
    """The first to the power of the second."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """What both become together; TensorFlow takes unsigned integers as int32, and no negative exponent of any."""
        dtype = super().dtype_of(x1, x2)
        for port, number in numbers_of({"x1": x1, "x2": x2}).items():
            if dtype.startswith("uint") and number.value > MOST:
                raise WrongNumber(port, number.value, f"at most {MOST} beside {dtype}")
            if port == "x2" and number.value < 0 and "int" in dtype:
                raise WrongNumber(port, number.value, f"0 or more beside {dtype}")
        return dtype

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 4", x2=2, to="N 4"),
        case("N 4:int32", x2=0.5, to="N 4"),
        case("N 4", x2=-1, to="N 4"),
        case("N 4:uint8", x1=2, to="N 4:uint8"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:int32", x2=-1, fails=WrongNumber, late=True),
        case("N 4:uint32", x2=2**31, fails=WrongNumber, late=True),
        case("N 4:uint8", x2=300, fails=WrongNumber, silent=WRAPPED),
    )


class Maximum(Binary):
    """The greater of two entries; what is no number stays none."""

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 4:int32", x2=0, to="N 4:int32"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:uint8", x2=-1, fails=WrongNumber, silent="Keras makes 255 of it"),
    )


class Minimum(Binary):
    """The lesser of two entries; what is no number stays none."""

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 4:int32", x2=0, to="N 4:int32"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:uint8", x2=300, fails=WrongNumber, silent=WRAPPED),
    )


class Fmax(Binary):
    """The greater of two entries; of a number and what is none, the number."""

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 4:uint8", x2=300, fails=WrongNumber, silent=WRAPPED),
    )


class Fmin(Binary):
    """The lesser of two entries; of a number and what is none, the number."""

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 4:uint8", x2=300, fails=WrongNumber, silent=WRAPPED),
    )


class Quotient(PairOrNumber):
    """A quotient, entry by entry, in floats."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """The floats that both become together."""
        return joined("float", x1=x1, x2=x2)


class Divide(Quotient):
    """The quotient, entry by entry, in floats."""

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N t 4", "N t 1", to="N t 4"),
        case("N 4:uint8", x2=255, to="N 4"),
        case("N 4:float16", x1=1, to="N 4:float16"),
        case("N 4:int64", "N 4:int64", to="N 4"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:string", "N 4", fails=WrongDtype),
        case("N 4:bfloat16", x2=True, fails=WrongNumber, late=True),
    )


class DivideNoNan(Quotient):
    """The quotient, entry by entry, in floats; 0 where the second is 0."""

    cost = 0

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 4:int32", x2=2, to="N 4"),
        case("N 4", "N 5", fails=SizesDiffer),
    )


def check_divisor(dtype: str, divisor: Tensor) -> str:
    """The dtype of a division, if it is not one of integers by the number 0.

    Raises:
        WrongNumber: it is.
    """
    if isinstance(divisor, Scalar) and not divisor.value and dtype not in FLOATS:
        raise WrongNumber("x2", divisor.value, f"another number than 0 beside {dtype}")
    return dtype


class Remainder(PairOrNumber):
    """What is left of the first after division by the second."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """What both become together, where Keras says it before; for booleans int32."""
        given = joined_alone(x1=x1, x2=x2)
        dtype = check_said(joined(x1=x1, x2=x2), given, x1=x1, x2=x2)
        return check_divisor("int32" if dtype == "bool" else dtype, x2)


class Mod(Remainder):
    """What is left of the first after division by the second; it has the sign of the second."""

    cost = 0

    cases = (
        case("N 4:int32", "N 4:int32", to="N 4:int32"),
        case("N 4", x2=2, to="N 4"),
        case("N 4:int32", x2=2, to="N 4:int32"),
        case("N 4:int32", x2=False, fails=WrongNumber, late=True),
        case("N 4:bool", "N 4:bool", to="N 4:int32"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:uint8", x2=2, fails=WrongNumber, silent="Keras says uint8 and gives int32"),
        case("N 4:float16", x1=0.5, fails=WrongNumber, silent="Keras says float16 and gives float32"),
        case("N 4", x2=1e300, fails=WrongNumber, late=True),
    )


class Fmod(Remainder):
    """What is left of the first after division by the second; it has the sign of the first."""

    cases = (
        case("N 4:int32", "N 4:int32", to="N 4:int32"),
        case("N 4", x2=2, to="N 4"),
        case("N 4:uint8", x2=2, fails=WrongNumber, silent="Keras says uint8 and gives int32"),
    )
