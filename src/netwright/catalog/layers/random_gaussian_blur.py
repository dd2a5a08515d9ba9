"""`RandomGaussianBlur`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Pair, Seed
from netwright.catalog.families.imaging import Factor, FactorOf, ImageLayer, OddSizes, ValueRange
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class RandomGaussianBlur(ImageLayer):
    """In training, blur a random share of the images.

    Arguments:
        factor: with what probability an image is blurred: one number, drawn for each image up to it, or a list of
            the two numbers between which it is drawn
        kernel_size: from how many pixels each new one is mixed, down and across: odd numbers
        sigma: how far the mixture reaches, in pixels, drawn for each batch: from the first number to the second, or
            up to the one number
    """

    factor: Annotated[Factor, FactorOf(0, 1)] = 1.0
    kernel_size: Annotated[Pair, OddSizes(2)] = (3, 3)
    sigma: Annotated[Factor, FactorOf(0, 1)] = 1.0
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        return self.need_ranges(self.images(data))

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N h ? c", factor=[0.5, 1], kernel_size=[5, 1], value_range=[-1, 1.5], seed=-1, to="N h ? c"),
        case("N 3 8 9", factor=0, sigma=[0.1, 0.5], data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", kernel_size=11, to="N 8 8 3"),
        case("2 8 8 1:bool", sigma=0, call={"training": True}, to="2 8 8 1"),
        case("N 8 8 3", dtype="mixed_bfloat16", call={"training": False}, to="N 8 8 3:bfloat16"),
        case("N 8 8 3", dtype="mixed_float16", fails=WrongDtype, silent="training fails in a graph"),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
    )
