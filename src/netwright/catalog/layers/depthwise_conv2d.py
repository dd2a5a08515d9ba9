"""`DepthwiseConv2D`."""

from __future__ import annotations

from netwright.catalog.families.depthwise import DepthwiseConvolution
from netwright.catalog.families.windows import Sizes2D
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank
from netwright.operation import case


class DepthwiseConv2D(DepthwiseConvolution):
    """Slide learned filters over the two spatial axes of an image, each over one channel only."""

    kernel_size: Sizes2D
    strides: Sizes2D = (1, 1)
    dilation_rate: Sizes2D = (1, 1)

    cases = (
        case("N 28 28 3", kernel_size=3, to="N 26 26 3", params=30),
        case("N 28 28 3", kernel_size=[3, 5], depth_multiplier=2, use_bias=False, to="N 26 24 6", params=90),
        case("N 28 28 3", kernel_size=3, strides=[2, 1], padding="same", to="N 14 28 3", params=30),
        case("N 28 28 3", kernel_size=3, strides=2, dilation_rate=2, to="N 12 12 3", params=30),
        case("N 28 28 3", kernel_size=3, strides=[2, 3], dilation_rate=[1, 2], padding="same", to="N 14 10 3"),
        case("N h ? 3", kernel_size=3, padding="same", to="N h ? 3", params=30),
        case(
            "N 3 8 9",
            kernel_size=3,
            data_format="channels_first",
            depth_multiplier=2,
            to="N 6 6 7",
            params=60,
        ),
        case("N 8 8 3", kernel_size=3, dtype="mixed_float16", to="N 6 6 3:float16", params=30),
        case("N 28 3", kernel_size=3, fails=WrongRank),
        case("N 4 28 28 3", kernel_size=3, fails=WrongRank),
        case("N 28 28 ?", kernel_size=3, fails=UnknownSize),
        case("N 28 2 3", kernel_size=3, fails=NothingLeft),
        case("N 28 28 3:uint8", kernel_size=3, fails=WrongDtype, late=True),
        case("N 28 28 3", kernel_size=3, strides=[2, 1], dtype="float64", fails=WrongDtype, late=True),
    )
