"""Products of tensors, summed over axes that meet."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar, Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.axes import positions
from netwright.catalog.families.beside import check_said, joined_alone, need_more_than_booleans
from netwright.catalog.families.contracting import (
    WHY_PRODUCTS,
    Axes,
    check_known_alike,
    check_meeting,
    check_same_dtype,
    entries,
    left,
    spread,
)
from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.catalog.families.reshaping import remaining
from netwright.misfits import (
    AxisOutOfRange,
    ElementsDiffer,
    SizesDiffer,
    UnknownSize,
    WrongAxis,
    WrongDtype,
    WrongNumber,
    WrongRank,
    WrongSize,
)
from netwright.op import Number, Op
from netwright.operation import case
from netwright.promotion import result_type
from netwright.tensors import Shape, Tensor, count


class Matmul(Op):
    """The product of two matrices, or of two stacks of them.

    The last two axes are those of the matrices; all others are spread over each other. A tensor of one axis is a row on
    the left and a column on the right.
    """

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The axes of the stacks, the rows of the first, the columns of the second."""
        for one in (x1, x2):
            need_numbers(one).need_rank_at_least(1)
        check_meeting(x1, x2, [(x1.rank - 1, max(0, x2.rank - 2))])
        rows, columns = x1.shape[-2:-1], x2.shape[-1:] if x2.rank > 1 else ()
        return Tensor((*spread(x1, x2, 2), *rows, *columns), self._dtype(x1, x2))

    def _dtype(self, x1: Tensor, x2: Tensor) -> str:
        if x1.dtype != "int8" or x2.dtype != "int8":
            return result_type(x1.dtype, x2.dtype)
        if 1 in (x1.rank, x2.rank):
            raise WrongDtype(x2, "another dtype than int8 where a tensor has one axis only")
        return "int32"

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """A product and a sum for each entry of the output and each entry of a row."""
        return 2 * entries(x1, [x1.rank - 1]) * self.infer(x1, x2).each_sample()

    cases = (
        case("N 4 3", "N 3 5", to="N 4 5"),
        case("N 4 3", "3 5", to="N 4 5"),
        case("N t 3", "N 3 3", to="N t 3"),
        case("N 3 4 ?", "N 1 3 5", to="N 3 4 5"),
        case("N 2", "N 2 5", to="N N 5"),
        case("N 4 3", "3", to="N 4"),
        case("3", "N 3 5", to="N 5"),
        case("N", "N", to=":"),
        case("N 4 3:int8", "N 3 5:int8", to="N 4 5:int32"),
        case("N 4 3:int32", "N 3 5:bfloat16", to="N 4 5:bfloat16"),
        case("N 4 3", "N 4 5", fails=SizesDiffer),
        case("N 2 4 3", "N 5 3 1", fails=SizesDiffer),
        case("N 4 3", ":", fails=WrongRank),
        case("N 4 3", "N 3 5:string", fails=WrongDtype),
        case("N 4 3:int8", "3:int8", fails=WrongDtype, silent="Keras says int32, and int8 comes out"),
    )


class Beside(Op):
    """Two tensors, of which one may be a number, that become tensors before they meet.

    Arguments:
        x1: a number in place of the first tensor
        x2: a number in place of the second tensor
    """

    x1: Number = None
    x2: Number = None

    def dtype_of(self, x1: Tensor, x2: Tensor) -> str:
        """What both become together; Keras must say the same."""
        given = joined_alone(x1=x1, x2=x2)
        return check_said(result_type(x1.dtype, x2.dtype), given, x1=x1, x2=x2)


