"""`RandomInvert`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import Seed
from netwright.catalog.families.imaging import Factor, FactorOf, ImageLayer, ValueRange
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case


class RandomInvert(ImageLayer):
    """In training, turn a random share of the images into their negatives: the greatest value less each value.

    Arguments:
        factor: with what probability an image is inverted: one number, drawn for each image up to it, or a list of
            the two numbers between which it is drawn
    """

    factor: Annotated[Factor, FactorOf(0, 1)] = 1.0
    value_range: ValueRange = (0, 255)
    seed: Seed | None = None

    keeps_integers = True

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N h ? c", factor=[0.5, 0], value_range=[-1, 1.5], seed=-1, to="N h ? c"),
        case("N 3 8 9", factor=0.5, data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 3:uint8", factor=0, to="N 8 8 3"),
        case("2 8 8 1:bool", call={"training": True}, to="2 8 8 1"),
        case("N 8 8 3", dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 3:uint8", activity_regularizer="l2", call={"training": False}, fails=WrongDtype, late=True),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
    )
