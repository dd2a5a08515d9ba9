"""Images smoothed, their edges, and how alike two are: what a small window sees of them."""

from __future__ import annotations

from math import prod
from typing import Self

from pydantic import model_validator

from netwright.arguments import PositiveFloat, PositiveInt, conflict
from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.catalog.families.image_ops import BatchOp, Spans, need_ranges
from netwright.catalog.families.sampling import kernel_flops
from netwright.catalog.families.windows import Sizes2D, slide
from netwright.misfits import NothingLeft, RanksDiffer, SizesDiffer, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor, differ


class GaussianBlur(BatchOp):
    """Mix each pixel with those around it, the less the farther they are.

    Arguments:
        kernel_size: from how many pixels each new one is mixed, down and across: one number, or a list of the same
            number twice
        sigma: how far the mixture reaches, in pixels: one number, or a list of two, across and down
    """

    kernel_size: Sizes2D = (3, 3)
    sigma: Spans = (1.0, 1.0)

    @model_validator(mode="after")
    def _square(self) -> Self:
        if self.kernel_size[0] != self.kernel_size[1]:
            raise conflict("kernel_size", "Keras mixes up the entries of a kernel that is not square")
        return self

    def infer(self, images: Tensor) -> Tensor:
        """The same shape and dtype."""
        return need_ranges(need_floats(self.need_images(images)))

    def flops(self, images: Tensor) -> int:
        """A product and a sum for each entry of the kernel at each pixel, and the kernel."""
        size = self.kernel_size[0]
        return 2 * size**2 * self.infer(images).each_sample() + kernel_flops(size)

    cases = (
        case("N 8 9 3", to="N 8 9 3"),
        case("N h ? c", kernel_size=5, sigma=[0.5, 2], to="N h ? c"),
        case("N 3 8 9:float64", kernel_size=[2, 2], sigma=3, data_format="channels_first", to="N 3 8 9:float64"),
        case("N 2 2 1:bfloat16", kernel_size=9, to="N 2 2 1:bfloat16"),
        case("N 8 9 3:uint8", fails=WrongDtype, late=True),
        case("N 8 9 3:float16", fails=WrongDtype, silent="it fails in a graph"),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank),
    )


class SobelEdges(BatchOp):
    """How fast each channel changes at each pixel: down, and across.

    The two are on a new last axis.
    """

    def infer(self, images: Tensor) -> Tensor:
        """The same shape with an axis of 2 behind it."""
        need_floats(self.need_images(images))
        for axis in self.spatial:
            if images.shape[axis] == 1:
                raise WrongSize(images, axis, "at least 2")
        return images.with_shape(*images.shape, 2)

    def flops(self, images: Tensor) -> int:
        """A product and a sum for each entry of the kernels at each pixel: three rows and columns, twice."""
        return 2 * 9 * self.infer(images).each_sample()

    cases = (
        case("N 8 9 3", to="N 8 9 3 2"),
        case("N h ? c:float16", to="N h ? c 2:float16"),
        case("N 3 2 2", data_format="channels_first", to="N 3 2 2 2"),
        case("N 1 9 3", fails=WrongSize, late=True),
        case("N 8 9 3:int32", fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank),
        case("N 2 8 8 3", fails=WrongRank),
    )


class Ssim(BatchOp):
    """How alike two images are in structure: one number for each pair, 1 for images that are the same.

    Of integers Keras cuts off the fraction, so that hardly anything but 0 and 1 is left.

    Arguments:
        max_val: the difference between the least and the greatest value that the images can have
        filter_size: how many pixels the window has, down and across, in which the images are compared
        filter_sigma: how far the middle of the window reaches, in pixels
        k1: what keeps dark places from counting too much
        k2: what keeps even places from counting too much
    """

    max_val: PositiveFloat = 1.0
    filter_size: PositiveInt = 11
    filter_sigma: PositiveFloat = 1.5
    k1: float = 0.01
    k2: float = 0.03

    def infer(self, image1: Tensor, image2: Tensor) -> Tensor:
        """The batch axis alone, in the dtype of the first."""
        need_ranges(need_numbers(self.need_images(image1)))
        if image2.rank != image1.rank:
            raise RanksDiffer(image1, image2)
        need_numbers(image2)
        for axis in range(image1.rank):
            if differ(image1.shape[axis], image2.shape[axis]):
                raise SizesDiffer(image1, image2, (axis, axis))
        for one in (image1, image2):
            for axis in self.spatial:
                slide(one, axis, self.filter_size, 1, "valid", 1, "filter_size")
        return image1.with_shape(image1.shape[0])

    def flops(self, image1: Tensor, image2: Tensor) -> int:
        """Five windows at each place, what is made of them and their mean, the squares before, and the window."""
        size, entries = self.filter_size, image1.each_sample()
        places = prod(image1.known(axis, "to count the pixels") - size + 1 for axis in self.spatial)
        channels = image1.known(self.channel, "to count the entries")
        each = places * channels
        return (10 * size**2 + 18) * each + 3 * entries + channels + size**2 + 6 * size - 1

    cases = (
        case("N 12 13 3", "N 12 13 3", to="N"),
        case("N h ? 3", "N h ? 3:uint8", max_val=255, filter_size=2, to="N"),
        case("2 3 h 9:float64", "2 3 h 9", filter_size=3, k1=0.1, data_format="channels_first", to="2:float64"),
        case("N 8 9 c:int32", "N 8 9 c", filter_size=8, filter_sigma=3, to="N:int32"),
        case("N 4 5 3", "N 4 5 3", fails=NothingLeft, late=True),
        case("N 8 9 3", "N 8 8 3", filter_size=3, fails=SizesDiffer, late=True),
        case("2 8 9 3", "3 8 9 2", filter_size=3, fails=SizesDiffer, silent="all channels of all images are one axis"),
        case("N 12 12 3:float16", "N 12 12 3", fails=WrongDtype, silent="it fails in a graph"),
        case("N 12 12 3", "N 12 12 3:string", fails=WrongDtype, late=True),
        case("N 12 12 3", "12 12 3", fails=RanksDiffer, late=True),
        case("N 12 3", "N 12 3", filter_size=2, fails=WrongRank, silent="the batch would be taken for one image"),
    )