class Dot(Beside):
    """The products of all rows of one tensor and all columns of another.

    Unlike with `matmul`, stacks of matrices are not multiplied pair by pair, but each with each. A tensor without axes
    is a factor.
    """

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The axes of the first but the last, and those of the second but the last but one."""
        dtype = self.dtype_of(x1, x2)
        if not x1.rank or not x2.rank:
            return Tensor(x1.shape or x2.shape, dtype)
        summed = self._summed(x1, x2)
        if x2.rank == 1 < x1.rank:
            check_known_alike(x1, x2, summed)
        check_meeting(x1, x2, [summed])
        return Tensor((*x1.shape[:-1], *x2.shape[: summed[1]], *x2.shape[summed[1] + 1 :]), dtype)

    def _summed(self, x1: Tensor, x2: Tensor) -> tuple[int, int]:
        """The axes that meet."""
        return x1.rank - 1, max(0, x2.rank - 2)

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """A product and a sum for each pair of entries that meet; a product for each entry beside a factor."""
        if not x1.rank or not x2.rank:
            return self.infer(x1, x2).each_sample()
        summed = self._summed(x1, x2)
        return 2 * x1.each_sample() * entries(x2, left(x2, summed[1:]))

    cases = (
        case("N 4 3", "N 3 5", to="N 4 N 5"),
        case("N 4 3", "3 5", to="N 4 5"),
        case("N t 3", "3", to="N t"),
        case("N t ?", "N 3 u", to="N t N u"),
        case("3", "N 3 5", to="N 5"),
        case("N", "N", to=":"),
        case("N 4", x2=0.5, to="N 4"),
        case("N 4:int32", x1=True, to="N 4:int32"),
        case("N 4:int8", "N 4 5:uint8", to="N N 5:int16"),
        case("N 4", ":float16", to="N 4"),
        case("N 4 3", "N 4 5", fails=SizesDiffer),
        case("N 3", "4", fails=SizesDiffer),
        case("3", "4", fails=SizesDiffer, late=True),
        case("N ?", "4", fails=UnknownSize),
        case("N 4", "N 4:string", fails=WrongDtype),
        case("N 4:float16", x2=0.5, fails=WrongNumber, silent="Keras says float16, and float32 comes out"),
    )


class Vdot(Op):
    """The sum of the products of all entries of two tensors, the samples included."""

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """One number."""
        self._check_counts(x1, x2)
        return Tensor((), result_type(need_numbers(x1).dtype, need_numbers(x2).dtype))

    def _check_counts(self, x1: Tensor, x2: Tensor) -> None:
        """Refuse tensors of which it is not known that they have as many entries."""
        mine, other = Counter(_with_batch(x1)), Counter(_with_batch(x2))
        if mine == other:
            return
        for tensor, sizes in ((x1, mine - other), (x2, other - mine)):
            for axis, size in enumerate(_with_batch(tensor)):
                if size is None or (isinstance(size, str) and size in sizes):
                    raise UnknownSize(tensor, axis, "to compare the numbers of entries")
        if count(tuple((mine - other).elements())) != count(tuple((other - mine).elements())):
            raise ElementsDiffer(x2, x1.shape[1:], x2.each_sample(), None)

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """A product and a sum for each entry."""
        return 2 * x1.each_sample()

    cases = (
        case("N 3 4", "N 3 4", to=":"),
        case("N t 4", "N 4 t", to=":"),
        case("N ?", "N ?", to=":"),
        case("N", "N", to=":"),
        case("N 3 4:int8", "N 12:uint8", to=":int16"),
        case("N 3", "N 4", fails=ElementsDiffer, late=True),
        case("N 3", "N ?", fails=UnknownSize, silent="Keras finds out when it runs"),
        case("N 3", "N 3:string", fails=WrongDtype),
    )


def _with_batch(tensor: Tensor) -> Shape:
    """The shape, with a name for the batch axis: in a model, all are alike."""
    return tuple("batch" if size is None and not axis else size for axis, size in enumerate(tensor.shape))


class Outer(Beside):
    """The products of each entry of one tensor and each of another, as a matrix; both are flattened."""

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The number of entries of the first, and of the second."""
        return Tensor((remaining(x1.shape, 1), remaining(x2.shape, 1)), self.dtype_of(x1, x2))

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """One for each pair."""
        return x1.each_sample() * x2.each_sample()

    cases = (
        case("N 3", "N 4 2", to="? ?"),
        case("N", "3 4", to="N 12"),
        case("3 2", "N 1", to="6 N"),
        case("N 4", x2=2, to="? 1"),
        case("N:int32", x1=0.5, to="1 N"),
        case("N", ":int8", to="N 1"),
        case("N:int32", "3:float16", to="N 3:float16"),
        case("N", "N:string", fails=WrongDtype),
        case("N:int8", x2=2, fails=WrongNumber, silent="Keras says int8, and int32 comes out"),
    )


