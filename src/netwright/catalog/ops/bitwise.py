"""Two tensors of integers, bit by bit. The second is spread over the first, whose shape stays."""

from __future__ import annotations

from netwright.catalog.families.beside import holds_integers
from netwright.catalog.families.covering import cover
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.entries import RANGES
from netwright.misfits import RanksDiffer, SizesDiffer, WrongDtype, WrongNumber
from netwright.op import Number, Op
from netwright.operation import case
from netwright.promotion import result_type
from netwright.tensors import Scalar, Tensor


class Bitwise(Op):
    """Two tensors of integers; Keras takes no number for the first."""

    def infer(self, x: Tensor, y: Tensor) -> Tensor:
        """The shape of the first, which Keras promises whatever the second is."""
        return Tensor(cover(x, y), self.dtype_of(x, y))

    def dtype_of(self, x: Tensor, y: Tensor) -> str:
        """What both become together, if it is one of integers.

        Raises:
            WrongDtype: it is another.
        """
        dtype = result_type(need_numbers(x).dtype, need_numbers(y).dtype)
        if not holds_integers(dtype):
            raise WrongDtype(x if holds_integers(y.dtype) else y, _need(x.dtype, y.dtype))
        return dtype


def _need(first: str, second: str) -> str:
    if "uint64" in (first, second) and holds_integers(first) and holds_integers(second):
        return "uint64 beside unsigned integers only"
    return "integers, or booleans beside integers"


class BitwiseAnd(Bitwise):
    """The bits that are set in both."""

    cases = (
        case("N 4:int32", "N 4:int32", to="N 4:int32"),
        case("N t 4:uint8", "N 1 4:int8", to="N t 4:int16"),
        case("N t:int32", "N 3:int32", to="N ?:int32"),
        case("N 3:int32", "N ?:int32", to="N 3:int32"),
        case("N t:int32", "N t:int32", to="N t:int32"),
        case("N 3 4:int32", "N 4:int32", to="N 3 4:int32"),
        case("N 4:bool", "N 4:int64", to="N 4:int64"),
        case("N 4:uint64", "N 4:uint8", to="N 4:uint32"),
        case("N 4:int32", "N 5:int32", fails=SizesDiffer, late=True),
        case("N 1:int32", "N 4:int32", fails=SizesDiffer, silent="Keras says (batch, 1) and gives (batch, 4)"),
        case("N 4:int32", "N 3 4:int32", fails=RanksDiffer, silent="Keras says (batch, 4) and gives more axes"),
        case("N 4", "N 4:int32", fails=WrongDtype, late=True),
        case("N 4:bool", "N 4:bool", fails=WrongDtype, late=True),
        case("N 4:uint64", "N 4:int32", fails=WrongDtype, late=True),
        case("N 4:string", "N 4:string", fails=WrongDtype, late=True),
    )


class BitwiseOr(Bitwise):
    """The bits that are set in one of two or in both."""

    cases = (
        case("N 4:int32", "N 4:int32", to="N 4:int32"),
        case("N 4:int32", "N 4", fails=WrongDtype, late=True),
        case("N 1:int32", "N 4:int32", fails=SizesDiffer, silent="Keras says (batch, 1) and gives (batch, 4)"),
        case("N 4:int32", "N 3 4:int32", fails=RanksDiffer, silent="Keras says (batch, 4) and gives more axes"),
    )


class BitwiseXor(Bitwise):
    """The bits that are set in one of two and not in the other."""

    cases = (
        case("N 4:int32", "N 4:int32", to="N 4:int32"),
        case("N 4:int32", "N 4", fails=WrongDtype, late=True),
        case("N 1:int32", "N 4:int32", fails=SizesDiffer, silent="Keras says (batch, 1) and gives (batch, 4)"),
        case("N 4:int32", "N 3 4:int32", fails=RanksDiffer, silent="Keras says (batch, 4) and gives more axes"),
    )


class Shift(Bitwise):
    """The first with its bits moved as far as the second says.

    Arguments:
        y: how far, as one number for all
    """

    y: Number = None

    def dtype_of(self, x: Tensor, y: Tensor) -> str:
        """That of the first beside a number, which must leave some of its bits; else what both become together."""
        if not isinstance(y, Scalar):
            return super().dtype_of(x, y)
        if not holds_integers(x.dtype):
            raise WrongDtype(x, "integers")
        bits = RANGES[x.dtype][1].bit_length() + (not x.dtype.startswith("u"))
        if type(y.value) is not int or not 0 <= y.value < bits:
            raise WrongNumber("y", y.value, f"an integer from 0 to {bits - 1} beside {x.dtype}")
        return x.dtype


class BitwiseLeftShift(Shift):
    """The first with its bits moved towards the highest."""

    cases = (
        case("N 4:int32", "N 4:int32", to="N 4:int32"),
        case("N t 4:uint8", "N 1 4:int8", to="N t 4:int16"),
        case("N 4:uint64", y=63, to="N 4:uint64"),
        case("N 4:int32", "N 5:int32", fails=SizesDiffer, late=True),
        case("N 4:bool", y=1, fails=WrongDtype, late=True),
        case("N 4:int32", "N 4", fails=WrongDtype, late=True),
        case("N 4:int32", y=0.5, fails=WrongNumber),
        case("N 4:int32", y=32, fails=WrongNumber, silent="what comes out is left to the machine"),
        case("N 1:int32", "N 4:int32", fails=SizesDiffer, silent="Keras says (batch, 1) and gives (batch, 4)"),
        case("N 4:int32", "N 3 4:int32", fails=RanksDiffer, silent="Keras says (batch, 4) and gives more axes"),
    )


class BitwiseRightShift(Shift):
    """The first with its bits moved towards the lowest; those of a negative number are filled up with ones."""

    cases = (
        case("N 4:int32", "N 4:int32", to="N 4:int32"),
        case("N 4:uint8", y=7, to="N 4:uint8"),
        case("N 4:int8", "N 4", fails=WrongDtype, late=True),
        case("N 4:uint8", y=8, fails=WrongNumber, silent="what comes out is left to the machine"),
        case("N 1:int32", "N 4:int32", fails=SizesDiffer, silent="Keras says (batch, 1) and gives (batch, 4)"),
        case("N 4:int32", "N 3 4:int32", fails=RanksDiffer, silent="Keras says (batch, 4) and gives more axes"),
    )
