"""`Reshape`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.catalog.families.reshaping import Target, TargetShape, check_open, reshaped, too_many
from netwright.layer import Stateless
from netwright.misfits import ElementsDiffer
from netwright.operation import case
from netwright.tensors import Tensor


class Reshape(Stateless):
    """Give the elements of each sample another shape, in their order.

    Arguments:
        target_shape: the new shape, without the batch axis; one size may be -1 or null: what the rest leave
    """

    rearranges: ClassVar[bool] = True

    target_shape: Annotated[Target, TargetShape()]

    @model_validator(mode="after")
    def _leaves_one_size_open(self) -> Self:
        check_open(self.target_shape, "target_shape", "-1 or null")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """The batch axis, and the target with -1 worked out."""
        batch, *sizes = inputs.need_rank_at_least(1).shape
        if (have := too_many(sizes, self.target_shape)) is not None:
            target = tuple(None if size == -1 else size for size in self.target_shape)
            raise ElementsDiffer(inputs, target, have, "target_shape")
        return inputs.with_shape(batch, *reshaped(sizes, self.target_shape))

    cases = (
        case("N 8 3", target_shape=[4, 6], to="N 4 6", params=0),
        case("N 8 3", target_shape=[-1, 4], to="N 6 4"),
        case("N 8 3", target_shape=[None, 4], to="N ? 4"),
        case("N t 6", target_shape=[-1, 2, 3], to="N t 2 3"),
        case("N t 6", target_shape=[-1, 3], to="N ? 3"),
        case("N ? 6", target_shape=[3, 4], to="N 3 4"),
        case("N h w 3", target_shape=[-1, 3], to="N ? 3"),
        case("N", target_shape=[1, 1], to="N 1 1"),
        case("N 1", target_shape=[], to="N"),
        case("N 24:int32", target_shape=[2, -1], to="N 2 12:int32"),
        case("N 24", target_shape=[2, -1], dtype="mixed_float16", to="N 2 12:float16"),
        case("N 8 3", target_shape=[5, 5], fails=ElementsDiffer),
        case("N 8 3", target_shape=[-1, 5], fails=ElementsDiffer),
        case("N 8 3", target_shape=[None, 5], fails=ElementsDiffer, late=True),
        case("N 3", target_shape=[], fails=ElementsDiffer),
        case("N t 6", target_shape=[1, 5], fails=ElementsDiffer, late=True),
    )