class Cross(Op):
    """The vector that is at right angles to two others, of three entries each.

    A vector of two entries has 0 as the third; of two such vectors, only the third entry of the result is computed.

    Arguments:
        axisa: the axis of the vectors in the first tensor
        axisb: the axis of the vectors in the second tensor
        axisc: the axis of the vectors in the output
        axis: one axis in place of these three; null leaves them as they are
    """

    # The profiler does not know TensorFlow's operation.
    profiled: ClassVar[bool] = False

    axisa: int = -1
    axisb: int = -1
    axisc: int = -1
    axis: int | None = None

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The other axes of both, spread over each other, and that of the vectors."""
        dtype = need_more_than_booleans(result_type(need_numbers(x1).dtype, need_numbers(x2).dtype), x1, x2)
        mine, other = self._vectors(x1, "axisa"), self._vectors(x2, "axisb")
        size: Shape = (3,) if 3 in (x1.shape[mine], x2.shape[other]) else ()
        shape = self._spread(x1.with_shape(*_without(x1, mine)), x2.with_shape(*_without(x2, other)), x1, x2)
        # Keras checks the axis even where the output has no vectors.
        where = Tensor((*shape, *size)).axis(*self._axis("axisc"))
        return Tensor((*shape[:where], *size, *shape[where:]), dtype)

    def _axis(self, argument: str) -> tuple[int, str]:
        """An axis, and the argument that says it."""
        return (getattr(self, argument), argument) if self.axis is None else (self.axis, "axis")

    def _vectors(self, tensor: Tensor, argument: str) -> int:
        """The position of the axis of the vectors."""
        axis, said = self._axis(argument)
        found = tensor.axis(axis, said)
        size = tensor.known(found, "because in a graph Keras would lose the number of axes of its output")
        if size not in (2, 3):
            raise WrongSize(tensor, found, "2 or 3", said)
        return found

    def _spread(self, first: Tensor, second: Tensor, x1: Tensor, x2: Tensor) -> Shape:
        try:
            return spread(first, second, 0)
        except SizesDiffer as misfit:
            mine, other = (
                axis + (axis >= self._vectors(one, argument))
                for axis, one, argument in zip(misfit.axes, (x1, x2), ("axisa", "axisb"), strict=True)
            )
            raise SizesDiffer(x1, x2, (mine, other)) from None

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """Two products and their difference for each entry."""
        return 3 * self.infer(x1, x2).each_sample()

    cases = (
        case("N 3", "N 3", to="N 3"),
        case("N t 3", "N 1 3", to="N t 3"),
        case("N 4 2", "N 4 2", to="N 4"),
        case("N 2", "N 3", to="N 3"),
        case("N 3 5", "N 5 3", axisa=1, axisc=1, to="N 3 5"),
        case("N 3 5", "N 3 5", axis=-2, to="N 3 5"),
        case("N 4 3:int32", "3:uint8", axisc=0, to="3 N 4:int32"),
        case("N 4 3", "N 5 3", fails=SizesDiffer),
        case("N 3 4", "N 3 5", axis=1, fails=SizesDiffer),
        case("N 4", "N 3", fails=WrongSize),
        case("N 3", "N 3", axisa=2, fails=AxisOutOfRange),
        case("N 3", "N 3", axisc=2, fails=AxisOutOfRange),
        case("2", "2", fails=AxisOutOfRange),
        case("N ?", "N 3", fails=UnknownSize, silent="in a graph Keras would lose the number of axes of its output"),
        case("N 3:bool", "N 3:bool", fails=WrongDtype, late=True),
        case("N 3", "N 3:string", fails=WrongDtype),
    )


def _without(tensor: Tensor, axis: int) -> Shape:
    return (*tensor.shape[:axis], *tensor.shape[axis + 1 :])


class Tensordot(Beside):
    """The products of two tensors, summed over the axes that meet.

    The output has the other axes of the first tensor, and then those of the second.

    Arguments:
        axes: how many axes meet, the last of the first tensor and the first of the second; or a list of two lists: the
            axes of the first, and those of the second, in the order in which they meet
    """

    axes: Axes = 2

    @model_validator(mode="after")
    def _each_meets_another(self) -> Self:
        if not isinstance(self.axes, int) and len(self.axes[0]) != len(self.axes[1]):
            raise conflict("axes", "`axes` must have as many axes of the first tensor as of the second")
        return self

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The axes that are left."""
        dtype = self.dtype_of(x1, x2)
        mine, other = self._summed(x1, x2)
        check_meeting(x1, x2, zip(mine, other, strict=True))
        rest = [x1.shape[axis] for axis in left(x1, mine)] + [x2.shape[axis] for axis in left(x2, other)]
        return Tensor(tuple(rest), dtype)

    def _summed(self, x1: Tensor, x2: Tensor) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The positions of the axes that meet."""
        if not isinstance(self.axes, int):
            return positions(x1, self.axes[0], "axes"), positions(x2, self.axes[1], "axes")
        for one in (x1, x2):
            one.need_rank_at_least(self.axes)
        return tuple(range(x1.rank - self.axes, x1.rank)), tuple(range(self.axes))

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """A product and a sum for each pair of entries that meet."""
        return 2 * x1.each_sample() * entries(x2, left(x2, self._summed(x1, x2)[1]))

    cases = (
        case("N 3 2", "3 2 4", to="N 4"),
        case("N 3", "3 4", axes=1, to="N 4"),
        case("N 3 t", "N 5 3", axes=[[1], [-1]], to="N t N 5"),
        case("N 3 3", "N 3 3", axes=[[1, 2], [2, 1]], to="N N"),
        case("N 3", "N ?", axes=[[-1], [1]], to="N N"),
        case("N 3", "N 4", axes=0, to="N 3 N 4"),
        case("N 3 4", "N 5", axes=[[0], [0]], to="3 4 5"),
        case("N 4", x2=2, axes=0, to="N 4"),
        case("N 3:int8", "3 4:bool", axes=1, to="N 4:int8"),
        case("N 3", "N 4", axes=[[1], [1]], fails=SizesDiffer),
        case("N 3", "4 5", axes=1, fails=SizesDiffer, late=True),
        case("N 3", "3", axes=2, fails=WrongRank, late=True),
        case("N 3", "N 3", axes=[[2], [1]], fails=AxisOutOfRange),
        case("N 3 3", "N 3 3", axes=[[1, -2], [1, 2]], fails=WrongAxis, late=True),
        case("N 3:string", "3 4", axes=1, fails=WrongDtype),
        case("N 4:uint8", x1=2, axes=0, fails=WrongNumber, silent="Keras says uint8, and int32 comes out"),
    )


class Cdist(Op):
    """The distances between all rows of one matrix and all of another, or of two stacks of matrices."""

    def infer(self, x: Tensor, y: Tensor) -> Tensor:
        """The axes of the stacks, spread over each other, the rows of the first, and those of the second."""
        for one in (x, y):
            need_floats(one).need_rank_at_least(2)
        check_same_dtype(x, y, "x")
        check_known_alike(x, y, (x.rank - 1, y.rank - 1))
        return x.with_shape(*spread(x, y, 2), x.shape[-2], y.shape[-2])

    def flops(self, x: Tensor, y: Tensor) -> int:
        """A difference, a square and a sum for each entry of two rows, less a sum."""
        width = x.known(x.rank - 1, WHY_PRODUCTS)
        return (3 * width - 1) * self.infer(x, y).each_sample()

    cases = (
        case("N 4 3", "N 5 3", to="N 4 5"),
        case("N 4 t", "N u t", to="N 4 u"),
        case("N 2 4 3:float16", "N 1 5 3:float16", to="N 2 4 5:float16"),
        case("N 3", "N 3", to="N N"),
        case("N 4 3", "N 4 2", fails=SizesDiffer),
        case("N 2 4 3", "N 5 4 3", fails=SizesDiffer),
        case("N 4 3", "N 4 ?", fails=UnknownSize, late=True),
        case("N", "N 4", fails=WrongRank),
        case("N 4 3", "N 5 3:float64", fails=WrongDtype, late=True),
        case("N 4 3:int32", "N 5 3:int32", fails=WrongDtype, late=True),
    )
