"""Arithmetic with each number of one tensor: powers, logarithms, limits, special functions, bits."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.entries import PlainNumber, need_fit
from netwright.catalog.families.entrywise import Entrywise, NotOfBooleans, OfFloats, ToFloats
from netwright.misfits import WrongDtype
from netwright.operation import case
from netwright.tensors import FLOATS, Tensor


class Absolute(Entrywise):
    """The absolute value of each entry. Booleans stay booleans."""

    cases = (
        case("N 4", to="N 4"),
        case("N t ? 4:float16", to="N t ? 4:float16"),
        case("N:int8", to="N:int8"),
        case("N 4:bool", to="N 4:bool"),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class Fabs(ToFloats):
    """The absolute value of each entry, in floats."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Negative(Entrywise):
    """The negative of each entry."""

    each: ClassVar[int] = 1

    def dtype_of(self, x: Tensor) -> str:
        """That of the input, which has negative numbers."""
        if need_numbers(x).dtype == "bool" or x.dtype.startswith("uint"):
            raise WrongDtype(x, "floats, and integers that can be negative")
        return x.dtype

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int8", to="N 4:int8"),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4:uint8", fails=WrongDtype, late=True),
    )


class Sign(NotOfBooleans):
    """The sign of each entry: -1, 0 or 1."""

    has_gradient: ClassVar[bool] = False

    def dtype_of(self, x: Tensor) -> str:
        """That of the input."""
        if x.dtype == "uint64":
            raise WrongDtype(x, "numbers other than uint64")
        return super().dtype_of(x)

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4:int32"),
        case("N 4:uint8", to="N 4:uint8"),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4:uint64", fails=WrongDtype, late=True),
    )


class Reciprocal(Entrywise):
    """1 divided by each entry."""

    each: ClassVar[int] = 1

    def dtype_of(self, x: Tensor) -> str:
        """Keras calls the result float32, and does not make it so."""
        if x.dtype != "float32":
            raise WrongDtype(x, "float32")
        return x.dtype

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
        case("N 4:float64", fails=WrongDtype, silent="Keras calls the output float32, and gives float64"),
    )


class Square(Entrywise):
    """Each entry times itself. Booleans become int32."""

    each: ClassVar[int] = 1

    def dtype_of(self, x: Tensor) -> str:
        """That of the input, if it is not one of booleans."""
        return "int32" if need_numbers(x).dtype == "bool" else x.dtype

    cases = (
        case("N 4", to="N 4"),
        case("N 4:uint8", to="N 4:uint8"),
        case("N 4:bool", to="N 4:int32"),
    )


class Sqrt(ToFloats):
    """The square root of each entry; not a number below zero."""

    cases = (
        case("N 4", to="N 4"),
        case("N ? t:bfloat16", to="N ? t:bfloat16"),
        case("N 4:int64", to="N 4"),
        case("N 4:string", fails=WrongDtype),
    )


class Rsqrt(OfFloats):
    """1 divided by the square root of each entry."""

    each: ClassVar[int] = 2

    cases = (
        case("N 4", to="N 4"),
        case("N 4:float64", to="N 4:float64"),
        case("N 4:int32", fails=WrongDtype, late=True),
        case("N 4:bool", fails=WrongDtype, late=True),
    )


class Cbrt(Entrywise):
    """The cube root of each entry, with its sign. Integers become float32, and int64 float64."""

    each: ClassVar[int] = 2

    def dtype_of(self, x: Tensor) -> str:
        """That of the input, if it is one of floats."""
        if need_numbers(x).dtype == "uint64":
            raise WrongDtype(x, "numbers other than uint64")
        return x.dtype if x.dtype in FLOATS else {"int64": "float64"}.get(x.dtype, "float32")

    cases = (
        case("N 4", to="N 4"),
        case("N 4:bool", to="N 4"),
        case("N 4:int64", to="N 4:float64"),
        case("N 4:uint64", fails=WrongDtype, silent="Keras calls the output uint64, and gives float32"),
    )


class Exp(ToFloats):
    """e to the power of each entry."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Exp2(Entrywise):
    """2 to the power of each entry."""

    each: ClassVar[int] = 1

    def dtype_of(self, x: Tensor) -> str:
        """In a graph, 2 is float32 and nothing else."""
        if need_numbers(x).dtype in FLOATS - {"float32"}:
            raise WrongDtype(x, "float32, and integers")
        return "float32"

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int64", to="N 4"),
        case("N 4:float64", fails=WrongDtype, silent="it fails in a graph"),
    )


class Expm1(ToFloats):
    """e to the power of each entry, less 1; exact near zero."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:bool", to="N 4"),
    )


