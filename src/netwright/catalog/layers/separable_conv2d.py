"""`SeparableConv2D`."""

from __future__ import annotations

from netwright.catalog.families.depthwise import SeparableConvolution
from netwright.catalog.families.windows import Sizes2D
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank
from netwright.operation import case


class SeparableConv2D(SeparableConvolution):
    """Slide filters over each channel of an image on its own, then mix the channels point by point."""

    kernel_size: Sizes2D
    strides: Sizes2D = (1, 1)
    dilation_rate: Sizes2D = (1, 1)

    cases = (
        case("N 28 28 3", filters=8, kernel_size=3, to="N 26 26 8", params=59),
        case(
            "N 28 28 3",
            filters=8,
            kernel_size=3,
            depth_multiplier=2,
            use_bias=False,
            to="N 26 26 8",
            params=102,
        ),
        case("N 28 28 3", filters=2, kernel_size=3, strides=[2, 3], padding="same", to="N 14 10 2", params=35),
        case("N 28 28 3", filters=2, kernel_size=3, strides=2, dilation_rate=2, to="N 12 12 2", params=35),
        case("N h ? 3", filters=2, kernel_size=3, padding="same", to="N h ? 2", params=35),
        case("N 3 8 9", filters=2, kernel_size=3, data_format="channels_first", to="N 2 6 7", params=35),
        case("N 8 8 3", filters=2, kernel_size=3, dtype="bfloat16", to="N 6 6 2:bfloat16", params=35),
        case("N 28 3", filters=2, kernel_size=3, fails=WrongRank),
        case("N 4 28 28 3", filters=2, kernel_size=3, fails=WrongRank),
        case("N 28 28 ?", filters=2, kernel_size=3, fails=UnknownSize),
        case("N 28 2 3", filters=2, kernel_size=3, fails=NothingLeft),
        case("N 28 28 3:int32", filters=2, kernel_size=3, fails=WrongDtype, late=True),
        case("N 28 28 3", filters=2, kernel_size=3, strides=[2, 1], dtype="float64", fails=WrongDtype, late=True),
    )
