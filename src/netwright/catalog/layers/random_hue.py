"""`RandomHue`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed
from netwright.catalog.families.imaging import Factor, FactorOf, ImageLayer, ValueRange
from netwright.misfits import WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class RandomHue(ImageLayer):
    """In training, turn the colors of each image around the color wheel.

    Arguments:
        factor: how far colors move, in half turns and to a random side: from the first number to the second, or up to
            the one number
    """

    factor: Annotated[Factor, FactorOf(0, 1)]
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None

    keeps_integers = True

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        return self.need_color(self.images(data))

    def flops(self, data: Tensor) -> int:
        """The random numbers, which are drawn even where nothing is changed."""
        return 18

    cases = (
        case("N 8 8 3", factor=0.2, to="N 8 8 3", params=0),
        case("N h ? c", factor=[0.5, 1], value_range=[-1, 1.5], seed=-1, to="N h ? c"),
        case("N 3 8 9", factor=0.5, data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", factor=0, to="N 8 8 3"),
        case("2 8 8 3:bool", factor=1, call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", factor=0.2, dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 1", factor=0.2, fails=WrongSize, late=True),
        case("N 3 8 8", factor=0.2, fails=WrongSize, late=True),
        case(
            "N 8 8 3:uint8",
            factor=0.2,
            activity_regularizer="l2",
            call={"training": False},
            fails=WrongDtype,
            late=True,
        ),
        case("N 8 8 3:string", factor=0.2, fails=WrongDtype, late=True),
        case("N 8 3", factor=0.2, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", factor=0.2, fails=WrongRank, late=True),
    )
