"""`CenterCrop`."""

from __future__ import annotations

from typing import Any

from netwright.arguments import PositiveInt
from netwright.catalog.families.imaging import ImageLayer
from netwright.misfits import WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor

# For the cases.
SMALL: dict[str, Any] = {"height": 4, "width": 6}


class CenterCrop(ImageLayer):
    """Cut the middle out of images, in training and after it.

    An image that is too small is enlarged first. That holds for sizes that are known beforehand: where both height and
    width are not, an image that is too small comes out smaller than the layer says.

    Arguments:
        height: height of the output
        width: width of the output
    """

    height: PositiveInt
    width: PositiveInt

    def infer(self, data: Tensor) -> Tensor:
        """The chosen height and width; the channels stay."""
        images = self.images(data)
        small = self._too_small(images)
        if small and self.compute_dtype != "float32":
            argument = ("height", "width")[self.spatial.index(small[0])]
            need = f"at least {getattr(self, argument)}, as enlarging gives float32 and not {self.compute_dtype}"
            raise WrongSize(images, small[0], need, argument)
        return self.resized(images, self.height, self.width)

    def _too_small(self, images: Tensor) -> list[int]:
        """The axes that are known to be smaller than what is to be cut out."""
        sides = zip(self.spatial, (self.height, self.width), strict=True)
        return [axis for axis, side in sides if isinstance(size := images.shape[axis], int) and size < side]

    def flops(self, data: Tensor) -> int:
        """None, but for where to cut if that is not known beforehand."""
        unknown = [axis for axis in self.spatial if not isinstance(data.shape[axis], int)]
        return len(unknown) * (14 if self._too_small(data) else 2)

    cases = (
        case("N 8 8 3", **SMALL, to="N 4 6 3", params=0),
        case("N 8 8 3:uint8", **SMALL, to="N 4 6 3"),
        case("N 3 4 6", **SMALL, data_format="channels_first", to="N 3 4 6"),
        case("N 3 5 c:bool", **SMALL, to="N 4 6 c"),
        case("N ? w 3", **SMALL, to="N 4 6 3"),
        case("N 3 w 3", **SMALL, to="N 4 6 3"),
        case("N 8 8 3", **SMALL, dtype="mixed_float16", to="N 4 6 3:float16"),
        case("2 8 8 3:float16", **SMALL, trainable=False, to="2 4 6 3"),
        case("N 3 8 3", **SMALL, dtype="mixed_float16", fails=WrongSize, silent="it is enlarged to float32"),
        case("N 8 3", **SMALL, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 8", **SMALL, fails=WrongRank),
        case("N 2 8 8 3", **SMALL, fails=WrongRank),
        case("N 8 8 3:string", **SMALL, fails=WrongDtype, late=True),
    )
