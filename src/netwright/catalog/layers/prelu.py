"""`PReLU`."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Annotated, ClassVar

from netwright.arguments import Sizes
from netwright.catalog.families.axes import as_tuple
from netwright.catalog.families.dtypes import need_floats
from netwright.layer import Layer
from netwright.misfits import AxisOutOfRange, UnknownSize, VariableRank, WrongDtype
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.operation import Variable, case
from netwright.tensors import Tensor

WHY_SIZE = "because each of its entries has a factor of its own, unless `shared_axes` has the axis"


class PReLU(Layer):
    """Keep what is positive, and multiply what is negative by a learned factor.

    Arguments:
        alpha_initializer: how the factors start
        alpha_regularizer: penalty on the factors, added to the loss
        alpha_constraint: rule that training must keep for the factors
        shared_axes: the axes, counted from the batch axis, which is 0, along which all entries have the same factor
    """

    supports_masking: ClassVar[bool] = True

    alpha_initializer: OptionalInitializer = "Zeros"
    alpha_regularizer: Regularizer = None
    alpha_constraint: Constraint = None
    # Keras takes 0 and negative numbers for other axes than they name.
    shared_axes: Annotated[int | tuple[int, ...] | None, Sizes(None, nullable=True)] = None

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        self._factors(need_floats(inputs))
        return inputs

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """The factors: one for each entry of a sample, or of the axes that are not shared."""
        yield Variable("alpha", self._factors(inputs))

    def flops(self, inputs: Tensor) -> int:
        """Two signs, a product and a sum."""
        return 3 * inputs.each_sample() + prod(self._factors(inputs))

    def _factors(self, inputs: Tensor) -> tuple[int, ...]:
        shared = {inputs.axis(axis, "shared_axes") for axis in as_tuple(self.shared_axes or ())}
        return tuple(1 if axis in shared else inputs.known(axis, WHY_SIZE) for axis in range(1, inputs.rank))

    cases = (
        case("N 4", to="N 4", params=4),
        case("N 3 5 4", shared_axes=[1, 2], to="N 3 5 4", params=4),
        case("N t ? 4", shared_axes=[1, 2], alpha_initializer="ones", to="N t ? 4", params=4),
        case("N t", shared_axes=1, to="N t", params=1),
        case("N 3 4", shared_axes=[], trainable=False, to="N 3 4", params=12, frozen=12),
        case("N", to="N", params=1),
        case("N 3", dtype="mixed_float16", to="N 3:float16", params=3),
        case("N t 4", fails=UnknownSize),
        case("N 3 4", shared_axes=[3], fails=AxisOutOfRange),
        case("N 4", alpha_initializer="orthogonal", fails=VariableRank),
        case("N 4:int32", fails=WrongDtype, late=True),
    )
