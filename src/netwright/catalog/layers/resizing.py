"""`Resizing`."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import PositiveInt, choice, conflict
from netwright.catalog.families.dtypes import need_floats, need_plain_numbers
from netwright.catalog.families.imaging import ImageLayer
from netwright.catalog.families.resizing import WAYS, computes_scales, size_flops
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor

# For the cases.
SMALL: dict[str, Any] = {"height": 4, "width": 6}


class Resizing(ImageLayer):
    """Resize images to one height and width, in training and after it.

    Integers are rounded only where a layer is called directly; a compiled model computes with floats.

    Arguments:
        height: height of the output
        width: width of the output
        interpolation: how a value between pixels is computed
        crop_to_aspect_ratio: whether what is too wide or too high is cut off first, so that nothing is distorted
        pad_to_aspect_ratio: whether the image is enlarged by `fill_value` first, so that nothing is distorted
        fill_mode: always `constant`
        fill_value: what the image is enlarged by with `pad_to_aspect_ratio`
        antialias: whether an image that gets smaller is smoothed; `nearest` and `area` take no notice
    """

    height: PositiveInt
    width: PositiveInt
    interpolation: Annotated[str, choice(*WAYS)] = "bilinear"
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_mode: Annotated[str, choice("constant")] = "constant"
    fill_value: float = 0.0
    antialias: bool = False

    @model_validator(mode="after")
    def _crops_or_pads(self) -> Self:
        if self.crop_to_aspect_ratio and self.pad_to_aspect_ratio:
            raise conflict("pad_to_aspect_ratio", "Keras either crops or pads, not both")
        return self

    def infer(self, data: Tensor) -> Tensor:
        """The chosen height and width; the channels stay."""
        # Called directly, the layer keeps integers: it can't pad them with a float, nor weigh them with one.
        if self.pad_to_aspect_ratio or self.activity_regularizer is not None:
            need_floats(data)
        return self.resized(self.images(need_plain_numbers(data)), self.height, self.width)

    def flops(self, data: Tensor) -> int:
        """Limits to what the dtype can hold, and a few operations on sizes; the interpolation itself is not counted."""
        limits = 2 if self.interpolation != "nearest" and self.compute_dtype != "float32" else 0
        smooth = computes_scales(self.interpolation, antialias=self.antialias)
        sizes = size_flops(crop=self.crop_to_aspect_ratio, pad=self.pad_to_aspect_ratio, smooth=smooth)
        return limits * self.infer(data).each_sample() + sizes

    cases = (
        case("N 8 8 3", **SMALL, to="N 4 6 3", params=0),
        case("N 8 8 3:uint8", **SMALL, to="N 4 6 3"),
        case("N ? w 3", **SMALL, crop_to_aspect_ratio=True, to="N 4 6 3"),
        case("N h 8 c", **SMALL, pad_to_aspect_ratio=True, fill_value=0.5, to="N 4 6 c"),
        case("N 3 5 9", **SMALL, data_format="channels_first", interpolation="area", to="N 3 4 6"),
        case("N 9 5 3", **SMALL, antialias=True, dtype="mixed_float16", to="N 4 6 3:float16"),
        case("N 9 5 1", **SMALL, interpolation="lanczos5", dtype="float64", to="N 4 6 1:float64"),
        case("N 9 5 1:int64", **SMALL, interpolation="nearest", dtype="bfloat16", to="N 4 6 1:bfloat16"),
        case("2 8 8 3", **SMALL, interpolation="bicubic", trainable=False, to="2 4 6 3"),
        case("N 8 3", **SMALL, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", **SMALL, fails=WrongRank, late=True),
        case("N 8 8 3:bool", **SMALL, fails=WrongDtype, late=True),
        case("N 8 8 3:uint32", **SMALL, fails=WrongDtype, late=True),
        case("N 8 8 3:uint8", **SMALL, pad_to_aspect_ratio=True, fails=WrongDtype, late=True),
        case("N 8 8 3:uint8", **SMALL, activity_regularizer="l2", fails=WrongDtype, late=True),
    )