class Log(ToFloats):
    """The natural logarithm of each entry."""

    each: ClassVar[int] = 1

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Log10(ToFloats):
    """The logarithm of each entry to the base 10."""

    each: ClassVar[int] = 2
    once: ClassVar[int] = 1

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Log1p(ToFloats):
    """The natural logarithm of 1 + each entry; exact near zero."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Log2(ToFloats):
    """The logarithm of each entry to the base 2."""

    each: ClassVar[int] = 2
    once: ClassVar[int] = 1

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class I0(Entrywise):
    """The modified Bessel function of order 0. Integers become float32, and int64 float64."""

    def dtype_of(self, x: Tensor) -> str:
        """That of the input, if it is one of floats."""
        if need_numbers(x).dtype == "bfloat16":
            raise WrongDtype(x, "numbers other than bfloat16")
        return x.dtype if x.dtype in FLOATS else {"int64": "float64"}.get(x.dtype, "float32")

    cases = (
        case("N 4", to="N 4"),
        case("N 4:uint8", to="N 4"),
        case("N 4:int64", to="N 4:float64"),
        case("N 4:bfloat16", fails=WrongDtype, late=True),
    )


class Erf(OfFloats):
    """The error function of each entry: an S-shaped curve from -1 to 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Erfc(OfFloats):
    """1 less the error function of each entry; exact where little is left."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Erfinv(OfFloats):
    """The inverse of the error function, for entries between -1 and 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:float16", to="N 4:float16"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Clip(Entrywise):
    """Each entry, but never below a least and above a greatest value. Booleans become int32.

    Arguments:
        x_min: the least value
        x_max: the greatest value
    """

    each: ClassVar[int] = 2

    x_min: Annotated[int | float, PlainNumber()]
    x_max: Annotated[int | float, PlainNumber()]

    @model_validator(mode="after")
    def _leaves_room(self) -> Self:
        if self.x_max < self.x_min:
            raise conflict("x_max", f"`x_max`, {self.x_max}, is less than `x_min`, {self.x_min}")
        return self

    def dtype_of(self, x: Tensor) -> str:
        """That of the input, if it is not one of booleans."""
        dtype = "int32" if need_numbers(x).dtype == "bool" else x.dtype
        need_fit(x, dtype, self.x_min, "x_min")
        need_fit(x, dtype, self.x_max, "x_max")
        return dtype

    cases = (
        case("N 4", x_min=0, x_max=1, to="N 4"),
        case("N t ? 4:float16", x_min=-0.5, x_max=0.5, to="N t ? 4:float16"),
        case("N 4:uint8", x_min=0, x_max=127, to="N 4:uint8"),
        case("N 4:bool", x_min=-1, x_max=0, to="N 4:int32"),
        case("N 4:int32", x_min=0, x_max=1.0, fails=WrongDtype, late=True),
        case("N 4:string", x_min=0, x_max=1, fails=WrongDtype, late=True),
        case("N 4:uint8", x_min=0, x_max=300, fails=WrongDtype, silent="TensorFlow makes 44 of 300"),
    )


class NanToNum(Entrywise):
    """Each entry, but numbers in place of infinities and of what is not a number.

    Arguments:
        nan: what stands for what is not a number
        posinf: what stands for infinity; null is the greatest number of the dtype
        neginf: what stands for negative infinity; null is the least number of the dtype
    """

    each: ClassVar[int] = 2

    nan: float = 0.0
    posinf: float | None = None
    neginf: float | None = None

    def flops(self, x: Tensor) -> int:
        """Two comparisons with 0 for each entry; integers stay as they are."""
        return super().flops(x) if x.holds_floats else 0

    cases = (
        case("N 4", to="N 4"),
        case("N 4:float16", nan=-1, posinf=1e4, neginf=-1e4, to="N 4:float16"),
        case("N 4:int32", nan=0.5, to="N 4:int32"),
        case("N 4:string", fails=WrongDtype, silent="text is no number"),
    )


class BitwiseInvert(Entrywise):
    """Each integer with all its bits turned over."""

    def dtype_of(self, x: Tensor) -> str:
        """That of the input."""
        if x.dtype in {*FLOATS, "bool", "string"}:
            raise WrongDtype(x, "integers")
        return x.dtype

    cases = (
        case("N 4:int32", to="N 4:int32"),
        case("N 4:uint64", to="N 4:uint64"),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4", fails=WrongDtype, late=True),
    )
