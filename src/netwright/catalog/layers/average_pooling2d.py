"""`AveragePooling2D`."""

from __future__ import annotations

from netwright.catalog.families.pooling import Pooling, Strides2D
from netwright.catalog.families.windows import Sizes2D
from netwright.misfits import NothingLeft, WrongDtype, WrongRank
from netwright.operation import case


class AveragePooling2D(Pooling):
    """Take the mean of each window that slides over an image, channel by channel."""

    pool_size: Sizes2D
    strides: Strides2D = None

    cases = (
        case("N 28 27 3", pool_size=2, to="N 14 13 3", params=0),
        case("N 28 27 3", pool_size=2, padding="same", to="N 14 14 3"),
        case("N 28 27 3", pool_size=[3, 2], strides=[1, 3], to="N 26 9 3"),
        case("N h ? 3", pool_size=3, strides=1, padding="same", to="N h ? 3"),
        case("N h 8 c", pool_size=2, to="N ? 4 c"),
        case("N 3 8 9", pool_size=3, data_format="channels_first", to="N 3 2 3"),
        case("N 8 8 3", pool_size=2, dtype="mixed_float16", to="N 4 4 3:float16"),
        case("N 8 8", pool_size=2, fails=WrongRank),
        case("N 8 2 3", pool_size=3, fails=NothingLeft),
        case("N 8 8 3:int32", pool_size=2, fails=WrongDtype, late=True),
    )
