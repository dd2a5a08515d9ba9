"""`RandomErasing`."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import Seed, conflict
from netwright.catalog.families.imaging import Factor, FactorOf, ImageLayer, ValueRange
from netwright.catalog.families.values import Numbers
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class RandomErasing(ImageLayer):
    """In training, cover a random part of a random share of the images.

    Height and width must be known.

    Arguments:
        factor: with what probability an image is changed: one number, drawn for each image up to it, or a list of the
            two numbers between which it is drawn
        scale: the square of the part of the height, and of the width, that is covered: from the first number to the
            second, or up to the one number
        fill_value: what covers the part: one number, a list of those for red, green and blue, or noise if it is null
    """

    factor: Annotated[Factor, FactorOf(0, 1)] = 1.0
    scale: Annotated[Factor, FactorOf(0, 1)] = (0.02, 0.33)
    fill_value: Annotated[Any, Numbers(nullable=True, length=3)] = None
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None

    @model_validator(mode="after")
    def _fills_channels(self) -> Self:
        if isinstance(self.fill_value, list) and self.data_format == "channels_first":
            raise conflict("fill_value", "Keras would fill columns, not channels, where these are not last")
        return self

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        images = self.need_ranges(self.need_size(self.images(data)))
        return self.need_color(images, "fill_value") if isinstance(self.fill_value, list) else images

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N 8 9 c", factor=[0.5, 1], fill_value=[255, 0.5, 0], seed=-1, to="N 8 9 c"),
        case("N 3 8 9", factor=0, scale=0.5, fill_value=-1, data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", scale=[1, 0], to="N 8 8 3"),
        case("2 1 1 1:bool", scale=0, value_range=[-1, 1.5], call={"training": True}, to="2 1 1 1"),
        case("N 8 8 3", dtype="mixed_bfloat16", call={"training": False}, to="N 8 8 3:bfloat16"),
        case("N 8 8 4", fill_value=[0, 0, 0], fails=WrongSize, late=True),
        case("N 8 8 3", dtype="mixed_float16", fails=WrongDtype, silent="training fails in a graph"),
        case("N ? 8 3", fails=UnknownSize, silent="training fails in a graph"),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
    )
