"""`MaxPooling3D`."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.pooling import Pooling, Strides3D
from netwright.catalog.families.windows import Sizes3D
from netwright.misfits import NothingLeft, WrongDtype, WrongRank
from netwright.operation import case


class MaxPooling3D(Pooling):
    """Take the largest entry of each window that slides over a volume, channel by channel."""

    # The profiler does not know windows over volumes.
    profiled: ClassVar[bool] = False

    pool_size: Sizes3D = (2, 2, 2)
    strides: Strides3D = None

    cases = (
        case("N 9 8 7 3", to="N 4 4 3 3", params=0),
        case("N 9 8 7 3", padding="same", to="N 5 4 4 3"),
        case("N 9 8 7 3", pool_size=[3, 2, 1], strides=[1, 3, 2], to="N 7 3 4 3"),
        case("N d h ? 3", pool_size=3, strides=1, padding="same", to="N d h ? 3"),
        case("N d 8 8 c", to="N ? 4 4 c"),
        case("N 3 8 9 7", pool_size=3, data_format="channels_first", to="N 3 2 3 2"),
        case("N 8 8 8 3", dtype="mixed_bfloat16", to="N 4 4 4 3:bfloat16"),
        case("N 8 8 3", fails=WrongRank),
        case("N 8 2 8 3", pool_size=3, fails=NothingLeft),
        case("N 8 8 8 3", dtype="mixed_float16", fails=WrongDtype, late=True),
        case("N 8 8 8 3", dtype="float64", fails=WrongDtype, late=True),
        case("N 8 8 8 3:int32", fails=WrongDtype, late=True),
        case("N 8 8 8 3:bool", fails=WrongDtype, late=True),
    )
