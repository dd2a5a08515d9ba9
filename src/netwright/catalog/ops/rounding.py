"""Numbers with fewer digits."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from netwright.catalog.families.entrywise import Entrywise, NotOfBooleans, ToFloats
from netwright.misfits import WrongDtype
from netwright.operation import case
from netwright.tensors import FLOATS, Tensor


class Ceil(ToFloats):
    """The least whole number that is not below each entry, as a float."""

    has_gradient: ClassVar[bool] = False

    cases = (
        case("N 4", to="N 4"),
        case("N t ? 4:float16", to="N t ? 4:float16"),
        case("N 4:int64", to="N 4"),
        case("N 4:string", fails=WrongDtype),
    )


class Floor(ToFloats):
    """The greatest whole number that is not above each entry, as a float."""

    has_gradient: ClassVar[bool] = False

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4"),
    )


class Round(NotOfBooleans):
    """Each entry with so many decimals; what lies in the middle goes to the even digit.

    Arguments:
        decimals: number of digits after the point; below zero, digits before it become 0
    """

    has_gradient: ClassVar[bool] = False

    # The power of ten by which entries are multiplied must be a number of float32.
    decimals: Annotated[int, Field(ge=-38, le=38)] = 0

    def flops(self, x: Tensor) -> int:
        """A multiplication and a division for each entry; none where whole numbers are left."""
        if self.decimals == 0 or (self.decimals > 0 and x.dtype not in FLOATS):
            return 0
        return 2 * x.each_sample()

    cases = (
        case("N 4", to="N 4"),
        case("N 4", decimals=2, to="N 4"),
        case("N 4:int32", decimals=-1, to="N 4:int32"),
        case("N 4:uint8", decimals=1, to="N 4:uint8"),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4:bool", decimals=2, fails=WrongDtype, late=True),
    )


class Trunc(Entrywise):
    """Each entry without what comes after the point. Integers and booleans stay as they are."""

    has_gradient: ClassVar[bool] = False

    each: ClassVar[int] = 1

    def flops(self, x: Tensor) -> int:
        """A comparison with 0 for each float."""
        return super().flops(x) if x.holds_floats else 0

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", to="N 4:int32"),
        case("N 4:bool", to="N 4:bool"),
    )
