"""`UpSampling3D`."""

from __future__ import annotations

from netwright.arguments import DataFormat
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.enlarging import enlarged
from netwright.catalog.families.windows import Sizes3D
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class UpSampling3D(Stateless):
    """Enlarge a volume by whole factors, by repeating what is in it.

    Arguments:
        size: the factors for depth, height and width
    """

    size: Sizes3D = (2, 2, 2)
    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """Each spatial axis longer by its factor."""
        return need_floats(enlarged(inputs, self.data_format, self.size))

    def flops(self, inputs: Tensor) -> int:
        """The new depth, height and width."""
        return 3

    cases = (
        case("N 2 3 4 5", to="N 4 6 8 5", params=0),
        case("N 2 3 4 5", size=[1, 2, 3], to="N 2 6 12 5"),
        case("N 2 3 4 5", size=3, data_format="channels_first", to="N 2 9 12 15"),
        case("N d h ? c", size=[1, 2, 3], to="N d ? ? c"),
        case("N 2 3 4 5:float64", dtype="mixed_float16", to="N 4 6 8 5:float16"),
        case("N 2 3 4", fails=WrongRank),
        case("N 2 2 3 4 5", fails=WrongRank),
        case("N 2 3 4 5:uint8", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
