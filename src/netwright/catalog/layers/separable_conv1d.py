"""`SeparableConv1D`."""

from __future__ import annotations

from netwright.catalog.families.depthwise import SeparableConvolution
from netwright.catalog.families.windows import Sizes1D
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank
from netwright.operation import case


class SeparableConv1D(SeparableConvolution):
    """Slide filters along each channel of a sequence on its own, then mix the channels step by step."""

    kernel_size: Sizes1D
    strides: Sizes1D = (1,)
    dilation_rate: Sizes1D = (1,)

    cases = (
        case("N 28 3", filters=8, kernel_size=3, to="N 26 8", params=41),
        case("N 28 3", filters=8, kernel_size=3, depth_multiplier=2, use_bias=False, to="N 26 8", params=66),
        case("N 29 3", filters=2, kernel_size=[3], strides=2, padding="same", to="N 15 2", params=17),
        case("N 28 3", filters=2, kernel_size=3, strides=2, dilation_rate=2, to="N 12 2", params=17),
        case("N 28 3", filters=2, kernel_size=3, strides=3, dilation_rate=2, padding="same", to="N 10 2", params=17),
        case("N t 3", filters=2, kernel_size=3, padding="same", to="N t 2", params=17),
        case("N t 3", filters=2, kernel_size=3, to="N ? 2", params=17),
        case("N 3 9", filters=2, kernel_size=3, data_format="channels_first", to="N 2 7", params=17),
        case("N 8 3", filters=2, kernel_size=3, dtype="bfloat16", to="N 6 2:bfloat16", params=17),
        case("N 3", filters=2, kernel_size=3, fails=WrongRank),
        case("N 28 28 3", filters=2, kernel_size=3, fails=WrongRank),
        case("N 28 ?", filters=2, kernel_size=3, fails=UnknownSize),
        case("N 2 3", filters=2, kernel_size=3, fails=NothingLeft),
        case("N 28 3:int32", filters=2, kernel_size=3, fails=WrongDtype, late=True),
    )
