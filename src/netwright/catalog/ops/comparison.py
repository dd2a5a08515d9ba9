"""Two tensors, entry by entry, into booleans."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from netwright.catalog.families.arrays import FLOAT32
from netwright.catalog.families.beside import joined_alone, need_more_than_booleans
from netwright.catalog.families.pairs import PairOrNumber
from netwright.misfits import SizesDiffer, WrongDtype, WrongNumber
from netwright.operation import case
from netwright.tensors import Tensor

# TensorFlow makes float32 of it.
Tolerance = Annotated[float, Field(ge=0, le=FLOAT32)]


class Comparison(PairOrNumber):
    """Two tensors of numbers, of which one may be a number, but not booleans alone."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """Booleans."""
        need_more_than_booleans(joined_alone(x1=x1, x2=x2), x1, x2)
        return "bool"


class Greater(Comparison):
    """Whether the first is greater than the second, entry by entry."""

    cases = (
        case("N 4", "N 4", to="N 4:bool"),
        case("N t 4", "N t 1", to="N t 4:bool"),
        case("N 4:int32", x2=0.5, to="N 4:bool"),
        case("N 4:uint8", x2=300, to="N 4:bool"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:bool", "N 4:bool", fails=WrongDtype, late=True),
        case("N 4:string", "N 4:string", fails=WrongDtype, late=True),
        case("N 4", x2=1e300, fails=WrongNumber, late=True),
    )


class GreaterEqual(Comparison):
    """Whether the first is greater than the second or the same, entry by entry."""

    cases = (
        case("N 4", "N 4", to="N 4:bool"),
        case("N 4:int32", x2=0, to="N 4:bool"),
        case("N 4", "N 5", fails=SizesDiffer),
    )


class Less(Comparison):
    """Whether the first is less than the second, entry by entry."""

    cases = (
        case("N 4", "N 4", to="N 4:bool"),
        case("N 4:int32", x2=0, to="N 4:bool"),
        case("N 4", "N 5", fails=SizesDiffer),
    )


class LessEqual(Comparison):
    """Whether the first is less than the second or the same, entry by entry."""

    cases = (
        case("N 4", "N 4", to="N 4:bool"),
        case("N 4:int32", x2=0, to="N 4:bool"),
        case("N 4", "N 5", fails=SizesDiffer),
    )


class Equality(PairOrNumber):
    """Two tensors of numbers or two of text."""

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """Booleans."""
        if not x1.dtype == x2.dtype == "string":
            joined_alone(x1=x1, x2=x2)
        return "bool"


class Equal(Equality):
    """Whether two entries are the same."""

    cases = (
        case("N 4", "N 4", to="N 4:bool"),
        case("N t 4", "N t 1", to="N t 4:bool"),
        case("N t:int32", x2=0, to="N t:bool"),
        case("N 4:bool", "N 4:bool", to="N 4:bool"),
        case("N 4:string", "N 1:string", to="N 4:bool"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:string", "N 4", fails=WrongDtype, late=True),
        case("N 4:string", x2=1, fails=WrongDtype, late=True),
        case("N 4", x2=1e300, fails=WrongNumber, late=True),
    )


class NotEqual(Equality):
    """Whether two entries differ."""

    cases = (
        case("N 4", "N 4", to="N 4:bool"),
        case("N t:int32", x2=0, to="N t:bool"),
        case("N 4:string", "N 4:string", to="N 4:bool"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:string", "N 4", fails=WrongDtype, late=True),
    )


class Logical(PairOrNumber):
    """Two tensors of booleans; of numbers, 0 is false and all others are true."""

    cost = 0

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """Booleans."""
        joined_alone(x1=x1, x2=x2)
        return "bool"


class LogicalAnd(Logical):
    """Whether both are true, entry by entry."""

    cases = (
        case("N 4:bool", "N 4:bool", to="N 4:bool"),
        case("N 3 4:bool", "N 1 4", to="N 3 4:bool"),
        case("N t:bool", x2=True, to="N t:bool"),
        case("N 4:bool", "N 5:bool", fails=SizesDiffer),
        case("N 4:string", "N 4:string", fails=WrongDtype, late=True),
        case("N 4", x2=1e300, fails=WrongNumber, late=True),
    )


class LogicalOr(Logical):
    """Whether one of two entries is true, or both are."""

    cases = (
        case("N 4:bool", "N 4:bool", to="N 4:bool"),
        case("N 4:bool", "N 5:bool", fails=SizesDiffer),
    )


class LogicalXor(Logical):
    """Whether one of two entries is true and the other is not."""

    cases = (
        case("N 4:bool", "N 4:bool", to="N 4:bool"),
        case("N 4:bool", "N 5:bool", fails=SizesDiffer),
    )


class Closeness(Equality):
    """Whether floats differ by little; of others, whether they are the same.

    Arguments:
        rtol: how far two floats may be apart, as a share of the second
        atol: how far two floats may be apart, beside the share
        equal_nan: whether what is no number is close to what is none
    """

    rtol: Tolerance = 1e-5
    atol: Tolerance = 1e-8
    equal_nan: bool = False

    def compared(self, x1: Tensor, x2: Tensor) -> str:
        """The dtype in which they are compared.

        Raises:
            Misfit: they can't be.
        """
        return "string" if x1.dtype == x2.dtype == "string" else joined_alone(x1=x1, x2=x2)


class Isclose(Closeness):
    """Whether two entries are almost the same."""

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """Of floats a difference and a comparison for each entry, and two operations for the bound of each of `x2`."""
        entries = self.infer(x1, x2).each_sample()
        return 2 * (entries + x2.each_sample()) if "float" in self.compared(x1, x2) else entries

    cases = (
        case("N 4", "N 4", to="N 4:bool"),
        case("N 3 4", "N 1 4", equal_nan=True, to="N 3 4:bool"),
        case("N 4", x2=1, atol=0.1, to="N 4:bool"),
        case("N 4:int32", "N 4:uint8", to="N 4:bool"),
        case("N 4:string", "N 4:string", to="N 4:bool"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:string", "N 4", fails=WrongDtype, late=True),
        case("N 4", x2=1e300, fails=WrongNumber, late=True),
    )


class Allclose(Closeness):
    """Whether all entries of two whole batches are almost the same: one boolean."""

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """A tensor without axes."""
        return super().infer(x1, x2).with_shape()

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """As for `isclose`, and of floats another comparison for each entry."""
        entries = super().infer(x1, x2).each_sample()
        return 3 * entries + 2 * x2.each_sample() if "float" in self.compared(x1, x2) else entries

    cases = (
        case("N 4", "N 4", to=":bool"),
        case("N 3 4", "N 1 4", equal_nan=True, to=":bool"),
        case("N 4", x2=1, rtol=0, to=":bool"),
        case("N 4:int32", "N 4:int32", to=":bool"),
        case("N 4", "N 5", fails=SizesDiffer, late=True),
        case("N 4:string", "N 4", fails=WrongDtype, late=True),
    )
