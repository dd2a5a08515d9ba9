"""`Conv3D`."""

from __future__ import annotations

from netwright.catalog.families.convolution import GroupedConvolution
from netwright.catalog.families.windows import Sizes3D
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case


class Conv3D(GroupedConvolution):
    """Slide learned filters over the three spatial axes of a volume, or of a sequence of images."""

    kernel_size: Sizes3D
    strides: Sizes3D = (1, 1, 1)
    dilation_rate: Sizes3D = (1, 1, 1)

    cases = (
        case("N 8 9 10 4", filters=6, kernel_size=3, to="N 6 7 8 6", params=654),
        case("N 8 9 10 4", filters=6, kernel_size=[1, 2, 3], padding="same", strides=2, to="N 4 5 5 6", params=150),
        case("N 8 h ? 4", filters=6, kernel_size=2, padding="same", use_bias=False, to="N 8 h ? 6", params=192),
        case("N d h ? 4", filters=6, kernel_size=[1, 1, 2], to="N d h ? 6", params=54),
        case("N 9 9 9 4", filters=6, kernel_size=3, dilation_rate=[4, 2, 1], to="N 1 5 7 6", params=654),
        # A batch of its own size keeps a row from the profiler, which does not look into what is compiled.
        case("2 4 5 6 7", filters=6, kernel_size=2, data_format="channels_first", to="2 6 4 5 6", params=198),
        case("2 5 6 7 4", filters=6, kernel_size=2, groups=2, activation="softmax", to="2 4 5 6 6", params=102),
        case("N 5 6 7 4", filters=2, kernel_size=1, dtype="mixed_float16", to="N 5 6 7 2:float16", params=10),
        case("N 5 6 7 4", filters=2, kernel_size=1, trainable=False, to="N 5 6 7 2", params=10, frozen=10),
        case("N 8 8 4", filters=6, kernel_size=3, fails=WrongRank),
        case("N 8 8 8 8 4", filters=6, kernel_size=3, fails=WrongRank),
        case("N 8 8 8 ?", filters=6, kernel_size=3, fails=UnknownSize),
        case("N 8 8 8 3", filters=6, kernel_size=3, groups=2, fails=WrongSize),
        case("N 8 8 2 4", filters=6, kernel_size=3, fails=NothingLeft),
        case("N 8 8 8 4:uint8", filters=6, kernel_size=3, fails=WrongDtype, late=True),
    )
