"""`Cropping2D`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from netwright.arguments import DataFormat
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.margins import Ends, Margins, cropped
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class Cropping2D(Stateless):
    """Cut off the borders of an image.

    Arguments:
        cropping: how much: one number for all four sides, or a list of two, for height and width; each of these is
            a number for both ends, or a list with one for each end (`[[top, bottom], [left, right]]`)
    """

    rearranges: ClassVar[bool] = True

    cropping: Annotated[tuple[Ends, Ends], Margins(2)] = ((0, 0), (0, 0))
    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """What is left of each spatial axis."""
        return need_floats(cropped(inputs, self.data_format, self.cropping, "cropping"))

    cases = (
        case("N 5 6 3", cropping=2, to="N 1 2 3", params=0),
        case("N 5 6 3", cropping=[[1, 2], [0, 4]], to="N 2 2 3"),
        case("N 5 6 3", cropping=[2, [1, 0]], to="N 1 5 3"),
        case("N 3 5 6", cropping=[0, 1], data_format="channels_first", to="N 3 5 4"),
        case("N h w c", cropping=[0, 1], to="N h ? c"),
        case("N h ? 3", to="N h ? 3"),
        case("N 5 6 3:float64", cropping=1, dtype="mixed_float16", to="N 3 4 3:float16"),
        case("N 5 6 3", cropping=3, fails=WrongSize),
        case("N h 6 3", cropping=[9, [3, 4]], fails=WrongSize),
        case("N 5 6", fails=WrongRank),
        case("N 5 5 6 3", fails=WrongRank),
        case("N 5 6 3:uint8", cropping=1, fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
