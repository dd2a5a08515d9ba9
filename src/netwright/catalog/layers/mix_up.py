"""`MixUp`."""

from __future__ import annotations

from netwright.arguments import PositiveFloat, Seed
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.imaging import ImageLayer
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class MixUp(ImageLayer):
    """In training, blend each image with another image of the batch.

    Labels are not blended along: in a model, the layer sees only the images.

    Arguments:
        alpha: how evenly the two images are blended: the greater, the more evenly
    """

    alpha: PositiveFloat = 0.2
    seed: Seed | None = None

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        # Called directly, the layer keeps integers after training, and can't weigh them with a float.
        if self.activity_regularizer is not None:
            need_floats(data)
        return self.images(data)

    def flops(self, data: Tensor) -> int:
        """The random numbers, which are drawn even where nothing is blended."""
        return 20

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N h ? c", alpha=3, seed=1, to="N h ? c"),
        case("N 3 8 9", data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", to="N 8 8 3"),
        case("2 8 8 3", call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", dtype="mixed_float16", to="N 8 8 3:float16"),
        case(
            "N 8 8 3:uint8",
            activity_regularizer="l2",
            call={"training": False},
            fails=WrongDtype,
            late=True,
        ),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
    )
