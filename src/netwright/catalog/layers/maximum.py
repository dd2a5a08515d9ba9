"""`Maximum`."""

from __future__ import annotations

from netwright.catalog.families.merging import Merge
from netwright.misfits import SizesDiffer, WrongDtype
from netwright.operation import case


class Maximum(Merge):
    """Take the largest of the entries of several tensors at each place."""

    cases = (
        case("N 4", "N 4", to="N 4", params=0),
        case("N 3 4", "N 1 4", "N 4", to="N 3 4"),
        case("N t 4", "N t 4", to="N t 4"),
        case("N 4", to="N 4"),
        case("N 4:int32", "N 4:int32", to="N 4:float32!"),
        case("N 4", "N 4:bool", dtype="mixed_bfloat16", to="N 4:bfloat16"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:bool", "N 4:bool", fails=WrongDtype, late=True),
    )
