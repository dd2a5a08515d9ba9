"""Images seen from elsewhere: moved, turned, stretched, tilted."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import choice
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.image_ops import BatchOp
from netwright.catalog.families.sampling import BEYOND
from netwright.catalog.families.warping import BETWEEN
from netwright.misfits import RanksDiffer, SizesDiffer, UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import FLOATS, Tensor, differ

# The dtypes for which TensorFlow projects images.
PROJECTED = FLOATS | {"uint8", "int32", "int64"}


class Projective(BatchOp):
    """A map of the plane that sends straight lines to straight lines, applied to images.

    Arguments:
        interpolation: how a value between pixels is computed
        fill_value: what stands beyond the borders
    """

    interpolation: Annotated[str, choice(*BETWEEN)] = "bilinear"
    fill_value: float = 0

    def projected(self, images: Tensor, maps: Tensor, *, alone: bool) -> Tensor:
        """The images, of the same shape and dtype; `alone` says that `maps` is one for all, without a batch axis.

        Raises:
            WrongRank: the images have not four axes.
            WrongDtype: TensorFlow can't project them, or the maps are text.
            SizesDiffer: there are neither as many maps as images, nor one.
        """
        if self.need_images(images).dtype not in PROJECTED:
            raise WrongDtype(images, "floats, uint8, int32 or int64")
        need_numbers(maps)
        if not alone and maps.shape[0] != 1 and differ(maps.shape[0], images.shape[0]):
            raise SizesDiffer(images, maps, (0, 0))
        return images


class AffineTransform(Projective):
    """Move, turn, stretch or tilt images by maps of the plane: one for each, or one for all.

    A map is eight numbers `a0, a1, a2, b0, b1, b2, c0, c1`: the output at `x` and `y` is the image at
    `(a0 x + a1 y + a2) / k` and `(b0 x + b1 y + b2) / k`, where `k` is `c0 x + c1 y + 1`.

    Arguments:
        fill_mode: what stands beyond the borders: the image mirrored, begun anew, its nearest pixel, or `fill_value`
        fill_value: what stands beyond the borders with `fill_mode` `constant`
    """

    fill_mode: Annotated[str, choice(*BEYOND)] = "constant"

    def infer(self, images: Tensor, transform: Tensor) -> Tensor:
        """The same shape and dtype."""
        if transform.rank != 2 and (transform.rank != 1 or transform.shape[0] is None):
            raise WrongRank(transform, "2", "batch, the eight numbers")
        if differ(transform.last, 8):
            raise WrongSize(transform, transform.rank - 1, "8")
        return self.projected(images, transform, alone=transform.rank == 1)

    cases = (
        case("N 8 9 3", "N 8", to="N 8 9 3"),
        case("N h ? c:uint8", "1 8:int32", interpolation="nearest", fill_mode="wrap", to="N h ? c:uint8"),
        case("2 3 8 9", "8", fill_mode="reflect", fill_value=0.5, data_format="channels_first", to="2 3 8 9"),
        case("N 8 9 3:float16", "N 8:float16", fill_mode="nearest", fill_value=-1, to="N 8 9 3:float16"),
        case("N 8 9 3", "N 6", fails=WrongSize, late=True),
        case("3 8 9 3", "2 8", fails=SizesDiffer, late=True),
        case("N 8 9 3:bool", "N 8", fails=WrongDtype, late=True),
        case("N 8 9 3", "N 8:string", fails=WrongDtype, late=True),
        case("N 8 9 3", "N 2 4", fails=WrongRank),
        case("N 8 9 3", "N", fails=WrongRank, silent="the batch would be taken for one transform"),
        case("N 8 3", "N 8", fails=WrongRank, silent="the batch would be taken for one image"),
    )


class PerspectiveTransform(Projective):
    """Tilt images so that four points of each come to lie on four others; a point is how far across, and how far down.

    No three of the four points may lie on one line. There are four pairs of points for each image, or four for all.
    """

    def infer(self, images: Tensor, start_points: Tensor, end_points: Tensor) -> Tensor:
        """The same shape and dtype."""
        for points in (start_points, end_points):
            _check_points(points)
        if start_points.rank != end_points.rank:
            raise RanksDiffer(start_points, end_points)
        _check_alike(start_points, end_points)
        need_numbers(end_points)
        return self.projected(images, start_points, alone=start_points.rank == 2)

    def flops(self, images: Tensor, start_points: Tensor, end_points: Tensor) -> int:
        """The products in the equations for one map; solving them is not counted."""
        return 32

    cases = (
        case("N 8 9 3", "N 4 2", "N 4 2", to="N 8 9 3"),
        case("N h ? c:uint8", "1 4 2:int32", "1 4 2", interpolation="nearest", fill_value=9, to="N h ? c:uint8"),
        case("2 3 8 9:int64", "4 2", "4 2:float64", data_format="channels_first", to="2 3 8 9:int64"),
        case("N 8 9 3", "N 4 2", "N 4 3", fails=WrongSize),
        case("N 8 9 3", "N 4 2", "N 4 ?", fails=UnknownSize),
        case("N 8 9 3", "N 4 2", "2 4 2", fails=UnknownSize),
        case("N 8 9 3", "3 4 2", "2 4 2", fails=SizesDiffer),
        case("3 8 9 3", "2 4 2", "2 4 2", fails=SizesDiffer, late=True),
        case("N 8 9 3", "N 4 2", "4 2", fails=RanksDiffer),
        case("N 8 9 3:int16", "N 4 2", "N 4 2", fails=WrongDtype, late=True),
        case("N 8 9 3", "N 4 2", "N 4 2:string", fails=WrongDtype, late=True),
        case("N 8 9 3", "N 8", "N 8", fails=WrongRank),
        case("N 8 3", "N 4 2", "N 4 2", fails=WrongRank, silent="the batch would be taken for one image"),
    )


def _check_points(points: Tensor) -> None:
    """Refuse what is not certainly four points."""
    if points.rank != 3 and (points.rank != 2 or points.shape[0] is None):
        raise WrongRank(points, "3", "batch, the four points, across and down")
    for axis, size in ((points.rank - 2, 4), (points.rank - 1, 2)):
        if points.known(axis, "because there must be four points of two numbers") != size:
            raise WrongSize(points, axis, str(size))


def _check_alike(start: Tensor, end: Tensor) -> None:
    """Refuse numbers of points that differ, also where only one of them is known."""
    sizes = start.shape[0], end.shape[0]
    if differ(*sizes):
        raise SizesDiffer(start, end, (0, 0))
    if isinstance(sizes[0], int) != isinstance(sizes[1], int):
        unknown = end if isinstance(sizes[0], int) else start
        raise UnknownSize(unknown, 0, "if that of the other points is known")
