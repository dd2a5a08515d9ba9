"""`RandomPerspective`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Fraction, Seed, choice
from netwright.catalog.families.imaging import Factor, FactorOf, ImageLayer
from netwright.catalog.families.warping import BETWEEN
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class RandomPerspective(ImageLayer):
    """In training, distort a random share of the images, as if they were seen at an angle.

    Height and width must be known, and be at least 2.

    Arguments:
        factor: with what probability an image is distorted: one number, drawn for each image up to it, or a list of
            the two numbers between which it is drawn
        scale: how far the corners may be moved, as a part of the image
        interpolation: how a value between pixels is computed
        fill_value: what stands beyond the borders
    """

    factor: Annotated[Factor, FactorOf(0, 1)] = 1.0
    scale: Fraction = 1.0
    interpolation: Annotated[str, choice(*BETWEEN)] = "bilinear"
    fill_value: float = 0.0
    seed: Seed | None = None

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        images = self.images(data)
        for axis in self.spatial:
            if images.known(axis, "because training moves the corners by numbers of pixels") < 2:
                raise WrongSize(images, axis, "at least 2, to have corners that can move")
        return images

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N 8 9 c", factor=[0.5, 0], scale=0.3, fill_value=2, to="N 8 9 c"),
        case("N 3 8 9", factor=0.5, interpolation="nearest", data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", scale=0, seed=1, to="N 8 8 3"),
        case("2 8 8 3", call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", dtype="mixed_float16", to="N 8 8 3:float16"),
        case("N 8 1 3", fails=WrongSize, late=True),
        case("N 8 ? 3", fails=UnknownSize, silent="training fails in a graph"),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
    )
