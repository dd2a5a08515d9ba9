"""`Reshape`."""

from __future__ import annotations

from math import prod
from typing import Annotated, Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.reshaping import Target, TargetShape, remaining
from netwright.layer import Stateless
from netwright.misfits import ElementsDiffer
from netwright.operation import case
from netwright.tensors import Dim, Tensor, count


class Reshape(Stateless):
    """Give the elements of each sample another shape, in their order.

    Arguments:
        target_shape: the new shape, without the batch axis; one size may be -1 or null: what the rest leave
    """

    target_shape: Annotated[Target, TargetShape()]

    @model_validator(mode="after")
    def _leaves_one_size_open(self) -> Self:
        if self._open > 1:
            raise conflict("target_shape", "only one size can be left open, by -1 or null")
        return self

    @property
    def _open(self) -> int:
        return sum(size in (-1, None) for size in self.target_shape)

    def infer(self, inputs: Tensor) -> Tensor:
        """The batch axis, and the target with -1 worked out."""
        batch, *sizes = inputs.need_rank_at_least(1).shape
        taken = prod(size for size in self.target_shape if size not in (-1, None))
        have = count(tuple(sizes))
        if have is not None and (have % taken if self._open else have != taken):
            target = tuple(None if size == -1 else size for size in self.target_shape)
            raise ElementsDiffer(inputs, target, have, "target_shape")
        some = prod(size for size in sizes if isinstance(size, int))
        if have is None and not self._open and taken % some:
            raise ElementsDiffer(inputs, self.target_shape, some, "target_shape")
        shape: list[Dim] = [remaining(sizes, taken) if size == -1 else size for size in self.target_shape]
        return inputs.with_shape(batch, *shape)

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
