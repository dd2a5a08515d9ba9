"""Several tensors as one, along an axis that they have or along a new one."""

from __future__ import annotations

from collections.abc import Sequence

from netwright.catalog.families.joining import check_alike, joined_dtype, total
from netwright.catalog.families.ranks import new_axis
from netwright.catalog.families.reshaping import remaining
from netwright.misfits import AxisOutOfRange, RanksDiffer, SizesDiffer, UnknownSize, WrongAxis, WrongDtype, WrongRank
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor

ALONE = "Keras says that it becomes uint32, and it does not"


def _joined(tensors: Sequence[Tensor], axis: int) -> Tensor:
    """The shape of the first tensor, with the sum of all sizes on the axis."""
    check_alike(tensors, axis)
    size = total(tuple(one.shape[axis] for one in tensors))
    return tensors[0].with_size(axis, size).with_dtype(joined_dtype(tensors))


class Concatenate(Op):
    """Join tensors along an axis. On all others they must have the same sizes.

    Arguments:
        axis: the axis along which they are joined
    """

    axis: int = 0

    def infer(self, xs: Sequence[Tensor]) -> Tensor:
        """The shape of the first tensor, with the sum of all sizes on the axis."""
        return _joined(xs, xs[0].axis(self.axis))

    cases = (
        case("N 3 4", "N 5 4", axis=1, to="N 8 4"),
        case("N t 4", "N t 5", "N t 1", axis=-1, to="N t 10"),
        case("N ? 4", "N 3 4", axis=2, to="N ? 8"),
        case("N t 4", "N 3 4", axis=1, to="N ? 4"),
        case("N 4", axis=1, to="N 4"),
        case("N 4:int8", "N 4:uint8", to="? 4:int16"),
        case("2 4", "3 4", to="5 4"),
        case("N 3 4", "N 3 5", axis=1, fails=SizesDiffer),
        case("N ? 4", "N 3 4", "N 5 4", axis=2, fails=SizesDiffer, late=True),
        case("N 3 4", "N 4", axis=1, fails=RanksDiffer),
        case("N 4", "N 4", axis=2, fails=AxisOutOfRange),
        case("N 4:string", "N 4", fails=WrongDtype),
        case("N 4:uint64", "N 4:uint64", fails=WrongDtype, silent=ALONE),
    )


class Hstack(Op):
    """Join tensors along axis 1, the first after the batch axis."""

    def infer(self, xs: Sequence[Tensor]) -> Tensor:
        """The shape of the first tensor, with the sum of all sizes on axis 1."""
        xs[0].need_rank_at_least(2)
        return _joined(xs, 1)

    cases = (
        case("N 3 4", "N 5 4", to="N 8 4"),
        case("N t", "N 2:int32", to="N ?"),
        case("N 3 4", "N 3 5", fails=SizesDiffer),
        case("N 3 4", "N 4", fails=RanksDiffer),
        case("N", "N", fails=WrongRank),
        case("N 4:string", "N 4", fails=WrongDtype),
        case("N 4:uint64", "N 4:uint64", fails=WrongDtype, silent=ALONE),
    )


class Vstack(Op):
    """Join tensors along axis 0, the batch axis."""

    def infer(self, xs: Sequence[Tensor]) -> Tensor:
        """The shape of the first tensor, with the sum of all sizes on axis 0."""
        xs[0].need_rank_at_least(1)
        return _joined(xs, 0)

    cases = (
        case("2 4", "3 4", to="5 4"),
        case("N t", "3 t:int32", to="? t"),
        case("2", "3", to="5"),
        case("2 3", "2 4", fails=SizesDiffer),
        case("2 3", "3", fails=RanksDiffer),
        case(":", ":", fails=WrongRank),
        case("N 4:string", "N 4", fails=WrongDtype),
        case("N 4:uint64", "N 4:uint64", fails=WrongDtype, silent=ALONE),
    )


