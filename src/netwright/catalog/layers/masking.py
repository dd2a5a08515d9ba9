"""`Masking`."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.dtypes import need_floats
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor

AXES = "batch, steps, features"


class Masking(Stateless):
    """Leave out the steps in which every feature has one value, and set them to zero.

    Layers that know masks then pass over these steps.

    Arguments:
        mask_value: the value that marks a step to be left out
    """

    supports_masking: ClassVar[bool] = True

    mask_value: float = 0.0

    @property
    def makes_mask(self) -> bool:
        """Always."""
        return True

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        # With one axis, the whole batch would be one step, with a mask that has no axis at all.
        return need_floats(inputs).need_rank_at_least(2, AXES)

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> Tensor:
        """One entry for each step, whatever mask the input has."""
        return Tensor(inputs.shape[:-1], "bool")

    def flops(self, inputs: Tensor) -> int:
        """A comparison for each entry."""
        return inputs.each_sample()

    cases = (
        case("N 5 4", to="N 5 4", params=0),
        case("N t ? 4", mask_value=-1, to="N t ? 4"),
        case("N ?", mask_value=0.5, to="N ?"),
        case("2 5 4", to="2 5 4"),
        case("N 5 4:float64", dtype="mixed_float16", to="N 5 4:float16"),
        case("N", fails=WrongRank, silent="the mask would have no batch axis"),
        case("N 5 4:int32", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
        case("N 5 4:string", fails=WrongDtype, late=True),
    )
