"""`LeakyReLU`."""

from __future__ import annotations

from typing import ClassVar

from netwright.arguments import NonNegativeFloat
from netwright.catalog.families.dtypes import need_floats
from netwright.layer import Stateless
from netwright.misfits import WrongDtype
from netwright.operation import Activity, case
from netwright.tensors import Tensor


class LeakyReLU(Stateless):
    """Keep what is positive and scale down what is negative.

    Arguments:
        negative_slope: factor of what is negative
    """

    supports_masking: ClassVar[bool] = True

    negative_slope: NonNegativeFloat = 0.3

    @property
    def activity(self) -> Activity | None:
        """The function of that name."""
        return Activity("leaky_relu")

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        return need_floats(inputs)

    cases = (
        case("N 4", to="N 4", params=0),
        case("N t ? 4", negative_slope=0, to="N t ? 4"),
        case("N 4", dtype="float64", to="N 4:float64"),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4:int32", dtype="float16", fails=WrongDtype, silent="Keras calls the output float16, not float32"),
    )
