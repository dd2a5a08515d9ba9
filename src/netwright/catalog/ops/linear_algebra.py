"""Matrices taken apart, inverted, and measured.

What TensorFlow does to take them apart its profiler does not count, so it is free; what is done with the parts is not.
"""

from __future__ import annotations

from math import prod
from typing import Annotated

from netwright.arguments import choice
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.matrices import (
    WHY_FLOPS,
    known_sides,
    need_matrices,
    need_solved,
    need_square,
    stack,
)
from netwright.misfits import SizesDiffer, UnknownSize, WrongDtype, WrongRank
from netwright.op import Op
from netwright.operation import CallArguments, case
from netwright.tensors import Tensor, differ

WHY_PARTS = "because the sizes of the parts follow from it"


class Square(Op):
    """A function of square matrices, or of stacks of them, that gives as many of the same size."""

    def infer(self, x: Tensor) -> Tensor:
        """The same shape."""
        return need_square(need_solved(x))


class Cholesky(Square):
    """The triangular matrix whose product with its own transpose is the given one, which is positive definite.

    Of matrices that are not, the model stops with an error.

    Arguments:
        upper: whether the transpose is given instead, whose entries are above the diagonal
    """

    upper: bool = False

    cases = (
        case("N 3 3", to="N 3 3"),
        case("N t t", upper=True, to="N t t"),
        case("N 2 t u:float64", to="N 2 t u:float64"),
        case("N 3 4", fails=SizesDiffer),
        case("N 3 t", fails=UnknownSize),
        case("N 3", fails=UnknownSize),
        case("N", fails=WrongRank),
        case("N 3 3:float16", fails=WrongDtype, late=True),
        case("N 3 3:int32", fails=WrongDtype, late=True),
    )


class CholeskyInverse(Square):
    """The inverse of a matrix, from the triangular matrix that `cholesky` gives of it.

    Arguments:
        upper: whether the triangular matrix has its entries above the diagonal
    """

    upper: bool = False

    def flops(self, x: Tensor) -> int:
        """The product of the inverse of the triangular matrix and its transpose, and a comparison."""
        size, _ = known_sides(x, WHY_FLOPS)
        return 2 * size * x.each_sample() + 1

    cases = (
        case("N 3 3", to="N 3 3"),
        case("N t t", upper=True, to="N t t"),
        case("N 3 4", fails=SizesDiffer),
        case("N 3 3:int32", fails=WrongDtype, late=True),
    )


class Inv(Square):
    """The inverse of a matrix. If there is none, the model stops with an error."""

    def infer(self, x: Tensor) -> Tensor:
        """The same shape."""
        return _checked_with_half(x)

    cases = (
        case("N 3 3", to="N 3 3"),
        case("N t t:float16", to="N t t:float16"),
        case("N 3 4", fails=SizesDiffer),
        case("N t 3", fails=UnknownSize),
        case("N 3 3:bfloat16", fails=WrongDtype, late=True),
        case("N 3 3:int32", fails=WrongDtype, late=True),
    )


def _checked_with_half(x: Tensor) -> Tensor:
    """The matrices, for which float16 does too."""
    if need_floats(x).dtype == "bfloat16":
        raise WrongDtype(x, "floats other than bfloat16")
    return need_square(x)


class Det(Op):
    """The determinant of a matrix."""

    def infer(self, x: Tensor) -> Tensor:
        """A number for each matrix."""
        return x.with_shape(*stack(need_square(need_solved(x))))

    cases = (
        case("N 3 3", to="N"),
        case("N 2 t t", to="N 2"),
        case("2 2", to=":"),
        case("N 3 4", fails=SizesDiffer),
        case("N t 3", fails=UnknownSize),
        case("N", fails=WrongRank),
        case("N 3 3:float16", fails=WrongDtype, late=True),
    )


class Logdet(Op):
    """The logarithm of the determinant of a matrix that is positive definite; of others, no number."""

    def infer(self, x: Tensor) -> Tensor:
        """A number for each matrix."""
        _check_sides(need_matrices(need_solved(x)))
        return x.with_shape(*stack(x))

    def flops(self, x: Tensor) -> int:
        """The logarithms of a diagonal, their sum, and twice that."""
        size, _ = known_sides(x, WHY_FLOPS)
        return 2 * size * _matrices(x)

    cases = (
        case("N 3 3", to="N"),
        case("N t u", to="N"),
        case("N 2 3 ?", to="N 2"),
        case("N 3 4", fails=SizesDiffer, late=True),
        case("N", fails=WrongRank, late=True),
        case("N 3 3:float16", fails=WrongDtype, late=True),
    )


def _check_sides(x: Tensor) -> None:
    """Refuse a matrix that certainly is not square."""
    if differ(x.shape[-2], x.shape[-1]):
        raise SizesDiffer(x, x, (x.rank - 2, x.rank - 1))


def _matrices(x: Tensor) -> int:
    """How many matrices one sample has."""
    return prod(x.known(axis, WHY_FLOPS) for axis in range(1, x.rank - 2))


class Slogdet(Op):
    """The sign of the determinant of one matrix, whose rows are the samples, and the logarithm of its magnitude."""

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The sign, and the logarithm."""
        return "sign", "logdet"

    def infer(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Two numbers."""
        need_solved(x)
        if x.rank != 2:
            raise WrongRank(x, "2", "rows, columns; of many matrices, Keras says the signs wrongly")
        need_square(x)
        return x.with_shape(), x.with_shape()

    cases = (
        case("2 2", to=(":", ":")),
        case("N t", to=(":", ":")),
        case("3 4", fails=SizesDiffer, late=True),
        case("N 4", fails=UnknownSize, silent="it works for a batch of 4 samples only"),
        case("N 3 3", fails=WrongRank, silent="Keras says that there is one sign"),
        case("2 2:float16", fails=WrongDtype, late=True),
    )


