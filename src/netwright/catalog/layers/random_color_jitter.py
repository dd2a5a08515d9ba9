"""`RandomColorJitter`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from netwright.arguments import Seed, conflict
from netwright.catalog.families.imaging import Factor, FactorOf, ImageLayer, ValueRange
from netwright.misfits import WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor

# What Keras looks for in the last axis, whatever `data_format` says.
OF_CHANNELS = ("contrast_factor", "saturation_factor", "hue_factor")


class RandomColorJitter(ImageLayer):
    """In training, change the brightness, the contrast, the saturation and the hue of each image at random.

    Each is done in this order, or not at all, as `RandomBrightness`, `RandomContrast`, `RandomSaturation` and
    `RandomHue` do it.

    Arguments:
        brightness_factor: the `factor` of `RandomBrightness`; null leaves the brightness
        contrast_factor: the `factor` of `RandomContrast`; null leaves the contrast
        saturation_factor: the `factor` of `RandomSaturation`; null leaves the saturation
        hue_factor: the `factor` of `RandomHue`; null leaves the hue
    """

    value_range: ValueRange = (0, 255)
    brightness_factor: Annotated[Factor | None, FactorOf(-1, 1, nullable=True)] = None
    contrast_factor: Annotated[Factor | None, FactorOf(0, 1, nullable=True)] = None
    saturation_factor: Annotated[Factor | None, FactorOf(-1, 1, nullable=True)] = None
    hue_factor: Annotated[Factor | None, FactorOf(0, 1, nullable=True)] = None
    seed: Seed | None = None

    keeps_integers = True

    @model_validator(mode="after")
    def _finds_the_channels(self) -> Self:
        if self.data_format == "channels_first" and any(getattr(self, name) is not None for name in OF_CHANNELS):
            named = "contrast, saturation and hue"
            raise conflict("data_format", f"Keras would change {named} as if the channels were last all the same")
        return self

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        images = self.images(data)
        for name in ("saturation_factor", "hue_factor"):
            if getattr(self, name) is not None:
                self.need_color(images, name)
        return images

    cases = (
        case("N 8 8 3", brightness_factor=0.2, contrast_factor=0.5, to="N 8 8 3", params=0),
        case("N h ? c", saturation_factor=[0.4, 0.6], hue_factor=1, value_range=[0, 1], seed=-1, to="N h ? c"),
        case("N 3 8 9", brightness_factor=[-0.5, 0], data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", contrast_factor=0, to="N 8 8 3"),
        case("2 8 8 3:bool", brightness_factor=1, hue_factor=0, call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", saturation_factor=0.2, dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 1", to="N 8 8 1"),
        case("N 8 8 1", saturation_factor=0.2, fails=WrongSize, late=True),
        case("N 8 8 4", hue_factor=0.2, fails=WrongSize, late=True),
        case("N 8 8 3:uint8", activity_regularizer="l2", call={"training": False}, fails=WrongDtype, late=True),
        case("N 8 8 3:string", hue_factor=0.2, fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
    )
