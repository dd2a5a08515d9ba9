"""`ContrastLimitedAdaptiveHistogramEqualization`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from netwright.arguments import Pair, Sizes
from netwright.catalog.families.imaging import ImageLayer, ValueRange
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor

# For the cases.
FEW: dict[str, Any] = {"tile_grid_size": [2, 3]}


class ContrastLimitedAdaptiveHistogramEqualization(ImageLayer):
    """Spread the values of each channel evenly over their range, tile by tile, in training and after it.

    Height and width must be known. Integers are rounded only where a layer is called directly; a compiled model
    computes with floats.

    Arguments:
        clip_limit: how many times as often as on average a value may count in a tile; from 0 down there is no limit
        tile_grid_size: how many tiles lie below each other, and side by side; they all have the same size, for which
            the image is mirrored at its lower and its right border
    """

    has_gradient: ClassVar[bool] = False

    value_range: ValueRange = (0, 255)
    # Far above any limit that does something, and small enough for float32.
    clip_limit: Annotated[float, Field(le=1e30)] = 4.0
    tile_grid_size: Annotated[Pair, Sizes(2, scalar=False)] = (8, 8)

    keeps_integers = True

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        images = self.images(data)
        for axis, tiles in zip(self.spatial, self.tile_grid_size, strict=True):
            size = images.known(axis, "because it is divided into tiles")
            if _tiled(size, tiles) > 2 * size:
                raise WrongSize(images, axis, f"enough for {tiles} tiles if it is mirrored", "tile_grid_size")
        return images

    def flops(self, data: Tensor) -> int:
        """What counts the values of each tile and mixes those of four; more if the range is not that of a byte."""
        images = self.infer(data)
        entries, channels = images.each_sample(), images.known(self.channel, "to count the entries")
        sizes = (images.known(axis, "to count the entries") for axis in self.spatial)
        height, width = map(_tiled, sizes, self.tile_grid_size)
        tables = channels * self.tile_grid_size[0] * self.tile_grid_size[1]
        of_pixels = 286 * height * width * channels + 14 * height + 15 * width + 2 * channels + 1
        of_tables = (4 + 5 * (self.clip_limit > 0)) * 256 * tables + 2 * tables
        scaled = 0 if self.value_range == (0, 255) else 8 * entries + 4
        return of_pixels + of_tables + scaled

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N 9 5 3", **FEW, value_range=[-1, 1.5], to="N 9 5 3"),
        case("N 3 8 9", **FEW, clip_limit=0, data_format="channels_first", to="N 3 8 9"),
        case("N 9 5 c", **FEW, clip_limit=0.5, trainable=False, to="N 9 5 c"),
        case("N 8 8 3:uint8", clip_limit=1, to="N 8 8 3"),
        case("2 1 2 1:bool", **FEW, call={"training": True}, to="2 1 2 1"),
        case("N 8 8 3", dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 3", dtype="float64", to="N 8 8 3:float64"),
        case("N 3 8 3", fails=WrongSize, late=True),
        case("N 8 ? 3", fails=UnknownSize, silent="it fails in a graph"),
        case("N 8 8 3:uint8", activity_regularizer="l2", fails=WrongDtype, late=True),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
    )


def _tiled(size: int, tiles: int) -> int:
    """The size of an axis once it is a whole number of tiles."""
    return -(-size // tiles) * tiles
