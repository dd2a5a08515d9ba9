"""What becomes of numbers where complex ones could stand, which are no dtype of the language."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.entrywise import Entrywise, NotOfBooleans, ToFloats
from netwright.misfits import WrongDtype
from netwright.operation import case


class Angle(ToFloats):
    """The angle of each entry as a complex number: 0, or pi below zero."""

    has_gradient: ClassVar[bool] = False

    each: ClassVar[int] = 2

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int64", to="N 4"),
        case("N 4:string", fails=WrongDtype),
    )


class Conjugate(NotOfBooleans):
    """The complex conjugate of each entry, which for real numbers is the entry itself."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4:int32"),
        case("N 4:bool", fails=WrongDtype, late=True),
    )


class Imag(Entrywise):
    """The imaginary part of each entry, which for real numbers is 0."""

    has_gradient: ClassVar[bool] = False

    cases = (
        case("N 4", to="N 4"),
        case("N 4:bool", to="N 4:bool"),
        case("N 4:string", fails=WrongDtype, silent="text is no number"),
    )


class Real(NotOfBooleans):
    """The real part of each entry, which for real numbers is the entry itself."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4:int32"),
        case("N 4:bool", fails=WrongDtype, late=True),
    )
