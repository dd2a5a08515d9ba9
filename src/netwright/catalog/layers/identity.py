"""`Identity`."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.saving import need_name
from netwright.layer import Stateless
from netwright.misfits import WrongDtype
from netwright.operation import case
from netwright.tensors import Tensor


class Identity(Stateless):
    """Give what comes in. Only floats may change: they are cast to the dtype of the layer."""

    rearranges: ClassVar[bool] = True

    supports_masking: ClassVar[bool] = True
    # The profiler counts a penalty as well, which only the loss needs.
    profiled: ClassVar[bool] = False

    @model_validator(mode="after")
    def _can_be_saved(self) -> Self:
        need_name("activity_regularizer", self.activity_regularizer)
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """The input."""
        # The factor of a penalty on integers is rounded to zero, or can't be one.
        return inputs if self.activity_regularizer is None else need_floats(inputs)

    cases = (
        case("N 4", to="N 4", params=0),
        case("N t ? 4", to="N t ? 4"),
        case("N", to="N"),
        case("2 3", to="2 3"),
        case("N 4:int32", dtype="mixed_float16", to="N 4:int32"),
        case("N 4:float64", dtype="mixed_float16", to="N 4:float16"),
        case("N 4:bool", trainable=False, to="N 4:bool"),
        case("N 4:string", to="N 4:string"),
        case("N 4", activity_regularizer="l2", to="N 4"),
        case("N 4:int8", activity_regularizer="l2", fails=WrongDtype, late=True),
        case("N 4:int32", activity_regularizer="l2", fails=WrongDtype, silent="the penalty would always be 0"),
    )
