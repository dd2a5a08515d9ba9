"""`AdaptiveAveragePooling3D`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from netwright.arguments import Sizes
from netwright.catalog.families.adapting import AdaptivePooling
from netwright.catalog.families.dtypes import need_volume_floats
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class AdaptiveAveragePooling3D(AdaptivePooling):
    """Divide a volume into windows and take the mean of each, channel by channel."""

    # The profiler does not know windows over volumes.
    profiled: ClassVar[bool] = False

    output_size: Annotated[tuple[int, int, int], Sizes(3, minimum=2)]

    def infer(self, inputs: Tensor) -> Tensor:
        """The spatial axes as asked for; the channels stay."""
        return self.adapted(need_volume_floats(inputs))

    cases = (
        case("N 4 6 5 3", output_size=2, to="N 2 2 2 3", params=0),
        case("N 4 6 5 3", output_size=[2, 3, 4], to="N 2 3 4 3"),
        case("N 4 6 5 c", output_size=7, to="N 7 7 7 c"),
        case("N 3 4 6 5", output_size=2, data_format="channels_first", to="N 3 2 2 2"),
        case("N 4 6 5 ?", output_size=[2, 3, 4], trainable=False, to="N 2 3 4 ?"),
        case("N 4 6 5 3:float64", output_size=2, dtype="mixed_bfloat16", to="N 2 2 2 3:bfloat16"),
        case("N 9 9 3", output_size=2, fails=WrongRank, late=True),
        case("N 9 3", output_size=2, fails=WrongRank, silent="the output has fewer axes than Keras says"),
        case("N 4 d 5 3", output_size=2, fails=UnknownSize, silent="Keras can't trace it, only run it eagerly"),
        case("N 4 1 5 3", output_size=2, fails=WrongSize, silent="Keras can't trace it; run eagerly, it works"),
        case("N 4 6 5 3:int32", output_size=2, fails=WrongDtype, late=True),
        case("N 4 6 5 3", output_size=2, dtype="float64", fails=WrongDtype, late=True),
        case("N 4 6 5 3", output_size=2, dtype="mixed_float16", fails=WrongDtype, late=True),
    )
