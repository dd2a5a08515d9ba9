"""`Cropping1D`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from netwright.arguments import Pair, Sizes
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.margins import cropped
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class Cropping1D(Stateless):
    """Take steps away from both ends of a sequence.

    Arguments:
        cropping: how many: one number for both ends, or a list with one for each
    """

    rearranges: ClassVar[bool] = True

    cropping: Annotated[Pair, Sizes(2, minimum=0)] = (1, 1)

    def infer(self, inputs: Tensor) -> Tensor:
        """The steps that are left."""
        return need_floats(cropped(inputs, None, (self.cropping,), "cropping"))

    cases = (
        case("N 5 3", to="N 3 3", params=0),
        case("N 5 3", cropping=2, to="N 1 3"),
        case("N 5 3", cropping=[0, 3], to="N 2 3"),
        case("N 5 ?", cropping=[1, 0], to="N 4 ?"),
        case("N t c", to="N ? c"),
        case("N t c", cropping=0, to="N t c"),
        case("N 5 3:float64", dtype="mixed_float16", to="N 3 3:float16"),
        case("N 4 3", cropping=2, fails=WrongSize),
        case("N 5", fails=WrongRank),
        case("N 5 5 3", fails=WrongRank),
        case("N 5 3:int32", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
