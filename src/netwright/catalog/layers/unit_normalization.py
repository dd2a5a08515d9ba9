"""`UnitNormalization`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import Sizes
from netwright.catalog.families.axes import need_some, positions
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.normalizing import unit_flops
from netwright.layer import Stateless
from netwright.misfits import AxisOutOfRange, WrongAxis, WrongDtype
from netwright.operation import case
from netwright.tensors import Tensor


class UnitNormalization(Stateless):
    """Divide by the root of the sum of squares, so that it becomes 1.

    Arguments:
        axis: the axis, or the axes together, over which the sum is taken
    """

    supports_masking: ClassVar[bool] = True

    axis: Annotated[int | tuple[int, ...], Sizes(None, minimum=None)] = -1

    @model_validator(mode="after")
    def _has_an_axis(self) -> Self:
        need_some(self.axis, "axis")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        positions(need_floats(inputs), self.axis)
        return inputs

    def flops(self, inputs: Tensor) -> int:
        """Squares, sums, inverse roots and products."""
        return unit_flops(inputs, positions(inputs, self.axis))

    cases = (
        case("N 4", to="N 4", params=0),
        case("N t ?", axis=1, to="N t ?"),
        case("N 3 4", axis=[2, 1], to="N 3 4"),
        case("N 3 4", axis=[-2], to="N 3 4"),
        case("2 4", axis=0, to="2 4"),
        case("N 4:float64", dtype="mixed_float16", to="N 4:float16"),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 4 4", axis=[-1, 2], fails=WrongAxis, late=True),
        case("N 4:int32", fails=WrongDtype, late=True),
    )
