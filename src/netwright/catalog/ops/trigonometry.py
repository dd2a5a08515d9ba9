"""Angles and their functions, and the hyperbolic ones. Integers become floats."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.entrywise import Entrywise, ToFloats
from netwright.misfits import WrongDtype
from netwright.operation import Activity, case
from netwright.tensors import FLOATS, Tensor


class Scaled(Entrywise):
    """An angle in other units. Integers become float32, and int64 float64."""

    each: ClassVar[int] = 1
    once: ClassVar[int] = 1

    def dtype_of(self, x: Tensor) -> str:
        """That of the input, if it is one of floats."""
        if need_numbers(x).dtype == "uint64":
            raise WrongDtype(x, "numbers other than uint64")
        return x.dtype if x.dtype in FLOATS else {"int64": "float64"}.get(x.dtype, "float32")


class Deg2rad(Scaled):
    """Each entry, an angle in degrees, in radians."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
        case("N 4:int64", to="N 4:float64"),
        case("N 4:uint64", fails=WrongDtype, late=True),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class Rad2deg(Scaled):
    """Each entry, an angle in radians, in degrees."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int64", to="N 4:float64"),
        case("N 4:uint64", fails=WrongDtype, late=True),
    )


class Sin(ToFloats):
    """The sine of each entry, an angle in radians."""

    cases = (
        case("N 4", to="N 4"),
        case("N t ? 4:float64", to="N t ? 4:float64"),
        case("N", to="N"),
        case("N 4:int64", to="N 4"),
        case("N 4:bool", to="N 4"),
        case("N 4:string", fails=WrongDtype),
    )


class Cos(ToFloats):
    """The cosine of each entry, an angle in radians."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Tan(ToFloats):
    """The tangent of each entry, an angle in radians."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Arcsin(ToFloats):
    """The angle in radians whose sine each entry is, for entries from -1 to 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Arccos(ToFloats):
    """The angle in radians whose cosine each entry is, for entries from -1 to 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Arctan(ToFloats):
    """The angle in radians whose tangent each entry is."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Sinh(ToFloats):
    """The hyperbolic sine of each entry."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Cosh(ToFloats):
    """The hyperbolic cosine of each entry."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Tanh(ToFloats):
    """The hyperbolic tangent of each entry: an S-shaped curve from -1 to 1."""

    @property
    def activity(self) -> Activity | None:
        """The function itself."""
        return Activity(self.kind())

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Arcsinh(ToFloats):
    """The number whose hyperbolic sine each entry is."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Arccosh(ToFloats):
    """The number whose hyperbolic cosine each entry is, for entries from 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Arctanh(ToFloats):
    """The number whose hyperbolic tangent each entry is, for entries between -1 and 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Sinc(ToFloats):
    """The sine of pi times each entry, divided by pi times the entry; 1 at 0."""

    each: ClassVar[int] = 3

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )
