"""Many entries into one, without those that are no numbers (NaN)."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.quantiles import (
    Method,
    Share,
    check_shares,
    need_shares,
    quantile_flops,
)
from netwright.catalog.families.ranks import MOST
from netwright.catalog.families.reducing import (
    Averaging,
    Position,
    Reduction,
    as_said,
    left,
    reduced,
    widened,
)
from netwright.misfits import AxisOutOfRange, WrongAxis, WrongDtype, WrongRank
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor


class Nansum(Reduction):
    """The sum of the entries that are numbers."""

    most_axes = MOST

    def dtype_of(self, x: Tensor) -> str:
        """That of the tensor; short integers become longer ones."""
        return widened(x)

    def flops(self, x: Tensor) -> int:
        """An addition for each entry but the first."""
        return x.each_sample() - left(x, self.axis)

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4:uint8", axis=[1, 2], keepdims=True, to="N 1 1:uint32"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3 4", axis=[1, -2], fails=WrongAxis, late=True),
        case("N 3:string", axis=1, fails=WrongDtype, late=True),
    )


class Nanprod(Reduction):
    """The product of the entries that are numbers."""

    most_axes = MOST

    def dtype_of(self, x: Tensor) -> str:
        """That of the tensor; short integers become longer ones."""
        return widened(x)

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N 3 4:int8", axis=1, to="N 4:int32"),
    )


class NanExtreme(Reduction):
    """The entry that stands out."""

    most_axes = MOST

    def dtype_of(self, x: Tensor) -> str:
        """That of the tensor."""
        return as_said(x)


class Nanmax(NanExtreme):
    """The greatest of the entries that are numbers; NaN where none is."""

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4:int8", axis=[1, 2], keepdims=True, to="N 1 1:int8"),
        case("N 3:bool", axis=1, to="N:bool"),
    )


class Nanmin(NanExtreme):
    """The least of the entries that are numbers; NaN where none is."""

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N 3 4:bool", axis=1, to="N 4:bool"),
    )


class Nanmean(Averaging):
    """The mean of the entries that are numbers; NaN where none is."""

    most_axes = MOST

    def flops(self, x: Tensor) -> int:
        """Sums of the entries and of their number, and a division; of integers, which all are numbers, a mean."""
        if not x.holds_floats:
            return x.each_sample()
        return 2 * x.each_sample() - left(x, self.axis)

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4:int32", axis=[1, 2], keepdims=True, to="N 1 1"),
        case("N 3:string", axis=1, fails=WrongDtype),
    )


class Scattering(Averaging):
    """How far the entries that are numbers lie from their mean."""

    most_axes = MOST

    def flops(self, x: Tensor) -> int:
        """A mean, and for each entry a difference, a square and two additions."""
        return 6 * x.each_sample() - 2 * left(x, self.axis)


class Nanvar(Scattering):
    """The variance of the entries that are numbers: the mean square of their distance from their mean."""

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4:uint8", axis=[1, 2], keepdims=True, to="N 1 1"),
    )


class Nanstd(Scattering):
    """The standard deviation of the entries that are numbers: the root of their variance."""

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N 3 4:float16", axis=1, to="N 4:float16"),
    )


class Nanargmax(Position):
    """The position of the greatest of the entries that are numbers, from 0; -1 where none is."""

    cases = (
        case("N 3 4", axis=-1, to="N 3:int32"),
        case("N t 4:int32", axis=1, keepdims=True, to="N 1 4:int32"),
        case("N 3", to=":int32"),
        case("N 3", axis=2, fails=AxisOutOfRange),
    )


class Nanargmin(Position):
    """The position of the least of the entries that are numbers, from 0; -1 where none is."""

    cases = (
        case("N 3 4", axis=-1, to="N 3:int32"),
        case("N 3 4", keepdims=True, to="1 1 1:int32"),
    )


class OfAll(Op):
    """One number for all entries of the batch.

    Arguments:
        axis: always null, which takes all axes, the batch axis too; along a given one Keras can't compute it in a graph
        keepdims: whether the axes stay, with size 1
    """

    # What is done stands in the branches of a condition, where the profiler does not look.
    profiled = False

    axis: None = None
    keepdims: bool = False

    def over_all(self, x: Tensor) -> Tensor:
        """One number, in the dtype of the tensor."""
        return need_floats(x).with_shape(*reduced(x, None, keepdims=self.keepdims))


class Nanmedian(OfAll):
    """The median of the entries that are numbers: as many are less as are greater; NaN where none is."""

    def infer(self, x: Tensor) -> Tensor:
        """One number."""
        return self.over_all(x)

    def flops(self, x: Tensor) -> int:
        """That of the quantile in the middle."""
        return quantile_flops(x, None, 1, "linear")

    cases = (
        case("N 3 4", to=":float32"),
        case("N t 4:float16", keepdims=True, to="1 1 1:float16"),
        case("N 3:int32", fails=WrongDtype, silent="Keras can't compute it in a graph"),
    )


class NanShare(OfAll):
    """The number below which a share of the entries lies.

    Arguments:
        q: the share, in place of a tensor
        method: what is taken if it falls between two entries: one of them, their mean, or what lies on the line
            between them
    """

    q: Share = None
    method: Method = "linear"

    def infer(self, x: Tensor, q: Tensor) -> Tensor:
        """One number. Of several shares, Keras makes one number too where no entry is a number."""
        need_shares(q, 0)
        return self.over_all(x)

    def flops(self, x: Tensor, q: Tensor) -> int:
        """That of one quantile."""
        return quantile_flops(x, None, 1, self.method)


class Nanquantile(NanShare):
    """The number below which the share `q` of the entries that are numbers lies; NaN where none is.

    Arguments:
        q: the share, from 0 to 1, in place of a tensor
    """

    @model_validator(mode="after")
    def _is_a_share(self) -> Self:
        check_shares(self.q, 1)
        return self

    cases = (
        case("N 3 4", q=0.5, to=":float32"),
        case("N t 4:float64", q=0, method="lower", keepdims=True, to="1 1 1:float64"),
        case("N 3:int32", q=0.5, fails=WrongDtype, silent="Keras can't compute it in a graph"),
        case("N 3", "2", fails=WrongRank, silent="one number comes out where all entries are NaN"),
    )


class Nanpercentile(NanShare):
    """The number below which `q` percent of the entries that are numbers lie; NaN where none is.

    Arguments:
        q: the percentage, from 0 to 100, in place of a tensor
    """

    @model_validator(mode="after")
    def _is_a_percentage(self) -> Self:
        check_shares(self.q, 100)
        return self

    cases = (
        case("N 3 4", q=50, to=":float32"),
        case("N t 4", q=12.5, method="midpoint", keepdims=True, to="1 1 1"),
        case("N 3:int32", q=50, fails=WrongDtype, silent="Keras can't compute it in a graph"),
        case("N 3", "2", fails=WrongRank, silent="one number comes out where all entries are NaN"),
    )
