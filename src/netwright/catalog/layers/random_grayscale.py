"""`RandomGrayscale`."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from netwright.arguments import Fraction, Seed, conflict
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.imaging import ImageLayer
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class RandomGrayscale(ImageLayer):
    """In training, turn a random share of the images gray; they keep their number of channels.

    Arguments:
        factor: with what probability an image turns gray
        seed: always null
    """

    factor: Fraction = 0.5
    seed: Seed | None = None

    @model_validator(mode="after")
    def _keeps_its_seed(self) -> Self:
        if self.seed is not None:
            raise conflict("seed", "Keras would lose the `seed` of this layer when the model is saved")
        return self

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        # Keras says that integers stay integers; in a compiled model, they do not.
        return self.need_gray_or_color(self.images(need_floats(data)))

    def flops(self, data: Tensor) -> int:
        """The random numbers, which are drawn even where nothing is changed."""
        return 8

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N h ? 1", factor=1, to="N h ? 1"),
        case("N 3 8 9", factor=0.1, data_format="channels_first", to="N 3 8 9"),
        case("2 8 8 3", factor=0, call={"training": True}, to="2 8 8 3"),
        case("N 8 8 3", dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 4", fails=WrongSize, late=True),
        case("N 8 8 ?", fails=UnknownSize, late=True),
        case("N 8 8 3:uint8", fails=WrongDtype, silent="Keras says uint8, and float32 comes out where it is compiled"),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
    )
