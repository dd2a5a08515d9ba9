"""The colors of images."""

from __future__ import annotations

from math import prod
from typing import ClassVar

from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.catalog.families.image_ops import BatchOp
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class RgbToGrayscale(BatchOp):
    """Make one channel, the brightness, of red, green and blue. Gray images stay as they are."""

    def infer(self, images: Tensor) -> Tensor:
        """One channel, in the same dtype."""
        if self._channels(images) not in (1, 3):
            raise WrongSize(images, self.channel, "1 or 3, gray or red, green and blue")
        return images.with_size(self.channel, 1)

    def _channels(self, images: Tensor) -> int:
        need_numbers(self.need_images(images))
        return images.known(self.channel, "because gray images stay as they are")

    def flops(self, images: Tensor) -> int:
        """A product and a sum for each color of each pixel."""
        colors = self._channels(images)
        pixels = prod(images.known(axis, "to count the pixels") for axis in self.spatial)
        return 2 * colors * pixels if colors > 1 else 0

    cases = (
        case("N 8 9 3", to="N 8 9 1"),
        case("N h ? 3:uint8", to="N h ? 1:uint8"),
        case("N 3 8 9", data_format="channels_first", to="N 1 8 9"),
        case("N 8 9 1:bool", to="N 8 9 1:bool"),
        case("N 8 9 2", fails=WrongSize),
        case("N 8 9 ?", fails=UnknownSize, late=True),
        case("N 8 9 3:string", fails=WrongDtype, late=True),
        case("N 8 9 1:string", fails=WrongDtype, silent="text has no brightness"),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank),
    )


class Colors(BatchOp):
    """Colors written in another way."""

    def infer(self, images: Tensor) -> Tensor:
        """The same shape and dtype."""
        return self.need_color(need_floats(self.need_images(images)))


class RgbToHsv(Colors):
    """Make hue, saturation and value of red, green and blue. All are from 0 to 1."""

    cases = (
        case("N 8 9 3", to="N 8 9 3"),
        case("N h ? 3:float16", to="N h ? 3:float16"),
        case("N 8 9 ?", to="N 8 9 ?"),
        case("N 3 8 9:float64", data_format="channels_first", to="N 3 8 9:float64"),
        case("N 8 9 1", fails=WrongSize),
        case("N 8 9 3:uint8", fails=WrongDtype),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank),
    )


class HsvToRgb(Colors):
    """Make red, green and blue of hue, saturation and value. All are from 0 to 1."""

    has_gradient: ClassVar[bool] = False

    cases = (
        case("N 8 9 3", to="N 8 9 3"),
        case("N 3 h 9:bfloat16", data_format="channels_first", to="N 3 h 9:bfloat16"),
        case("N 8 9 4", fails=WrongSize),
        case("N 8 9 3:int32", fails=WrongDtype),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
    )
