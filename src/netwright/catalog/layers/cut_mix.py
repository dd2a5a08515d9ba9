"""`CutMix`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed
from netwright.catalog.families.imaging import Factor, FactorOf, ImageLayer
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class CutMix(ImageLayer):
    """In training, replace a random part of each image by the same part of another image of the batch.

    Height and width must be known. Labels are not mixed along: in a model, the layer sees only the images.

    Arguments:
        factor: how evenly the two images share the area, the greater the more evenly: from the first number to the
            second, or up to the one number
    """

    factor: Annotated[Factor, FactorOf(0, 1)] = 1.0
    seed: Seed | None = None

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        images = self.images(data)
        for axis in self.spatial:
            images.known(axis, "because training cuts out parts of them")
        if self.compute_dtype not in ("float32", "float64"):
            raise WrongDtype(images, "float32 or float64", "dtype")
        return images

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N 8 9 c", factor=[0.5, 0], seed=1, to="N 8 9 c"),
        case("N 3 8 9", factor=0.5, data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", factor=0, to="N 8 8 3"),
        case("2 8 8 3", dtype="float64", call={"training": True}, to="2 8 8 3:float64"),
        case("N 8 8 3", dtype="bfloat16", fails=WrongDtype, late=True),
        case("N 8 8 3", dtype="mixed_float16", fails=WrongDtype, silent="training fails in a graph"),
        case("N 8 ? 3", fails=UnknownSize, silent="training fails in a graph"),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
    )
