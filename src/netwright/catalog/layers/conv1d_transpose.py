"""`Conv1DTranspose`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Sizes
from netwright.catalog.families.transposing import TransposedConvolution
from netwright.catalog.families.windows import Sizes1D
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case


class Conv1DTranspose(TransposedConvolution):
    """Undo the change of size that a `Conv1D` with the same arguments makes, with learned filters."""

    kernel_size: Sizes1D
    strides: Sizes1D = (1,)
    output_padding: Annotated[tuple[int] | None, Sizes(1, minimum=0, nullable=True)] = None
    dilation_rate: Sizes1D = (1,)

    cases = (
        case("N 7 4", filters=8, kernel_size=3, to="N 9 8", params=104),
        case("N 7 4", filters=8, kernel_size=3, strides=2, padding="same", to="N 14 8", params=104),
        case("N 7 4", filters=8, kernel_size=3, strides=2, padding="same", output_padding=0, to="N 13 8"),
        case("N 7 4", filters=8, kernel_size=2, strides=3, padding="same", output_padding=[1], to="N 19 8"),
        case("N 7 4", filters=8, kernel_size=[3], strides=2, to="N 15 8", params=104),
        case("N 7 4", filters=8, kernel_size=2, strides=4, use_bias=False, to="N 28 8", params=64),
        case("N 7 4", filters=8, kernel_size=3, strides=2, output_padding=1, to="N 16 8", params=104),
        case("N 7 4", filters=8, kernel_size=3, dilation_rate=2, activation="softmax", to="N 11 8", params=104),
        case("N t 4", filters=8, kernel_size=3, padding="same", to="N t 8", params=104),
        case("N t 4", filters=8, kernel_size=1, to="N t 8", params=40),
        case("N t 4", filters=8, kernel_size=2, to="N ? 8", params=72),
        case("N 7 4", filters=2, kernel_size=1, dtype="mixed_float16", to="N 7 2:float16", params=10),
        case("N 4", filters=8, kernel_size=3, fails=WrongRank),
        case("N 7 7 4", filters=8, kernel_size=3, fails=WrongRank),
        case("N 7 ?", filters=8, kernel_size=3, fails=UnknownSize),
        case("N 7 4:int32", filters=8, kernel_size=3, fails=WrongDtype, late=True),
        case("N 7 4", filters=8, kernel_size=3, dilation_rate=2, dtype="float64", fails=WrongDtype, late=True),
        case(
            "N 7 4",
            filters=8,
            kernel_size=3,
            data_format="channels_first",
            dtype="float64",
            fails=WrongDtype,
            late=True,
        ),
    )
