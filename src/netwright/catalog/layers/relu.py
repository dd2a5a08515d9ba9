"""`ReLU`."""

from __future__ import annotations

from typing import ClassVar

from netwright.arguments import NonNegativeFloat
from netwright.catalog.families.dtypes import need_floats
from netwright.layer import Stateless
from netwright.misfits import WrongDtype
from netwright.operation import Activity, case
from netwright.tensors import Tensor


class ReLU(Stateless):
    """Keep what is positive and set the rest to zero.

    Arguments:
        max_value: the largest output; null sets no limit
        negative_slope: factor of what lies below the threshold
        threshold: the input below which the output is no longer the input
    """

    supports_masking: ClassVar[bool] = True

    max_value: NonNegativeFloat | None = None
    negative_slope: NonNegativeFloat = 0.0
    threshold: NonNegativeFloat = 0.0

    @property
    def activity(self) -> Activity | None:
        """Nothing below zero, if there is no slope."""
        return None if self.negative_slope else Activity("relu")

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        # Integers stay integers, though Keras calls them floats, and fail beside other arguments.
        return need_floats(inputs)

    def flops(self, inputs: Tensor) -> int:
        """For each entry: one for a threshold, two for a limit other than 6, three or four for a slope beside these."""
        plain = self.max_value is None and not self.threshold
        if plain:
            return 0
        limited = self.max_value is not None and (self.max_value != 6 or bool(self.threshold))
        slope = (3 + bool(self.threshold)) if self.negative_slope else 0
        return (bool(self.threshold) + 2 * limited + slope) * inputs.each_sample()

    cases = (
        case("N 4", to="N 4", params=0),
        case("N t ? 4", max_value=6, negative_slope=0.1, threshold=1, to="N t ? 4"),
        case("N", to="N"),
        case("N 4:float64", dtype="mixed_float16", to="N 4:float16"),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4:int32", threshold=0.5, negative_slope=0.1, fails=WrongDtype, late=True),
        case("N 4:int32", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
