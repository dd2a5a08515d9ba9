"""`Conv2D`."""

from __future__ import annotations

from netwright.catalog.families.convolution import GroupedConvolution
from netwright.catalog.families.windows import Sizes2D
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case


class Conv2D(GroupedConvolution):
    """Slide learned filters over the two spatial axes of an image."""

    kernel_size: Sizes2D
    strides: Sizes2D = (1, 1)
    dilation_rate: Sizes2D = (1, 1)

    cases = (
        case("N 28 28 1", filters=32, kernel_size=3, to="N 26 26 32", params=320),
        case("N 28 28 4", filters=8, kernel_size=[3, 5], padding="same", strides=2, to="N 14 14 8", params=488),
        case("N 28 ? 4", filters=8, kernel_size=3, use_bias=False, to="N 26 ? 8", params=288),
        case("N 28 w 4", filters=8, kernel_size=3, padding="same", to="N 28 w 8", params=296),
        case("N 9 9 4", filters=8, kernel_size=3, dilation_rate=4, to="N 1 1 8", params=296),
        case("N 3 8 9", filters=4, kernel_size=3, data_format="channels_first", to="N 4 6 7", params=112),
        # A batch of its own size keeps the row from the profiler, which does not look into what is compiled.
        case("2 8 8 4", filters=8, kernel_size=3, groups=2, to="2 6 6 8", params=152),
        case("N 8 8 4", filters=2, kernel_size=1, dtype="mixed_bfloat16", to="N 8 8 2:bfloat16", params=10),
        case("N 28 28", filters=32, kernel_size=3, fails=WrongRank),
        case("N 4 28 28 3", filters=32, kernel_size=3, fails=WrongRank),
        case("N 28 28 ?", filters=32, kernel_size=3, fails=UnknownSize),
        case("N 8 8 3", filters=8, kernel_size=3, groups=2, fails=WrongSize),
        case("N 2 28 1", filters=32, kernel_size=3, fails=NothingLeft),
        case("N 28 28 1:uint8", filters=32, kernel_size=3, fails=WrongDtype, late=True),
        case(
            "N 3 8 9",
            filters=4,
            kernel_size=3,
            data_format="channels_first",
            dtype="float64",
            fails=WrongDtype,
            late=True,
        ),
    )
