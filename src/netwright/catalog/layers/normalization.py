"""`Normalization`."""

from __future__ import annotations

from math import prod
from typing import Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import model_validator

from netwright.arguments import Sizes, conflict
from netwright.catalog.families.arrays import Nested, check_size, shape_of
from netwright.catalog.families.axes import as_tuple, positions
from netwright.catalog.families.dtypes import need_numbers
from netwright.layer import Stateless
from netwright.misfits import AxisOutOfRange, UnknownSize, WrongAxis, WrongDtype, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor

Mean: TypeAlias = Annotated[Any, Nested(nullable=True, narrow=True)]
Variance: TypeAlias = Annotated[Any, Nested(nullable=True, narrow=True, minimum=0)]

WHY_SIZE = "because each of its entries has a mean and a variance"
# For the cases.
ONE: dict[str, Any] = {"mean": 1.5, "variance": 4}
FOUR: dict[str, Any] = {"mean": [1, 2, 3, 4.5], "variance": [1, 1, 2, 2]}


class Normalization(Stateless):
    """Subtract a given mean and divide by the root of a given variance.

    Arguments:
        axis: the axis, or the axes, that have a mean and a variance for each entry; null is the same as none
        mean: what is subtracted: one number, or a list with one for each entry of the axis; for several axes, nested
            lists
        variance: the square of what is divided by, written like `mean`
        invert: whether it multiplies and adds instead, which undoes the other
    """

    supports_masking: ClassVar[bool] = True

    axis: Annotated[int | tuple[int, ...] | None, Sizes(None, minimum=None, nullable=True)] = -1
    mean: Mean = None
    variance: Variance = None
    invert: bool = False

    @model_validator(mode="after")
    def _is_given(self) -> Self:
        for argument in ("mean", "variance"):
            if getattr(self, argument) is None:
                raise conflict(argument, f"`{argument}` must be given: nothing in a spec learns it from data")
        mean, variance = shape_of(self.mean) or (), shape_of(self.variance) or ()
        if mean != variance:
            raise conflict("variance", "`mean` and `variance` must be nested alike, with as many numbers")
        if len(mean) > len(self._axes):
            raise conflict("mean", f"lists {len(mean)} deep need as many axes, and `axis` has {len(self._axes)}")
        return self

    @property
    def _axes(self) -> tuple[int, ...]:
        return () if self.axis is None else as_tuple(self.axis)

    def infer(self, inputs: Tensor) -> Tensor:
        """The same shape."""
        axes = sorted(positions(need_numbers(inputs), self._axes))
        for axis in axes:
            inputs.known(axis, WHY_SIZE)
        # Keras sorts the axes, and spreads the numbers along the last of them.
        for axis, need in zip(reversed(axes), reversed(shape_of(self.mean) or ()), strict=False):
            check_size(inputs, axis, need, "mean")
        return inputs.with_dtype(self.compute_dtype)

    def flops(self, inputs: Tensor) -> int:
        """A difference and a quotient for each entry; a limit for each variance."""
        variances = prod(inputs.known(axis, WHY_SIZE) for axis in positions(inputs, self._axes))
        return 2 * inputs.each_sample() + variances

    cases = (
        case("N 4", **FOUR, to="N 4", params=0),
        case("N 5 4:int32", **ONE, to="N 5 4"),
        case("N 3 4", **FOUR, axis=[1, 2], invert=True, to="N 3 4"),
        case("N t ?", **ONE, axis=None, to="N t ?"),
        case("N t 4:bool", mean=[1], variance=[0], trainable=False, to="N t 4"),
        case("N 2 3", mean=[[1, 2, 3], [4, 5, 6]], variance=[[1, 1, 1], [2, 2, 2]], axis=[2, -2], to="N 2 3"),
        case("N 3 4", mean=[1, 2, 3], variance=[1, 2, 3], axis=1, dtype="mixed_float16", to="N 3 4:float16"),
        case("N", **ONE, axis=[], to="N"),
        case("2 4", mean=[1, 2], variance=[1, 2], axis=0, to="2 4"),
        case("N ?", **ONE, fails=UnknownSize),
        case("N", **ONE, fails=UnknownSize),
        case("N 3", **FOUR, fails=WrongSize),
        case("N 1", **FOUR, fails=WrongSize),
        case("N 2 3", mean=[[1, 2]] * 3, variance=[[1, 2]] * 3, axis=[2, 1], fails=WrongSize),
        case("N 4", **ONE, axis=2, fails=AxisOutOfRange),
        case("N 4", **ONE, axis=[1, -1], fails=WrongAxis, silent="an axis that is named twice counts once"),
        case("N 4:string", **ONE, fails=WrongDtype, late=True),
    )