class Dstack(Op):
    """Join tensors along axis 2. Of those with fewer axes, entries without a third axis come one behind the other."""

    def infer(self, xs: Sequence[Tensor]) -> Tensor:
        """The shape of the first tensor with three axes at least, with the sum of all sizes on axis 2."""
        for one in xs:
            # Its only axis, the batch axis, meets another axis of the others, or a 1.
            if one.rank == 1 and any(other.rank != 1 for other in xs):
                one.known(0, "because it becomes axis 1, beside those with more axes or none")
        return _joined([_deep(one) for one in xs], 2)

    cases = (
        case("N 4", "N 4", to="N 4 2"),
        case("N t 3", "N t", to="N t 4"),
        case("N 3 1 2", "N 3 5 2:int32", to="N 3 6 2"),
        case("3", "1 3", to="1 3 2"),
        case(":", ":", to="1 1 2"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4 3", "N 4 3 2", fails=RanksDiffer),
        case("N 4 3", "N", fails=UnknownSize, silent="it would do for one batch of one size"),
        case("N 4:string", "N 4", fails=WrongDtype),
        case("N 4:uint64", "N 4:uint64", fails=WrongDtype, silent=ALONE),
    )


def _deep(tensor: Tensor) -> Tensor:
    """The tensor with three axes at least, of which those that are added have size 1."""
    if tensor.rank > 2:
        return tensor
    return tensor.with_shape(*((1,) if tensor.rank < 2 else ()), *(tensor.shape or (1,)), 1)


class Stack(Op):
    """Put tensors side by side along a new axis. They must have the same shape.

    Arguments:
        axis: where the new axis stands in the output
    """

    axis: int = 0

    def infer(self, x: Sequence[Tensor]) -> Tensor:
        """The shape of the first tensor, and how many there are."""
        first = x[0]
        check_alike(x)
        axis = new_axis(first, self.axis)
        return first.with_shape(*first.shape[:axis], len(x), *first.shape[axis:]).with_dtype(joined_dtype(x))

    cases = (
        case("N 3 4", "N 3 4", axis=1, to="N 2 3 4"),
        case("N t 4", "N t 4", "N t 4", axis=-1, to="N t 4 3"),
        case("N ? 4", "N 3 4:int32", axis=1, to="N 2 ? 4"),
        case("N 4", "N 4", to="2 N 4"),
        case("N 4", axis=1, to="N 1 4"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4", "N 4 1", fails=RanksDiffer),
        case("N 4", "N 4", axis=3, fails=WrongAxis),
        case("N 4", "N 4", axis=-4, fails=WrongAxis),
        case("N 4:string", "N 4", fails=WrongDtype),
        case("N 4:uint64", "N 4:uint64", fails=WrongDtype, silent=ALONE),
    )


class Append(Op):
    """Put a second tensor behind a first.

    Arguments:
        axis: the axis along which they are joined; null puts all entries of both into one axis
    """

    axis: int | None = None

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The shape of the first tensor, with the sum of both sizes on the axis."""
        both = (x1, x2)
        # The two are cast, so that what Keras says of uint64 is true.
        dtype = "uint32" if x1.dtype == x2.dtype == "uint64" else joined_dtype(both)
        if self.axis is None:
            return Tensor((total(tuple(remaining(one.shape, 1) for one in both)),), dtype)
        axis = x1.axis(self.axis)
        check_alike(both, axis)
        size = sum(one.known(axis, "because Keras adds it to another") for one in both)
        return x1.with_size(axis, size).with_dtype(dtype)

    cases = (
        case("N 3 4", "N 5 4", axis=1, to="N 8 4"),
        case("N 3 4", "N 5 4:int32", axis=1, to="N 8 4"),
        case("2 3", "4", to="10"),
        case("N 4", "N 4:uint64", to="?"),
        case("N 3 4", "N 5 4", axis=2, fails=SizesDiffer),
        case("N 4", "N 4 1", axis=1, fails=RanksDiffer),
        case("N 4", "N 4", axis=2, fails=AxisOutOfRange),
        case("N 4", "N 4", axis=0, fails=UnknownSize),
        case("N 4:string", "N 4", fails=WrongDtype),
    )
