"""The diagonals of matrices: what is above or below one, what stands on it, and its sum."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.ranks import MOST, need_rank_at_most
from netwright.catalog.families.reshaping import remaining
from netwright.misfits import AxisOutOfRange, WrongAxis, WrongDtype, WrongRank, WrongSize
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Dim, Tensor

# TensorFlow counts diagonals with 32 bits.
Offset: TypeAlias = Annotated[int, Field(ge=-(2**31), lt=2**31)]
BECOMES = {"bool": "int32", "int8": "int32", "int16": "int32", "uint8": "uint32", "uint16": "uint32"}


class Triangle(Op):
    """Matrices, of which one side of a diagonal is set to 0.

    Arguments:
        k: which diagonal of the last two axes: 0 is the main one, positive ones are above it, negative ones below
    """

    k: Offset = 0

    def _masked_flops(self, x: Tensor) -> int:
        """Four for each entry of one matrix: two that number its rows and columns, two that compare the numbers."""
        rows = 1 if x.rank == 2 else x.known(-2, "to count the entries")
        return 4 * rows * x.known(-1, "to count the entries")


class Tril(Triangle):
    """Keep the diagonal and what is below it, and set the rest to 0."""

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        x.need_rank_at_least(2)
        if self.k < 0:
            return x
        if isinstance(x.last, int) and x.last < self.k:
            raise WrongSize(x, -1, f"at least {self.k}, as `k` is", "k")
        return need_numbers(x)

    def flops(self, x: Tensor) -> int:
        """None for what is not below the main diagonal."""
        return self._masked_flops(x) if self.k < 0 else 0

    cases = (
        case("N 3 4", to="N 3 4"),
        case("N t 4:int32", k=4, to="N t 4:int32"),
        case("N 3 4", k=-5, to="N 3 4"),
        case("N 4", k=-1, to="N 4"),
        case("N", fails=WrongRank, late=True),
        case("N 3 4", k=5, fails=WrongSize, late=True),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class Triu(Triangle):
    """Keep the diagonal and what is above it, and set the rest to 0."""

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        rows = x.need_rank_at_least(2).shape[-2]
        if self.k > 0:
            return x
        if isinstance(rows, int) and rows < -self.k:
            raise WrongSize(x, -2, f"at least {-self.k}, as `k` is {self.k}", "k")
        return need_numbers(x)

    def flops(self, x: Tensor) -> int:
        """None for what is not above the main diagonal."""
        return self._masked_flops(x) if self.k > 0 else 0

    cases = (
        case("N 3 4", to="N 3 4"),
        case("N t 4:int32", k=-3, to="N t 4:int32"),
        case("N 3 4", k=5, to="N 3 4"),
        case("N", fails=WrongRank, late=True),
        case("N 3 4", k=-4, fails=WrongSize, late=True),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class Diag(Op):
    """A matrix with the entries of a tensor with one axis on a diagonal, or of a matrix the entries on a diagonal.

    Arguments:
        k: which diagonal: 0 is the main one, positive ones are above it, negative ones below
    """

    k: Offset = 0

    def infer(self, x: Tensor) -> Tensor:
        """As many rows and columns as the entries need, or as many entries as there are."""
        if x.rank not in (1, 2):
            raise WrongRank(x, "1 or 2")
        if x.rank == 2:
            return need_numbers(x).with_shape(_length(x, 0, 1, self.k, "k"))
        return _square(x, x.shape[0], self.k)

    cases = (
        case("3 4", to="3"),
        case("3 4:bool", k=3, to="1:bool"),
        case("N 4", k=-1, to="?"),
        case("3", k=-2, to="5 5"),
        case("t", to="t t"),
        case("N", k=1, to="? ?"),
        case(":", fails=WrongRank),
        case("N 3 4", fails=WrongRank),
        case("3 4", k=4, fails=WrongSize, late=True),
        case("3 4", k=-3, fails=WrongSize, late=True),
        case("N 4:string", fails=WrongDtype, late=True),
        case("N:string", fails=WrongDtype, late=True),
    )


class Diagflat(Op):
    """A matrix with all entries on a diagonal.

    Arguments:
        k: which diagonal: 0 is the main one, positive ones are above it, negative ones below
    """

    k: Offset = 0

    def infer(self, x: Tensor) -> Tensor:
        """As many rows and columns as the entries need."""
        return _square(x, remaining(x.shape, 1), self.k)

    cases = (
        case("3", to="3 3"),
        case("2 3:int32", k=-1, to="7 7:int32"),
        case("N 4", to="? ?"),
        case("t", to="t t"),
        case(":", to="1 1"),
        case("N:string", fails=WrongDtype, late=True),
    )


def _square(x: Tensor, entries: Dim, k: int) -> Tensor:
    """A matrix with so many entries on the diagonal `k`."""
    side = entries + abs(k) if isinstance(entries, int) else None if k else entries
    return need_numbers(x).with_shape(side, side)


def _length(x: Tensor, rows_axis: int, columns_axis: int, offset: int, argument: str, least: int = 1) -> Dim:
    """How many entries a diagonal has.

    Raises:
        WrongSize: it has fewer than `least`.
    """
    rows, columns = x.shape[rows_axis], x.shape[columns_axis]
    if isinstance(rows, int) and rows + offset < least:
        raise WrongSize(x, rows_axis, f"at least {least - offset}, as `{argument}` is {offset}", argument)
    if isinstance(columns, int) and columns - offset < least:
        raise WrongSize(x, columns_axis, f"at least {least + offset}, as `{argument}` is {offset}", argument)
    if isinstance(rows, int) and isinstance(columns, int):
        return min(rows + min(offset, 0), columns - max(offset, 0))
    return rows if rows == columns and not offset else None


class OnDiagonal(Op):
    """Matrices, of which the entries on a diagonal are taken.

    Arguments:
        offset: which diagonal: 0 is the main one, positive ones are above it, negative ones below
        axis1: the axis of the rows
        axis2: the axis of the columns
    """

    offset: Offset = 0
    axis1: int = 0
    axis2: int = 1

    def _axes(self, x: Tensor) -> tuple[int, int]:
        """The positions of both axes."""
        rows, columns = x.axis(self.axis1, "axis1"), x.axis(self.axis2, "axis2")
        if rows == columns:
            raise WrongAxis(x, self.axis2, "another axis than `axis1`", "axis2")
        return rows, columns

    def _rest(self, x: Tensor) -> list[Dim]:
        """The sizes of the other axes."""
        return [size for axis, size in enumerate(x.shape) if axis not in self._axes(x)]


class Diagonal(OnDiagonal):
    """The entries on a diagonal of matrices, along a new last axis."""

    def infer(self, x: Tensor) -> Tensor:
        """The other axes, and one with the entries."""
        rows, columns = self._axes(x)
        return need_numbers(x).with_shape(*self._rest(x), _length(x, rows, columns, self.offset, "offset"))

    cases = (
        case("N 3 4", axis1=1, axis2=2, to="N 3"),
        case("N 3 4:int32", axis1=-1, axis2=1, offset=-3, to="N 1:int32"),
        case("N t t", axis1=1, axis2=2, to="N t"),
        case("N 3 t", axis1=1, axis2=2, offset=1, to="N ?"),
        case("N 3 4", to="4 ?"),
        case("N", fails=AxisOutOfRange),
        case("N 3 4", axis1=1, axis2=-2, fails=WrongAxis),
        case("N 3 4", axis1=1, axis2=2, offset=4, fails=WrongSize, late=True),
        case("N 3 4", axis1=1, axis2=2, offset=-3, fails=WrongSize, late=True),
        case("N 3 4:string", axis1=1, axis2=2, fails=WrongDtype, late=True),
    )


class Trace(OnDiagonal):
    """The sum of the entries on a diagonal of matrices."""

    def infer(self, x: Tensor) -> Tensor:
        """The other axes. Short integers and booleans become longer ones."""
        rows, columns = self._axes(x)
        _length(x, rows, columns, self.offset, "offset", least=0)
        short, long = (rows, columns) if self.offset > 0 else (columns, rows)
        self._check_long(x, short, long)
        dtype = BECOMES.get(x.dtype, x.dtype)
        return need_numbers(need_rank_at_most(x)).with_shape(*self._rest(x)).with_dtype(dtype)

    def _check_long(self, x: Tensor, short: int, long: int) -> None:
        """Refuse matrices that go on after the end of the diagonal: Keras makes a mask of another shape for them."""
        size, other, most = x.shape[long], x.shape[short], abs(self.offset)
        if self.offset and isinstance(size, int) and isinstance(other, int) and size > other + most:
            raise WrongSize(x, long, f"at most {other + most}, where the diagonal ends, as `offset` is not 0", "offset")

    def flops(self, x: Tensor) -> int:
        """The sums of all entries of the matrices, of which the others are set to 0, and where the diagonal begins."""
        rest = Tensor((1, *self._rest(x.with_size(0, 1))))
        return x.each_sample() - rest.each_sample() + (12 if self.offset else 1)

    cases = (
        case("N 3 4", axis1=1, axis2=2, to="N"),
        case("N 3 4:uint8", axis1=-1, axis2=1, to="N:uint32"),
        case("N t 4", offset=4, axis1=1, axis2=2, to="N"),
        case("N 3 4:int64", to="4:int64"),
        case("3 4", offset=-3, to=":float32"),
        case("N", fails=AxisOutOfRange),
        case("N 3 4", axis1=1, axis2=-2, fails=WrongAxis),
        case("N 3 4", axis1=1, axis2=2, offset=5, fails=WrongSize, late=True),
        case("N 3 4", axis1=1, axis2=2, offset=-4, fails=WrongSize, late=True),
        case("N 1 3", axis1=1, axis2=2, offset=1, fails=WrongSize, late=True),
        case("N 5 1", axis1=1, axis2=2, offset=-2, fails=WrongSize, late=True),
        case("N 3 4:string", axis1=1, axis2=2, fails=WrongDtype, late=True),
        case("N 2 2" + " 1" * (MOST - 2), axis1=1, axis2=2, fails=WrongRank, late=True),
    )
