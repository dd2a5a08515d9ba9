"""`RMSNormalization`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import model_validator

from netwright.arguments import NonNegativeFloat, Sizes
from netwright.catalog.families.axes import as_tuple, need_some, positions
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.normalizing import groups_of
from netwright.layer import Layer
from netwright.misfits import AxisOutOfRange, UnknownSize, WrongAxis, WrongDtype, WrongSize
from netwright.operation import Variable, case
from netwright.tensors import Tensor, differ

WHY_SIZE = "because each of its entries has a factor of its own"


class RMSNormalization(Layer):
    """Divide each sample, on its own, by the root of its mean square, then scale it.

    Arguments:
        axis: the axis, or the axes together, over which the mean is taken; Keras scales along the last axes, as many
            as these, whichever they are
        epsilon: small number added to the mean square, so that nothing is divided by zero
    """

    axis: Annotated[int | tuple[int, ...], Sizes(None, minimum=None)] = -1
    # A negative `epsilon` passes Keras, and gives NaN where the mean square is small.
    epsilon: NonNegativeFloat = 1e-6

    @model_validator(mode="after")
    def _has_an_axis(self) -> Self:
        need_some(self.axis, "axis")
        return self

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        positions(need_floats(x), self.axis)
        factors = self._factors(x)
        for axis, size in enumerate(factors, x.rank - len(factors)):
            if size != 1 and differ(x.shape[axis], size):
                raise WrongSize(x, axis, f"{size}, because Keras lays the factors of `axis` along it", "axis")
        return x

    def variables(self, x: Tensor) -> Iterator[Variable]:
        """The factors."""
        yield Variable("scale", self._factors(x))

    def flops(self, x: Tensor) -> int:
        """Squares, means, inverse roots and two products."""
        return 4 * x.each_sample() + 3 * groups_of(x, positions(x, self.axis))

    def _factors(self, x: Tensor) -> tuple[int, ...]:
        """The sizes of the axes, in the order of their numbers as written."""
        return tuple(x.known(axis, WHY_SIZE) for axis in sorted(as_tuple(self.axis)))

    cases = (
        case("N 4", to="N 4", params=4),
        case("N t ? 4", to="N t ? 4", params=4),
        case("N 3 4", axis=[2, 1], to="N 3 4", params=12),
        case("N 3 4", axis=[-2, -1], epsilon=0, to="N 3 4", params=12),
        case("N 4 4", axis=1, to="N 4 4", params=4),
        case("N 4", trainable=False, to="N 4", params=4, frozen=4),
        case("N 4:float64", dtype="mixed_float16", to="N 4:float16", params=4),
        case("N ?", fails=UnknownSize),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 4 4", axis=[-1, 2], fails=WrongAxis, late=True),
        case("N 3 4", axis=1, fails=WrongSize, late=True),
        case("N 3 4", axis=[-1, 1], fails=WrongSize, late=True),
        case("N 4 1", axis=1, fails=WrongSize, silent="the last axis becomes 4, though Keras says 1"),
        case("N 4:string", fails=WrongDtype, late=True),
        case("N 4:int32", fails=WrongDtype, silent="Keras calls the output floats, and gives integers"),
    )
