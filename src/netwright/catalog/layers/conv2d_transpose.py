"""`Conv2DTranspose`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Pair, Sizes
from netwright.catalog.families.transposing import TransposedConvolution
from netwright.catalog.families.windows import Sizes2D
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case


class Conv2DTranspose(TransposedConvolution):
    """Undo the change of size that a `Conv2D` with the same arguments makes, with learned filters."""

    kernel_size: Sizes2D
    strides: Sizes2D = (1, 1)
    output_padding: Annotated[Pair | None, Sizes(2, minimum=0, nullable=True)] = None
    dilation_rate: Sizes2D = (1, 1)

    cases = (
        case("N 7 7 4", filters=8, kernel_size=3, to="N 9 9 8", params=296),
        case("N 7 7 4", filters=8, kernel_size=3, strides=2, padding="same", to="N 14 14 8", params=296),
        case("N 7 7 4", filters=8, kernel_size=3, strides=2, padding="same", output_padding=0, to="N 13 13 8"),
        case("N 7 7 4", filters=8, kernel_size=2, strides=3, padding="same", output_padding=1, to="N 19 19 8"),
        case("N 7 7 4", filters=8, kernel_size=3, strides=2, to="N 15 15 8", params=296),
        case("N 7 7 4", filters=8, kernel_size=2, strides=[2, 4], to="N 14 28 8", params=136),
        case("N 7 7 4", filters=8, kernel_size=3, strides=2, output_padding=[0, 1], to="N 15 16 8", params=296),
        case("N 7 7 4", filters=8, kernel_size=3, dilation_rate=2, use_bias=False, to="N 11 11 8", params=288),
        case("N h ? 4", filters=8, kernel_size=3, padding="same", to="N h ? 8", params=296),
        case("N h w 4", filters=8, kernel_size=[1, 2], to="N h ? 8", params=72),
        # A batch of its own size keeps the row from the profiler, which knows `channels_last` only.
        case("2 4 7 7", filters=8, kernel_size=3, data_format="channels_first", to="2 8 9 9", params=296),
        case("N 7 7 4", filters=2, kernel_size=1, dtype="mixed_float16", to="N 7 7 2:float16", params=10),
        case("N 7 4", filters=8, kernel_size=3, fails=WrongRank),
        case("N 7 7 7 4", filters=8, kernel_size=3, fails=WrongRank),
        case("N 7 7 ?", filters=8, kernel_size=3, fails=UnknownSize),
        case("N 7 7 4:int32", filters=8, kernel_size=3, fails=WrongDtype, late=True),
        case("N 7 7 4", filters=8, kernel_size=1, dilation_rate=2, dtype="float64", fails=WrongDtype, late=True),
        case(
            "N 4 7 7",
            filters=8,
            kernel_size=3,
            data_format="channels_first",
            dtype="float64",
            fails=WrongDtype,
            late=True,
        ),
    )
