"""`ZeroPadding3D`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import DataFormat
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.margins import Ends, Margins, padded
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class ZeroPadding3D(Stateless):
    """Put zeros around a volume.

    Arguments:
        padding: how many: one number for all six sides, or a list of three, for depth, height and width; each of
            these is a number for both ends, or a list with one for each end
    """

    padding: Annotated[tuple[Ends, Ends, Ends], Margins(3)] = ((1, 1), (1, 1), (1, 1))
    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """Each spatial axis longer by its padding."""
        return need_floats(padded(inputs, self.data_format, self.padding))

    cases = (
        case("N 4 5 6 3", to="N 6 7 8 3", params=0),
        case("N 4 5 6 3", padding=2, to="N 8 9 10 3"),
        case("N 4 5 6 3", padding=[0, 1, [2, 3]], to="N 4 7 11 3"),
        case("N 3 4 5 6", padding=[1, 2, 3], data_format="channels_first", to="N 3 6 9 12"),
        case("N d h ? c", padding=[0, 1, 0], to="N d ? ? c"),
        case("N 4 5 6 3:float64", dtype="mixed_float16", to="N 6 7 8 3:float16"),
        case("N 4 5 6", fails=WrongRank),
        case("N 2 4 5 6 3", fails=WrongRank),
        case("N 4 5 6 3:uint8", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
