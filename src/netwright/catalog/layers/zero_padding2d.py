"""`ZeroPadding2D`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import DataFormat
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.margins import Ends, Margins, padded
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class ZeroPadding2D(Stateless):
    """Put rows and columns of zeros around an image.

    Arguments:
        padding: how many: one number for all four sides, or a list of two, for height and width; each of
            these is a number for both ends, or a list with one for each end (`[[top, bottom], [left,
            right]]`)
    """

    padding: Annotated[tuple[Ends, Ends], Margins(2)] = (1, 1)
    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """Each spatial axis longer by its padding."""
        return padded(need_numbers(inputs), self.data_format, self.padding).called(self.compute_dtype)

    cases = (
        case("N 5 6 3", to="N 7 8 3", params=0),
        case("N 5 6 3", padding=2, to="N 9 10 3"),
        case("N 5 6 3", padding=[0, 3], to="N 5 12 3"),
        case("N 5 6 3", padding=[[1, 2], [0, 4]], to="N 8 10 3"),
        case("N 5 6 3", padding=[2, [0, 1]], to="N 9 7 3"),
        case("N h w c", padding=[0, 1], to="N h ? c"),
        case("N 3 5 6", padding=[1, 2], data_format="channels_first", to="N 3 7 10"),
        case("N 5 6 3:uint8", to="N 7 8 3:float32!"),
        case("N 5 6 3:string", fails=WrongDtype, silent="Keras calls the text floats"),
        case("N 5 6 3", dtype="mixed_float16", to="N 7 8 3:float16"),
        case("N 5 6", fails=WrongRank),
        case("N 5 5 6 3", fails=WrongRank),
    )
