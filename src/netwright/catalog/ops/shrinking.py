"""Activations that cut off, or draw to zero, what is too small or too large."""

from __future__ import annotations

from typing import Annotated, ClassVar

from netwright.catalog.families.entries import PlainNumber, need_fit
from netwright.catalog.families.entrywise import Activation, NotOfBooleans
from netwright.misfits import WrongDtype
from netwright.operation import case
from netwright.tensors import Tensor


class HardTanh(Activation):
    """Each entry, cut off at -1 and 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class HardShrink(Activation):
    """Each entry, but zero around zero.

    Arguments:
        threshold: the absolute value up to which the output is zero
    """

    threshold: float = 0.5

    cases = (
        case("N 4", to="N 4"),
        case("N t ? 4:float16", threshold=1, to="N t ? 4:float16"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class SoftShrink(Activation):
    """Each entry, so much closer to zero; zero around zero.

    Arguments:
        threshold: how much closer, and the absolute value up to which the output is zero
    """

    threshold: float = 0.5

    cases = (
        case("N 4", to="N 4"),
        case("N 4:float64", threshold=1, to="N 4:float64"),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class TanhShrink(Activation):
    """Each entry less its hyperbolic tangent."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Threshold(NotOfBooleans):
    """Keep what is above a threshold; one value otherwise.

    Arguments:
        threshold: the number above which the output is the input
        default_value: the output otherwise
    """

    each: ClassVar[int] = 1

    threshold: Annotated[int | float, PlainNumber()]
    default_value: Annotated[int | float, PlainNumber()]

    def dtype_of(self, x: Tensor) -> str:
        """That of the input."""
        dtype = super().dtype_of(x)
        need_fit(x, dtype, self.threshold, "threshold")
        need_fit(x, dtype, self.default_value, "default_value")
        return dtype

    cases = (
        case("N 4", threshold=0.5, default_value=0, to="N 4"),
        case("N t ?:int32", threshold=1, default_value=-1, to="N t ?:int32"),
        case("N 4:int32", threshold=0, default_value=1.0, fails=WrongDtype, late=True),
        case("N 4:bool", threshold=0, default_value=0, fails=WrongDtype, late=True),
        case("N 4:uint8", threshold=300, default_value=0, fails=WrongDtype, silent="TensorFlow makes 44 of 300"),
    )
