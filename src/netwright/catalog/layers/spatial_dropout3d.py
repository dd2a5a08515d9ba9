"""`SpatialDropout3D`."""

from __future__ import annotations

from netwright.arguments import DataFormat
from netwright.catalog.families.noise import SpatialDropout
from netwright.misfits import PolicyLost, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class SpatialDropout3D(SpatialDropout):
    """In training, set a random share of the channels of a volume to zero, and scale up the others."""

    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """The input."""
        return self.kept(inputs, self.data_format, 3)

    cases = (
        case("N 4 5 6 3", rate=0.5, to="N 4 5 6 3", params=0),
        case("N d h ? c", rate=0, seed=-1, to="N d h ? c"),
        case("N 3 4 5 6", rate=0.5, data_format="channels_first", call={"training": True}, to="N 3 4 5 6"),
        case("N d h ? ?", rate=1, call={"training": True}, to="N d h ? ?"),
        case("N 4 5 6 3:float64", rate=0.5, dtype="float16", call={"training": True}, to="N 4 5 6 3:float16"),
        case("N 4 5 6", rate=0.5, fails=WrongRank),
        case("N 2 4 5 6 3", rate=0.5, fails=WrongRank),
        case("N 4 5 6 3:int32", rate=0.5, call={"training": True}, fails=WrongDtype, late=True),
        case("N 4 5 6 3", rate=0.5, dtype="mixed_float16", fails=PolicyLost, silent="loaded, it gives float32"),
    )
