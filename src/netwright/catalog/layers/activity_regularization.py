"""`ActivityRegularization`."""

from __future__ import annotations

from typing import ClassVar

from netwright.arguments import NonNegativeFloat
from netwright.catalog.families.dtypes import need_floats
from netwright.layer import Stateless
from netwright.misfits import WrongDtype
from netwright.operation import case
from netwright.tensors import Tensor


class ActivityRegularization(Stateless):
    """Give what comes in, and add a penalty on its size to the loss.

    Arguments:
        l1: factor of the sum of absolute values
        l2: factor of the sum of squares
        activity_regularizer: always null; `l1` and `l2` say what it is
    """

    supports_masking: ClassVar[bool] = True
    # The profiler counts the penalty as well, which only the loss needs.
    profiled: ClassVar[bool] = False

    l1: NonNegativeFloat = 0.0
    l2: NonNegativeFloat = 0.0
    activity_regularizer: None = None

    def infer(self, inputs: Tensor) -> Tensor:
        """The input."""
        return need_floats(inputs)

    cases = (
        case("N 4", l1=0.1, to="N 4", params=0),
        case("N t ? 4", l2=1, to="N t ? 4"),
        case("N 3 4", l1=0.1, l2=0.2, to="N 3 4"),
        case("N", to="N"),
        case("N 4:float64", l1=0.5, dtype="mixed_float16", to="N 4:float16"),
        case("N 4:bool", l1=0.5, fails=WrongDtype, late=True),
        case("N 4:int32", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
