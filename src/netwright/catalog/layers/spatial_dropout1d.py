"""`SpatialDropout1D`."""

from __future__ import annotations

from netwright.catalog.families.noise import SpatialDropout
from netwright.misfits import PolicyLost, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class SpatialDropout1D(SpatialDropout):
    """In training, set a random share of the channels of a sequence to zero, at all steps, and scale up the others."""

    def infer(self, inputs: Tensor) -> Tensor:
        """The input."""
        return self.kept(inputs, None, 1)

    cases = (
        case("N 9 3", rate=0.5, to="N 9 3", params=0),
        case("N t c", rate=0, seed=-1, to="N t c"),
        case("N t ?", rate=1, call={"training": True}, to="N t ?"),
        case("N 9 3:float64", rate=0.5, dtype="float16", call={"training": True}, to="N 9 3:float16"),
        case("N 9", rate=0.5, fails=WrongRank),
        case("N 2 9 3", rate=0.5, fails=WrongRank),
        case("N 9 3:int32", rate=0.5, call={"training": True}, fails=WrongDtype, late=True),
        case("N 9 3", rate=0.5, dtype="mixed_float16", fails=PolicyLost, silent="loaded, it gives float32"),
    )
