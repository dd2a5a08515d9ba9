"""Matrices: what the last two axes of a tensor must be; the axes before them stack many."""

from __future__ import annotations

from netwright.catalog.families.contracting import check_known_alike
from netwright.misfits import WrongDtype
from netwright.tensors import Shape, Tensor

SOLVED = frozenset({"float32", "float64"})
WHY_FLOPS = "to count what is done with the matrix"


def need_solved(tensor: Tensor) -> Tensor:
    """Return `tensor` if it holds floats that TensorFlow takes matrices of apart.

    Raises:
        WrongDtype: it holds something else.
    """
    if tensor.dtype not in SOLVED:
        raise WrongDtype(tensor, "float32 or float64")
    return tensor


def need_matrices(tensor: Tensor) -> Tensor:
    """Return `tensor` if it has rows and columns.

    Raises:
        WrongRank: it has too few axes.
    """
    return tensor.need_rank_at_least(2, "those before, rows, columns")


def need_square(tensor: Tensor) -> Tensor:
    """Return `tensor` if it has as many rows as columns, and Keras sees that it has.

    Raises:
        WrongRank: it has too few axes.
        SizesDiffer, UnknownSize: it has not, or Keras does not see it.
    """
    need_matrices(tensor)
    check_known_alike(tensor, tensor, (tensor.rank - 2, tensor.rank - 1))
    return tensor


def stack(tensor: Tensor) -> Shape:
    """The axes before those of the matrix."""
    return tensor.shape[:-2]


def known_sides(tensor: Tensor, why: str) -> tuple[int, int]:
    """The numbers of rows and of columns.

    Raises:
        UnknownSize: one is not known; see `Tensor.known`.
    """
    return tensor.known(tensor.rank - 2, why), tensor.known(tensor.rank - 1, why)
