"""Layers that change images by operations drawn at random from a fixed list."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed, choice
from netwright.catalog.families.imaging import Factor, FactorOf, ImageLayer, ValueRange
from netwright.catalog.families.warping import BETWEEN


class Augmenting(ImageLayer):
    """A layer that draws operations: to shear, shift and turn, to reduce, invert, stretch and equalize the values.

    Arguments:
        value_range: the least and the greatest value in the images
        factor: strength of the operations: from the first number to the second, or up to the one number
        interpolation: how a value between pixels is computed
    """

    value_range: ValueRange = (0, 255)
    # The default is the layer's own.
    factor: Annotated[Factor, FactorOf(0, 1)]
    interpolation: Annotated[str, choice(*BETWEEN)] = "bilinear"
    seed: Seed | None = None
