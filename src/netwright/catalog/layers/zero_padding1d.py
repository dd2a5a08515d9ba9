"""`ZeroPadding1D`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import DataFormat, Pair, Sizes
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.margins import padded
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class ZeroPadding1D(Stateless):
    """Put steps of zeros before and after a sequence.

    Arguments:
        padding: how many: one number for both ends, or a list with one for each
    """

    padding: Annotated[Pair, Sizes(2, minimum=0)] = (1, 1)
    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """The steps and the padding."""
        return need_floats(padded(inputs, self.data_format, (self.padding,)))

    cases = (
        case("N 5 3", to="N 7 3", params=0),
        case("N 5 3", padding=2, to="N 9 3"),
        case("N 5 3", padding=[0, 3], to="N 8 3"),
        case("N 5 3", padding=[1, 0], data_format="channels_first", to="N 5 4"),
        case("N t c", to="N ? c"),
        case("N t c", padding=0, to="N t c"),
        case("N 5 3:float64", dtype="mixed_float16", to="N 7 3:float16"),
        case("N 5", fails=WrongRank),
        case("N 5 5 3", fails=WrongRank),
        case("N 5 3:int32", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
