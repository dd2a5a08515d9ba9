"""`DepthwiseConv1D`."""

from __future__ import annotations

from netwright.catalog.families.depthwise import DepthwiseConvolution
from netwright.catalog.families.windows import Sizes1D
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank
from netwright.operation import case


class DepthwiseConv1D(DepthwiseConvolution):
    """Slide learned filters along the steps of a sequence, each over one channel only."""

    kernel_size: Sizes1D
    strides: Sizes1D = (1,)
    dilation_rate: Sizes1D = (1,)

    cases = (
        case("N 28 3", kernel_size=3, to="N 26 3", params=12),
        case("N 28 3", kernel_size=[5], depth_multiplier=2, use_bias=False, to="N 24 6", params=30),
        case("N 29 3", kernel_size=3, strides=2, padding="same", activation="softmax", to="N 15 3", params=12),
        case("N 28 3", kernel_size=3, strides=2, dilation_rate=2, to="N 12 3", params=12),
        case("N 28 3", kernel_size=3, strides=3, dilation_rate=2, padding="same", to="N 10 3", params=12),
        case("N 28 3", kernel_size=3, dilation_rate=3, padding="same", to="N 28 3", params=12),
        case("N t 3", kernel_size=3, padding="same", to="N t 3", params=12),
        case("N t 3", kernel_size=3, to="N ? 3", params=12),
        case("N 3 9", kernel_size=3, data_format="channels_first", depth_multiplier=2, to="N 6 7", params=24),
        case("N 8 3", kernel_size=3, dtype="mixed_float16", to="N 6 3:float16", params=12),
        case("N 3", kernel_size=3, fails=WrongRank),
        case("N 28 28 3", kernel_size=3, fails=WrongRank),
        case("N 28 ?", kernel_size=3, fails=UnknownSize),
        case("N 2 3", kernel_size=3, fails=NothingLeft),
        case("N 28 3:uint8", kernel_size=3, fails=WrongDtype, late=True),
    )
