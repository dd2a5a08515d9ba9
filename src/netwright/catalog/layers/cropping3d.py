"""`Cropping3D`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from netwright.arguments import DataFormat
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.margins import Ends, Margins, cropped
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class Cropping3D(Stateless):
    """Cut off the borders of a volume.

    Arguments:
        cropping: how much: one number for all six sides, or a list of three, for depth, height and width; each of
            these is a number for both ends, or a list with one for each end
    """

    rearranges: ClassVar[bool] = True

    cropping: Annotated[tuple[Ends, Ends, Ends], Margins(3)] = ((1, 1), (1, 1), (1, 1))
    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """What is left of each spatial axis."""
        return need_floats(cropped(inputs, self.data_format, self.cropping, "cropping"))

    cases = (
        case("N 4 5 6 3", to="N 2 3 4 3", params=0),
        case("N 5 6 7 3", cropping=2, to="N 1 2 3 3"),
        case("N 4 5 6 3", cropping=[0, 1, [2, 3]], to="N 4 3 1 3"),
        case("N 3 4 5 6", cropping=[1, [2, 0], 0], data_format="channels_first", to="N 3 2 3 6"),
        case("N d h ? c", cropping=[0, 1, 0], to="N d ? ? c"),
        case("N 4 5 6 3:float64", dtype="mixed_float16", to="N 2 3 4 3:float16"),
        case("N 4 5 6 3", cropping=2, fails=WrongSize),
        case("N 4 5 6", fails=WrongRank),
        case("N 2 4 5 6 3", fails=WrongRank),
        case("N 4 5 6 3:uint8", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
