"""Layers that move the pixels of an image at random: what they fill in, and how they read between pixels."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed, choice
from netwright.catalog.families.imaging import ImageLayer

# How a value between pixels is computed.
BETWEEN = ("nearest", "bilinear")


class Warping(ImageLayer):
    """A layer that moves the pixels of each image by an affine map, drawn at random.

    Arguments:
        fill_mode: what stands beyond the borders: the image mirrored, begun anew, its nearest pixel, or `fill_value`
        interpolation: how a value between pixels is computed
        fill_value: what stands beyond the borders with `fill_mode` `constant`
    """

    fill_mode: Annotated[str, choice("reflect", "wrap", "constant", "nearest")] = "reflect"
    interpolation: Annotated[str, choice(*BETWEEN)] = "bilinear"
    fill_value: float = 0.0
    seed: Seed | None = None
