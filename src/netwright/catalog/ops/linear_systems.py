"""Systems of linear equations."""

from __future__ import annotations

from netwright.catalog.families.contracting import check_known_alike, check_meeting, check_same_dtype
from netwright.catalog.families.matrices import WHY_FLOPS, need_solved, need_square, stack
from netwright.misfits import SizesDiffer, UnknownSize, WrongDtype, WrongRank
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor


class System(Op):
    """A square matrix and a right side: a vector, or one in each column of a matrix."""

    def infer(self, a: Tensor, b: Tensor) -> Tensor:
        """The shape of the right side."""
        need_square(need_solved(a))
        check_same_dtype(a, b, "a")
        if b.rank not in (a.rank, a.rank - 1):
            raise WrongRank(b, f"{a.rank - 1} or {a.rank}", "those of the matrix, the last of which may be missing")
        rows = (a.rank - 2, a.rank - 2)
        if b.rank == a.rank:
            check_known_alike(a, b, rows)
        check_meeting(a, b, [rows])
        self._check_stack(a, b)
        return b

    def _check_stack(self, a: Tensor, b: Tensor) -> None:
        """Refuse stacks of which the matrices do not meet one by one."""
        check_meeting(a, b, ((axis, axis) for axis in range(len(stack(a)))))


class Solve(System):
    """The solution of a system of linear equations. If there is none, the model stops with an error."""

    cases = (
        case("N 3 3", "N 3", to="N 3"),
        case("N 3 3", "N 3 4", to="N 3 4"),
        case("N t t", "N t", to="N t"),
        case("N 2 t t:float64", "N 2 t 4:float64", to="N 2 t 4:float64"),
        case("N t", "N", to="N"),
        case("N 3 4", "N 3", fails=SizesDiffer),
        case("N 3 3", "N 4", fails=SizesDiffer, late=True),
        case("N 3 3", "N 4 1", fails=SizesDiffer),
        case("N 1 3 3", "N 2 3 4", fails=SizesDiffer, late=True),
        case("N t t", "N 3 4", fails=UnknownSize),
        case("N 3 3", "N 2 3 3", fails=WrongRank, late=True),
        case("N", "N", fails=WrongRank),
        case("N 3 3", "N 3:float64", fails=WrongDtype, late=True),
        case("N 3 3:float16", "N 3:float16", fails=WrongDtype, late=True),
    )


class SolveTriangular(System):
    """The solution of a system of linear equations whose matrix has entries on one side of the diagonal only.

    Arguments:
        lower: whether the entries are below the diagonal; those on the other side are not read
    """

    lower: bool = False

    def _check_stack(self, a: Tensor, b: Tensor) -> None:
        """Refuse stacks of which the matrices do not meet; a single matrix is taken for many right sides."""
        for axis, size in enumerate(stack(a)):
            if size == 1:
                continue
            check_meeting(a, b, [(axis, axis)])
            if b.shape[axis] == 1 and not isinstance(size, int):
                raise UnknownSize(a, axis, "as the right side, of size 1, may have to be taken as often")

    cases = (
        case("N 3 3", "N 3", to="N 3"),
        case("N t t", "N t 4", lower=True, to="N t 4"),
        case("N 1 2 2", "N 5 2 3", to="N 5 2 3"),
        case("N 3 4", "N 3", fails=SizesDiffer),
        case("N 3 3", "N 4", fails=SizesDiffer, late=True),
        case("N 5 2 2", "N 1 2 3", fails=SizesDiffer, silent="Keras says that the output has the axis of size 1"),
        case("N t 2 2", "N 1 2 3", fails=UnknownSize, silent="Keras says that the output has the axis of size 1"),
        case("N 3 3", "N 3:float64", fails=WrongDtype, late=True),
    )


class Lstsq(Op):
    """The vector with which the product of a matrix, whose rows are the samples, comes closest to a right side.

    The right side is a number for each sample, or several, which give a vector each.

    Arguments:
        rcond: the share of the greatest singular value below which others count as 0; null takes one that follows from
            the size of the matrix
    """

    rcond: float | None = None

    def infer(self, a: Tensor, b: Tensor) -> Tensor:
        """A row for each column of the matrix, and the columns of the right side."""
        need_solved(a).need_rank(2, "samples, columns")
        check_same_dtype(a, b, "a")
        if b.rank not in (1, 2):
            raise WrongRank(b, "1 or 2", "samples, columns")
        check_known_alike(a, b, (0, 0))
        if self.rcond is None:
            for axis in (0, 1):
                a.known(axis, "because the share that counts as 0 follows from it; else give `rcond`")
        return a.with_shape(a.shape[1], *b.shape[1:])

    def flops(self, a: Tensor, b: Tensor) -> int:
        """The product of three matrices for each column of the right side, a threshold and a division."""
        return (2 * a.known(1, WHY_FLOPS) + 3) * b.each_sample() + 3

    cases = (
        case("N 3", "N 2", rcond=0.1, to="3 2"),
        case("N t", "N", rcond=0.1, to="t"),
        case("5 3:float64", "5 2:float64", to="3 2:float64"),
        case("4 3", "5", fails=SizesDiffer),
        case("N 3", "5", rcond=0.1, fails=UnknownSize),
        case("N 3", "N", fails=UnknownSize, silent="it fails in a graph, where Keras knows no more than this"),
        case("N 3 3", "N 3", rcond=0.1, fails=WrongRank),
        case("N 3", "N 3 2", rcond=0.1, fails=WrongRank),
        case("N 3", "N:float64", rcond=0.1, fails=WrongDtype, late=True),
        case("N 3", "N:bfloat16", rcond=0.1, fails=WrongDtype, silent="such a product TensorFlow has on a CPU only"),
        case("N 3:int32", "N:int32", rcond=0.1, fails=WrongDtype, late=True),
    )
