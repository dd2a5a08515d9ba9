"""`SpatialDropout2D`."""

from __future__ import annotations

from netwright.arguments import DataFormat
from netwright.catalog.families.noise import SpatialDropout
from netwright.misfits import PolicyLost, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class SpatialDropout2D(SpatialDropout):
    """In training, set a random share of the channels of an image to zero, and scale up the others."""

    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """The input."""
        return self.kept(inputs, self.data_format, 2)

    cases = (
        case("N 5 6 3", rate=0.5, to="N 5 6 3", params=0),
        case("N h ? c", rate=0, seed=-1, to="N h ? c"),
        case("N 3 5 6", rate=0.5, data_format="channels_first", call={"training": True}, to="N 3 5 6"),
        case("N h ? ?", rate=1, call={"training": True}, to="N h ? ?"),
        case("N 5 6 3:float64", rate=0.5, dtype="float16", call={"training": True}, to="N 5 6 3:float16"),
        case("N 5 6", rate=0.5, fails=WrongRank),
        case("N 2 5 6 3", rate=0.5, fails=WrongRank),
        case("N 5 6 3:int32", rate=0.5, call={"training": True}, fails=WrongDtype, late=True),
        case("N 5 6 3", rate=0.5, dtype="mixed_float16", fails=PolicyLost, silent="loaded, it gives float32"),
    )
