"""`Subtract`."""

from __future__ import annotations

from collections.abc import Sequence

from netwright.catalog.families.merging import Merge
from netwright.misfits import SizesDiffer, WrongCount, WrongDtype
from netwright.operation import case
from netwright.tensors import Tensor


class Subtract(Merge):
    """Subtract the second of two tensors from the first, entry by entry."""

    def infer(self, inputs: Sequence[Tensor]) -> Tensor:
        """The shape over which both inputs can be spread."""
        if len(inputs) != 2:
            raise WrongCount("inputs", "2", len(inputs), tuple(inputs))
        return super().infer(inputs)

    cases = (
        case("N 4", "N 4", to="N 4", params=0),
        case("N 3 4", "N 4", to="N 3 4"),
        case("N t 1", "N t 4", to="N t 4"),
        case("N 4:int32", "N 4:int32", to="N 4:float32!"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4", fails=WrongCount),
        case("N 4", "N 4", "N 4", fails=WrongCount),
        case("N 4:bool", "N 4:bool", fails=WrongDtype, late=True),
    )
