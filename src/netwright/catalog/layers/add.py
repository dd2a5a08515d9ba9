"""`Add`."""

from __future__ import annotations

from netwright.catalog.families.merging import Merge
from netwright.misfits import SizesDiffer, WrongDtype
from netwright.operation import case


class Add(Merge):
    """Add tensors, entry by entry."""

    cases = (
        case("N 4", "N 4", to="N 4", params=0),
        case("N 3 4", "N 1 4", "N 4", to="N 3 4"),
        case("N t 4", "N t 4", to="N t 4"),
        case("N t 4", "N ? 4", to="N ? 4"),
        case("N t 4", "N s 4", to="N ? 4"),
        case("N t 4", "N 3 4", to="N ? 4"),
        case("N t 4", "N 1 4", to="N t 4"),
        case("N 3 1", "N 1 4", to="N 3 4"),
        case("2 4", "N 4", to="2 4"),
        case("N", "N 4", to="N 4"),
        case("N 4", to="N 4"),
        case("N 4:int32", "N 4:int32", to="N 4:float32!"),
        case("N 4", "N 4:bool", dtype="mixed_bfloat16", to="N 4:bfloat16"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 3 4", "N 3", fails=SizesDiffer),
        case("N 4", "N ?", "N 5", fails=SizesDiffer, late=True),
        case("2 4", "3 4", fails=SizesDiffer),
        case("1 4", "3 4", fails=SizesDiffer),
        case("N 4:bool", "N 4", "N 4:bool", to="N 4"),
        case("N 4:bool", "N 4:bool", "N 4", fails=WrongDtype, late=True),
        case("N 4:string", "N 4:string", fails=WrongDtype, silent="Keras calls the joined strings floats"),
    )
