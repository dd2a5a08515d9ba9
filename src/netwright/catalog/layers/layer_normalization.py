"""`LayerNormalization`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import Sizes
from netwright.catalog.families.axes import as_tuple, need_some, positions
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.normalizing import WHY_SIZE, Normalization, groups_of
from netwright.misfits import AxisOutOfRange, UnknownSize, WrongAxis, WrongDtype
from netwright.operation import Variable, case
from netwright.tensors import Tensor


class LayerNormalization(Normalization):
    """Bring each sample, on its own, to mean 0 and variance 1, then scale and shift it.

    Arguments:
        axis: the axis, or the axes together, over which mean and variance are taken
    """

    supports_masking: ClassVar[bool] = True

    axis: Annotated[int | tuple[int, ...], Sizes(None, minimum=None)] = -1

    @model_validator(mode="after")
    def _has_an_axis(self) -> Self:
        need_some(self.axis, "axis")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        for axis in positions(need_numbers(inputs), self.axis):
            if self.center or self.scale:
                inputs.known(axis, WHY_SIZE)
        return inputs.with_dtype(self.compute_dtype)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A factor and an offset, with the axes in the order of their numbers as written."""
        if self.center or self.scale:
            yield from self.learned(tuple(inputs.known(axis, WHY_SIZE) for axis in sorted(as_tuple(self.axis))))

    def flops(self, inputs: Tensor) -> int:
        """Each entry has a factor and an offset of its own."""
        entries = inputs.each_sample()
        return self.flops_of(entries, groups_of(inputs, positions(inputs, self.axis)), entries)

    cases = (
        case("N 4", to="N 4", params=8),
        case("N t 4", center=False, to="N t 4", params=4),
        case("N ? 4", scale=False, to="N ? 4", params=4),
        case("N 3 4", axis=[2, 1], to="N 3 4", params=24),
        case("N 3 5 4", axis=[1, -1], to="N 3 5 4", params=24),
        case("2 4", axis=[0], to="2 4", params=4),
        case("N ?", center=False, scale=False, to="N ?", params=0),
        case("N 4:int32", to="N 4", params=8),
        case("N 4", dtype="mixed_float16", to="N 4:float16", params=8),
        case("N 4", trainable=False, to="N 4", params=8, frozen=8),
        case("N ?", fails=UnknownSize),
        case("N", fails=UnknownSize),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 4", axis=[1, -3], fails=AxisOutOfRange),
        case("N 4 5", axis=[1, -2], fails=WrongAxis, late=True),
        case("N 4:string", center=False, fails=WrongDtype, late=True),
    )
