"""`GaussianDropout`."""

from __future__ import annotations

from typing import ClassVar

from netwright.arguments import Seed
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.values import BelowOne
from netwright.layer import Stateless, TrainingCall
from netwright.misfits import WrongDtype
from netwright.operation import case
from netwright.tensors import Tensor


class GaussianDropout(Stateless):
    """In training, multiply by random numbers from a normal distribution around 1.

    Arguments:
        rate: the share that `Dropout` would set to zero; the standard deviation is the square root of
            `rate / (1 - rate)`, so that 1 is too much
    """

    supports_masking: ClassVar[bool] = True

    rate: BelowOne
    seed: Seed | None = None

    Call = TrainingCall

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        return need_floats(inputs)

    cases = (
        case("N 4", rate=0.5, to="N 4", params=0),
        case("N t ? 4", rate=0.9, seed=7, to="N t ? 4"),
        case("N 4", rate=0.1, call={"training": True}, to="N 4"),
        case("N", rate=0, to="N"),
        case("N 4:float64", rate=0.5, dtype="mixed_float16", to="N 4:float16"),
        case("N 4:int32", rate=0.5, call={"training": True}, fails=WrongDtype, late=True),
        case("N 4:bool", rate=0.5, fails=WrongDtype, silent="Keras calls the output floats, and gives booleans"),
    )
