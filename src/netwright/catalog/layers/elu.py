"""`ELU`."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.saving import need_name
from netwright.layer import Stateless
from netwright.misfits import WrongDtype
from netwright.operation import Activity, case
from netwright.tensors import Tensor


class ELU(Stateless):
    """Keep what is positive, and let what is negative approach a lower bound.

    Arguments:
        alpha: how far below zero that bound lies
    """

    supports_masking: ClassVar[bool] = True

    alpha: float = 1.0

    @model_validator(mode="after")
    def _can_be_saved(self) -> Self:
        need_name("activity_regularizer", self.activity_regularizer)
        return self

    @property
    def activity(self) -> Activity | None:
        """The function of that name."""
        return Activity("elu")

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        return need_floats(inputs)

    def flops(self, inputs: Tensor) -> int:
        """A comparison and a factor for each entry, if there is a factor."""
        return 0 if self.alpha == 1 else 2 * inputs.each_sample()

    cases = (
        case("N 4", to="N 4", params=0),
        case("N t ? 4", alpha=0.5, to="N t ? 4"),
        case("N 3 4", alpha=-2, to="N 3 4"),
        case("N", alpha=0, to="N"),
        case("N 4:float64", dtype="mixed_float16", to="N 4:float16"),
        case("N 4:int32", fails=WrongDtype, late=True),
        case("N 4:bool", alpha=2, fails=WrongDtype, late=True),
    )
