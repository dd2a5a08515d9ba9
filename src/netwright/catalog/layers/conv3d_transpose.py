"""`Conv3DTranspose`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from netwright.arguments import Sizes
from netwright.catalog.families.transposing import TransposedConvolution
from netwright.catalog.families.windows import Sizes3D
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case


class Conv3DTranspose(TransposedConvolution):
    """Undo the change of size that a `Conv3D` with the same arguments makes, with learned filters."""

    kernel_size: Sizes3D
    strides: Sizes3D = (1, 1, 1)
    output_padding: Annotated[tuple[int, int, int] | None, Sizes(3, minimum=0, nullable=True)] = None
    dilation_rate: Sizes3D = (1, 1, 1)

    # The profiler does not know convolutions over three axes.
    profiled: ClassVar[bool] = False

    cases = (
        case("N 3 4 5 4", filters=6, kernel_size=3, to="N 5 6 7 6", params=654),
        case("N 3 4 5 4", filters=6, kernel_size=3, strides=2, padding="same", to="N 6 8 10 6", params=654),
        case("N 3 4 5 4", filters=6, kernel_size=2, strides=[1, 2, 3], use_bias=False, to="N 4 8 15 6", params=192),
        case("N 3 4 5 4", filters=6, kernel_size=3, strides=2, output_padding=[0, 1, 0], to="N 7 10 11 6"),
        case("N 3 4 5 4", filters=6, kernel_size=3, strides=2, padding="same", output_padding=0, to="N 5 7 9 6"),
        case("N 3 4 5 4", filters=6, kernel_size=2, dilation_rate=[1, 2, 3], to="N 4 6 8 6", params=198),
        case("N d ? w 4", filters=6, kernel_size=[1, 1, 2], to="N d ? ? 6", params=54),
        case("N 4 3 3 3", filters=6, kernel_size=2, data_format="channels_first", to="N 6 4 4 4", params=198),
        case("N 3 4 5 4", filters=2, kernel_size=1, dtype="mixed_float16", to="N 3 4 5 2:float16", params=10),
        case("N 7 7 4", filters=6, kernel_size=3, fails=WrongRank),
        case("N 7 7 7 7 4", filters=6, kernel_size=3, fails=WrongRank),
        case("N 7 7 7 ?", filters=6, kernel_size=3, fails=UnknownSize),
        case("N 3 4 5 4:int32", filters=6, kernel_size=3, fails=WrongDtype, late=True),
        case("N 3 4 5 4", filters=6, kernel_size=2, dilation_rate=2, dtype="float64", fails=WrongDtype, late=True),
    )
