"""`AdaptiveAveragePooling1D`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Sizes
from netwright.catalog.families.adapting import AdaptivePooling
from netwright.catalog.families.dtypes import need_floats
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class AdaptiveAveragePooling1D(AdaptivePooling):
    """Divide a sequence into windows and take the mean of each, channel by channel."""

    output_size: Annotated[tuple[int], Sizes(1, minimum=2)]

    def infer(self, inputs: Tensor) -> Tensor:
        """The spatial axes as asked for; the channels stay."""
        return self.adapted(need_floats(inputs))

    cases = (
        case("N 9 3", output_size=2, to="N 2 3", params=0),
        case("N 9 3", output_size=[4], to="N 4 3"),
        case("N 9 c", output_size=7, to="N 7 c"),
        case("N 3 9", output_size=2, data_format="channels_first", to="N 3 2"),
        case("N 9 ?", output_size=4, trainable=False, to="N 4 ?"),
        case("N 9 3:float64", output_size=2, dtype="mixed_float16", to="N 2 3:float16"),
        case("N 9", output_size=2, fails=WrongRank, late=True),
        case("N 9 9 3", output_size=2, fails=WrongRank, late=True),
        case("N ? 3", output_size=2, fails=UnknownSize, silent="Keras can't trace it, only run it eagerly"),
        case("N 1 3", output_size=2, fails=WrongSize, silent="Keras can't trace it; run eagerly, it works"),
        case("N 9 3:int32", output_size=2, fails=WrongDtype, late=True),
    )
