"""`UpSampling2D`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import DataFormat, choice
from netwright.catalog.families.dtypes import need_numbers, need_plain_numbers
from netwright.catalog.families.enlarging import enlarged
from netwright.catalog.families.windows import Sizes2D, layout
from netwright.layer import Stateless
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor

WAYS = ("area", "bicubic", "bilinear", "lanczos3", "lanczos5", "nearest")


class UpSampling2D(Stateless):
    """Enlarge an image by whole factors.

    Arguments:
        size: the factors for height and width
        interpolation: how the points in between are computed; `nearest` repeats rows and columns
    """

    size: Sizes2D = (2, 2)
    data_format: DataFormat = None
    interpolation: Annotated[str, choice(*WAYS)] = "nearest"

    def infer(self, inputs: Tensor) -> Tensor:
        """Each spatial axis longer by its factor."""
        larger = enlarged(need_numbers(inputs), self.data_format, self.size)
        if self.interpolation != "nearest":
            need_plain_numbers(inputs)
            for axis in layout(self.data_format, 2)[0]:
                inputs.known(axis, f"because `{self.interpolation}` computes the points of a grid of known size")
        return larger.called(self.compute_dtype)

    def flops(self, inputs: Tensor) -> int:
        """The new height and width, or how they compare to the old; and limits, where a resize gives another dtype."""
        total = 2 if self.interpolation in {"nearest", "lanczos3", "lanczos5"} else 0
        if self.interpolation != "nearest" and inputs.dtype != "float32":
            total += 2 * enlarged(inputs, self.data_format, self.size).each_sample()
        return total

    cases = (
        case("N 5 6 3", to="N 10 12 3", params=0),
        case("N 5 6 3", size=[1, 3], to="N 5 18 3"),
        case("N 5 6 c", size=3, interpolation="bilinear", to="N 15 18 c"),
        case("N h w c", size=[1, 2], to="N h ? c"),
        case("N 3 5 6", size=[2, 3], data_format="channels_first", to="N 3 10 18"),
        case("N 3 5 6", interpolation="lanczos5", data_format="channels_first", to="N 3 10 12"),
        case("N 5 6 3:uint8", interpolation="bicubic", to="N 10 12 3:float32!"),
        case("N 5 6 3:bool", to="N 10 12 3:float32!"),
        case("N 5 6 3", interpolation="area", dtype="mixed_float16", to="N 10 12 3:float16"),
        case("N 5 6", fails=WrongRank),
        case("N 5 5 6 3", fails=WrongRank),
        case(
            "N h 6 3",
            interpolation="bilinear",
            fails=UnknownSize,
            silent="Keras can't trace it, only run it eagerly",
        ),
        case("N 5 6 3:bool", interpolation="bilinear", fails=WrongDtype, late=True),
        case("N 5 6 3:string", fails=WrongDtype, silent="Keras calls the text floats"),
    )
