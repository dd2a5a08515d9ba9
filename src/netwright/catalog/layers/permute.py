"""`Permute`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import Sizes, conflict
from netwright.layer import Stateless
from netwright.misfits import WrongLength
from netwright.operation import case
from netwright.tensors import Tensor


class Permute(Stateless):
    """Put the axes after the batch axis into another order.

    Arguments:
        dims: the present positions of the axes, in their new order; the first axis after the batch axis is 1
    """

    rearranges: ClassVar[bool] = True

    dims: Annotated[tuple[int, ...], Sizes(None, scalar=False)]

    @model_validator(mode="after")
    def _names_each_axis_once(self) -> Self:
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise conflict("dims", f"`dims` must have each of the numbers from 1 to {len(self.dims)} once")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """The same sizes in the new order."""
        if inputs.rank != len(self.dims) + 1:
            raise WrongLength(inputs, str(inputs.rank - 1), "dims")
        return inputs.with_shape(inputs.shape[0], *(inputs.shape[position] for position in self.dims))

    cases = (
        case("N 3 4", dims=[2, 1], to="N 4 3", params=0),
        case("N 3 t c", dims=[3, 1, 2], to="N c 3 t"),
        case("N ? 4", dims=[2, 1], to="N 4 ?"),
        case("N", dims=[], to="N"),
        case("N 3 4:int32", dims=[2, 1], to="N 4 3:int32"),
        case("N 3 4", dims=[2, 1], dtype="mixed_float16", to="N 4 3:float16"),
        case("N 3 4 5", dims=[2, 1], fails=WrongLength),
        case("N 3", dims=[2, 1], fails=WrongLength),
    )
