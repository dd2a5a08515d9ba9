"""`MaxPooling1D`."""

from __future__ import annotations

from netwright.catalog.families.pooling import Pooling, Strides1D
from netwright.catalog.families.windows import Sizes1D
from netwright.misfits import NothingLeft, WrongDtype, WrongRank
from netwright.operation import case


class MaxPooling1D(Pooling):
    """Take the largest entry of each window that slides along the steps of a sequence, channel by channel."""

    pool_size: Sizes1D = (2,)
    strides: Strides1D = None

    cases = (
        case("N 9 3", to="N 4 3", params=0),
        case("N 9 3", padding="same", to="N 5 3"),
        case("N 9 3", pool_size=[3], strides=1, to="N 7 3"),
        case("N t 3", pool_size=3, strides=1, padding="same", to="N t 3"),
        case("N t ?", to="N ? ?"),
        case("N 3 9", pool_size=3, strides=2, data_format="channels_first", to="N 3 4"),
        case("N 9 3", dtype="mixed_float16", to="N 4 3:float16"),
        case("N 9", fails=WrongRank),
        case("N 2 3", pool_size=3, fails=NothingLeft),
        case("N 9 3:int32", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
        case("N 9 3:bool", fails=WrongDtype, late=True),
        case("N 9 3:uint32", fails=WrongDtype, late=True),
    )
