"""Sums and products up to each entry; differences, and areas below curves."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from netwright.arguments import NonNegativeInt, conflict
from netwright.catalog.families.arrays import FLOAT32, Nested, shape_of
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.entries import OptionalNumberDtype
from netwright.catalog.families.ranks import need_rank_at_most
from netwright.catalog.families.reducing import floats_of, left, reduced
from netwright.misfits import AxisOutOfRange, WrongDtype, WrongRank, WrongSize
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor, count, differ


class Cumulative(Op):
    """Each entry together with all before it.

    Arguments:
        axis: the axis along which it is done; null does it along all, as if they were one, the batch axis too
        dtype: what the entries become first; null keeps them
    """

    axis: int | None = None
    dtype: OptionalNumberDtype = None

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input, or all its entries on one axis."""
        dtype = self.dtype or need_numbers(x).dtype
        one = need_numbers(x).with_dtype("int32" if dtype == "bool" else dtype)
        if self.axis is None:
            return one if x.rank == 1 else one.with_shape(count(x.shape))
        x.axis(self.axis)
        return one


class Cumsum(Cumulative):
    """The sum of each entry and all before it."""

    cases = (
        case("N 3 4", axis=1, to="N 3 4"),
        case("N t 4:uint8", axis=-2, to="N t 4:uint8"),
        case("N 3:bool", axis=1, to="N 3:int32"),
        case("N 3:int32", axis=1, dtype="float16", to="N 3:float16"),
        case("N 3", axis=1, dtype="bool", to="N 3:int32"),
        case("N 3", to="?"),
        case("2 3", to="6"),
        case("N", to="N"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3:string", axis=1, fails=WrongDtype, late=True),
    )


class Cumprod(Cumulative):
    """The product of each entry and all before it."""

    cases = (
        case("N 3 4", axis=1, to="N 3 4"),
        case("N 3", axis=2, fails=AxisOutOfRange),
    )


class OfNumbers(Cumulative):
    """Each entry together with all before it, where what is no number changes nothing."""

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input, or all its entries on one axis."""
        return super().infer(need_rank_at_most(x))

    def flops(self, x: Tensor) -> int:
        """Two comparisons for each float, which find what is infinite."""
        return 2 * x.each_sample() if x.holds_floats else 0


class Nancumsum(OfNumbers):
    """The sum of each entry and all before it, where NaN counts as 0."""

    cases = (
        case("N 3 4", axis=1, to="N 3 4"),
        case("N t 4:int32", axis=1, to="N t 4:int32"),
        case("N 3", axis=2, fails=AxisOutOfRange, late=True),
    )


class Nancumprod(OfNumbers):
    """The product of each entry and all before it, where NaN counts as 1."""

    cases = (
        case("N 3 4", axis=1, to="N 3 4"),
        case("N 3", axis=2, fails=AxisOutOfRange, late=True),
    )


class Diff(Op):
    """The difference of each entry and the one before it. Of booleans, whether they differ.

    Arguments:
        n: how many times it is done; the axis is shorter by one each time
        axis: the axis along which it is done
    """

    n: NonNegativeInt = 1
    axis: int = -1

    def infer(self, a: Tensor) -> Tensor:
        """The input, shorter on the axis."""
        axis = need_rank_at_most(need_numbers(a)).axis(self.axis)
        size = a.shape[axis]
        if not isinstance(size, int):
            return a if self.n == 0 else a.with_size(axis, None)
        if size <= self.n:
            raise WrongSize(a, axis, f"more than {self.n}, so that something is left", "n")
        return a.with_size(axis, size - self.n)

    def flops(self, a: Tensor) -> int:
        """One for each entry that comes out, each time."""
        axis = self.infer(a).axis(self.axis)
        rest, size = left(a, axis), a.known(axis, "to count the entries") if axis else 1
        return rest * sum(size - time for time in range(1, self.n + 1))

    cases = (
        case("N 3 4", to="N 3 3"),
        case("N 5 4:bool", n=2, axis=1, to="N 3 4:bool"),
        case("N t 4", axis=1, to="N ? 4"),
        case("N t 4", n=0, axis=1, to="N t 4"),
        case("N 4", axis=0, to="? 4"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3", n=3, fails=WrongSize, silent="nothing would come out"),
        case("N 3:string", fails=WrongDtype, late=True),
    )


class Trapezoid(Op):
    """The area below the lines that join the entries along an axis.

    Arguments:
        x: where the entries lie: a list of as many numbers as the axis has, or lists of such lists that are spread
            over the others; it needs the axis `axis` itself; null puts them at equal distances
        dx: the distance between entries, if there is no `x`
        axis: the axis along which the entries lie: -1, or counted from 0
    """

    x: Annotated[object, Nested(nullable=True, narrow=True)] = None
    dx: Annotated[float, Field(ge=-FLOAT32, le=FLOAT32)] = 1.0
    axis: Annotated[int, Field(ge=-1)] = -1

    @model_validator(mode="after")
    def _x_lies_along_the_axis(self) -> Self:
        shape = self._places
        if shape is not None and max(self.axis, 0) >= len(shape):
            raise conflict("x", f"`x` must have the axis {self.axis} too: a list, or lists in lists")
        if shape is not None and shape[self.axis] == 1:
            raise conflict("x", "`x` must have two numbers or more along the axis")
        return self

    @property
    def _places(self) -> tuple[int, ...] | None:
        """The shape of `x`."""
        return None if self.x is None else shape_of(self.x)

    def infer(self, y: Tensor) -> Tensor:
        """The input without the axis, in floats."""
        need_rank_at_most(y).axis(self.axis)
        if self._places is not None:
            self._check_places(y, self._places)
        return Tensor(reduced(y, self.axis), floats_of(y))

    def _check_places(self, y: Tensor, places: tuple[int, ...]) -> None:
        """Refuse lists that can't be spread over the tensor. Both have the axis last when they meet."""
        if y.rank < len(places):
            raise WrongRank(y, f"at least {len(places)}")
        axes, sizes = list(range(y.rank)), list(places)
        axes.append(axes.pop(self.axis))
        sizes.append(sizes.pop(self.axis))
        for axis, size in zip(reversed(axes), reversed(sizes), strict=False):
            # Two numbers along the axis leave one distance, for all entries.
            one = 2 if axis == axes[-1] else 1
            if size != one and differ(y.shape[axis], size):
                raise WrongSize(y, axis, f"{size}, as `x` says", "x")

    def flops(self, y: Tensor) -> int:
        """The mean of each two entries, times the distance, and their sum; the distances, if they are not given."""
        axis = y.axis(self.axis)
        kept, size = left(y, axis), y.known(axis, "to count the entries") if axis else 1
        places = self._places
        distances = 0 if places is None else (count(places) or 0) // places[self.axis] * (places[self.axis] - 1)
        return max(0, 4 * kept * (size - 1) - kept) + distances

    cases = (
        case("N 3 4", to="N 3"),
        case("N t 4:int32", axis=1, dx=0.5, to="N 4"),
        case("N 3 4", x=[0, 1, 3, 6], to="N 3"),
        case("N 3 4", axis=1, x=[[[0], [1], [3]]], to="N 4"),
        case("N 3 4", x=[0, 1], to="N 3"),
        case("N 4", axis=0, x=[0, 1, 3], to="4"),
        case("N 3", axis=2, fails=AxisOutOfRange, late=True),
        case("N 3 4", x=[0, 1, 3], fails=WrongSize, late=True),
        case("N 3:string", fails=WrongDtype),
    )
