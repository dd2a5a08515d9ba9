"""`RandomShear`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.imaging import Factor, FactorOf
from netwright.catalog.families.warping import Warping
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case


class RandomShear(Warping):
    """In training, slant each image at random, to one side or the other.

    Arguments:
        x_factor: how far each row is shifted against the one above it, in pixels: from the first number to the
            second; one number must be 0
        y_factor: how far each column is shifted against the one before it, written like `x_factor`
    """

    x_factor: Annotated[Factor, FactorOf(0, 1)] = 0.0
    y_factor: Annotated[Factor, FactorOf(0, 1)] = 0.0

    @model_validator(mode="after")
    def _can_be_loaded(self) -> Self:
        for argument in ("x_factor", "y_factor"):
            factor = getattr(self, argument)
            if not isinstance(factor, tuple) and factor != 0:
                raise conflict(argument, f"Keras can't load one number but 0 from `.keras`; write `[0, {factor}]`")
        return self

    cases = (
        case("N 8 8 3", x_factor=[0, 0.5], to="N 8 8 3", params=0),
        case("N h ? c", x_factor=[0.1, 0.25], y_factor=[1, 0], fill_mode="nearest", to="N h ? c"),
        case("N 3 8 9", y_factor=[0.5, 0.5], data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", x_factor=0, interpolation="nearest", to="N 8 8 3"),
        case("2 8 8 3", x_factor=[0, 1], fill_mode="constant", call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", x_factor=[0, 1], dtype="mixed_float16", to="N 8 8 3:float16"),
        case("N 8 3", x_factor=[0, 1], fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", x_factor=[0, 1], fails=WrongRank, late=True),
        case("N 8 8 3:string", x_factor=[0, 1], fails=WrongDtype, late=True),
    )