class Eigh(Op):
    """The eigenvalues and eigenvectors of a symmetric matrix, of which the entries below the diagonal are read."""

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The eigenvalues, the smallest first, and the eigenvectors, as columns."""
        return "values", "vectors"

    def infer(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """One value for each row, and the same shape."""
        need_square(need_solved(x))
        return x.with_shape(*x.shape[:-1]), x

    cases = (
        case("N 3 3", to=("N 3", "N 3 3")),
        case("N t t", to=("N t", "N t t")),
        case("N 3 4", fails=SizesDiffer),
        case("N", fails=WrongRank),
        case("N 3 3:float16", fails=WrongDtype, late=True),
    )


class MatrixRank(Op):
    """How many rows of a matrix are independent of each other: the number of its singular values above a threshold.

    Arguments:
        tol: the threshold; null takes one that follows from the greatest singular value and the size of the matrix
    """

    tol: float | None = None

    def infer(self, x: Tensor) -> Tensor:
        """A number for each matrix."""
        return Tensor(stack(need_matrices(need_solved(x))), "int32")

    def flops(self, x: Tensor) -> int:
        """Comparisons, and their sum; and the threshold."""
        values, matrices = min(known_sides(x, WHY_FLOPS)), _matrices(x)
        return matrices * (2 * values - 1) + (matrices + 1 if self.tol is None else 0)

    cases = (
        case("N 3 4", to="N:int32"),
        case("N 2 t 3:float64", tol=0.5, to="N 2:int32"),
        case("N 3", to=":int32"),
        case("N", fails=WrongRank),
        case("N 3 4:float16", fails=WrongDtype, late=True),
    )


class Pinv(Op):
    """The pseudoinverse of a matrix: the inverse if there is one, and what comes closest if there is none.

    Arguments:
        rcond: the share of the greatest singular value below which others count as 0; null takes one that follows from
            the size of the matrix
    """

    rcond: float | None = None

    def infer(self, x: Tensor) -> Tensor:
        """As many rows as the matrix has columns, and as many columns as it has rows."""
        need_matrices(need_solved(x))
        return x.with_shape(*stack(x), x.shape[-1], x.shape[-2])

    def flops(self, x: Tensor) -> int:
        """A threshold, comparisons, a division by what is above it, and a product."""
        rows, columns = known_sides(x, WHY_FLOPS)
        values = min(rows, columns)
        return _matrices(x) * (2 * rows * columns * values + columns * values + values + 1)

    cases = (
        case("N 3 4", to="N 4 3"),
        case("N 2 t u", rcond=0.5, to="N 2 u t"),
        case("N 3:float64", to="3 N:float64"),
        case("N", fails=WrongRank),
        case("N 3 4:float16", fails=WrongDtype, late=True),
    )


class Qr(Op):
    """An orthogonal and a triangular matrix whose product is the given one.

    Arguments:
        mode: `reduced` leaves out the columns of the first, and the rows of the second, that add nothing to the product
    """

    mode: Annotated[str, choice("reduced", "complete")] = "reduced"

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The orthogonal matrix, and the triangular one."""
        return "q", "r"

    def infer(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """As many rows as the matrix, as many columns, and as much between them as is needed."""
        if need_floats(x).dtype == "bfloat16":
            raise WrongDtype(x, "floats other than bfloat16")
        rows, columns = known_sides(need_matrices(x), WHY_PARTS)
        inner = min(rows, columns) if self.mode == "reduced" else rows
        return x.with_shape(*stack(x), rows, inner), x.with_shape(*stack(x), inner, columns)

    cases = (
        case("N 3 4", to=("N 3 3", "N 3 4")),
        case("N t 4 3", to=("N t 4 3", "N t 3 3")),
        case("N 4 3:float16", mode="complete", to=("N 4 4:float16", "N 4 3:float16")),
        case("N t 4", fails=UnknownSize),
        case("N", fails=WrongRank),
        case("N 3 4:bfloat16", fails=WrongDtype, late=True),
        case("N 3 4:int32", fails=WrongDtype, late=True),
    )


class Svd(Op):
    """The singular values of a matrix, and two orthogonal matrices that together with them multiply to the given one.

    Arguments:
        full_matrices: whether the two have all columns and rows, those too that add nothing to the product
        compute_uv: whether the two are given, or the singular values alone
    """

    full_matrices: bool = True
    compute_uv: bool = True

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The left matrix, the singular values, the greatest first, and the right matrix; or the values alone."""
        return ("u", "s", "vh") if self.compute_uv else ("s",)

    def infer(self, x: Tensor) -> tuple[Tensor, ...]:
        """As many rows as the matrix, as many singular values as its shorter side, as many columns as the matrix."""
        rows, columns = known_sides(need_matrices(need_solved(x)), WHY_PARTS)
        inner = min(rows, columns)
        values = x.with_shape(*stack(x), inner)
        if not self.compute_uv:
            return (values,)
        left, right = (rows, columns) if self.full_matrices else (inner, inner)
        return x.with_shape(*stack(x), rows, left), values, x.with_shape(*stack(x), right, columns)

    cases = (
        case("N 3 4", to=("N 3 3", "N 3", "N 4 4")),
        case("N t 4 3", full_matrices=False, to=("N t 4 3", "N t 3", "N t 3 3")),
        case("N 3 4:float64", compute_uv=False, to="N 3:float64"),
        case("N t 4", fails=UnknownSize),
        case("N", fails=WrongRank),
        case("N 3 4:float16", fails=WrongDtype, late=True),
    )
