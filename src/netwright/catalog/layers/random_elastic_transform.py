"""`RandomElasticTransform`."""

from __future__ import annotations

from typing import Annotated

from netwright.catalog.families.imaging import Factor, FactorOf, ValueRange
from netwright.catalog.families.warping import Warping
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class RandomElasticTransform(Warping):
    """In training, distort a random share of the images as if they were printed on rubber.

    Height, width and the number of channels must be known.

    Arguments:
        factor: with what probability an image is distorted: one number, drawn for each image up to it, or a list of
            the two numbers between which it is drawn
        scale: how strong the distortion is, drawn for each batch: from the first number to the second, or up to the
            one number
    """

    factor: Annotated[Factor, FactorOf(0, 1)] = 1.0
    scale: Annotated[Factor, FactorOf(0, 1)] = 1.0
    value_range: ValueRange = (0, 255)

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        images = self.need_ranges(self.need_size(self.images(data)))
        images.known(self.channel, "because training moves each channel on its own")
        return images

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N 8 9 2", factor=[0.5, 1], scale=[0.1, 0.5], fill_mode="wrap", seed=-1, to="N 8 9 2"),
        case("N 3 8 9", factor=0.5, interpolation="nearest", data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", fill_mode="constant", fill_value=2, to="N 8 8 3"),
        case("2 1 1 1:bool", scale=0.2, value_range=[-1, 1.5], call={"training": True}, to="2 1 1 1"),
        case("N 8 8 3", dtype="mixed_bfloat16", call={"training": False}, to="N 8 8 3:bfloat16"),
        case("N 8 8 3", dtype="mixed_float16", fails=WrongDtype, silent="training fails in a graph"),
        case("N 8 ? 3", fails=UnknownSize, silent="training fails in a graph"),
        case("N 8 8 ?", fails=UnknownSize, silent="training fails in a graph"),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
    )
