"""`GaussianNoise`."""

from __future__ import annotations

from typing import ClassVar

from netwright.arguments import Fraction, Seed
from netwright.catalog.families.dtypes import need_floats
from netwright.layer import Stateless, TrainingCall
from netwright.misfits import WrongDtype
from netwright.operation import case
from netwright.tensors import Tensor


class GaussianNoise(Stateless):
    """In training, add random numbers from a normal distribution around 0.

    Arguments:
        stddev: standard deviation of the random numbers
    """

    supports_masking: ClassVar[bool] = True

    stddev: Fraction
    seed: Seed | None = None

    Call = TrainingCall

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        return need_floats(inputs)

    cases = (
        case("N 4", stddev=0.5, to="N 4", params=0),
        case("N t ? 4", stddev=1, seed=7, to="N t ? 4"),
        case("N 4", stddev=0.1, call={"training": True}, to="N 4"),
        case("N", stddev=0, to="N"),
        case("N 4:float64", stddev=0.5, dtype="mixed_float16", to="N 4:float16"),
        case("N 4:int32", stddev=0.5, call={"training": True}, fails=WrongDtype, late=True),
        case("N 4:int32", stddev=0, fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
