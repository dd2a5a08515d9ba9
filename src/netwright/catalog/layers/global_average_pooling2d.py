"""`GlobalAveragePooling2D`."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.pooling import GlobalMean
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case


class GlobalAveragePooling2D(GlobalMean):
    """Take the mean over all points of an image, channel by channel."""

    spatial_axes: ClassVar[int] = 2

    cases = (
        case("N 8 9 3", to="N 3", params=0),
        case("N 8 9 3", keepdims=True, to="N 1 1 3"),
        case("N 3 8 9", data_format="channels_first", to="N 3"),
        case("N 3 8 9", data_format="channels_first", keepdims=True, to="N 3 1 1"),
        case("N h ? c", to="N c"),
        case("N 8 9 3:int32", to="N 3"),
        case("N 8 9 3:bool", to="N 3"),
        case("N 8 9 3", dtype="mixed_float16", to="N 3:float16"),
        case("N 9", fails=WrongRank),
        case("N 9 8 9 3", fails=WrongRank),
        case("N 8 9 3:int32", dtype="float64", fails=WrongDtype, silent="the mean of integers is float32"),
        case("N 8 9 3:string", fails=WrongDtype, late=True),
    )
