"""The same entries in other places along their axes."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from netwright.arguments import Pair, Sizes, conflict
from netwright.catalog.families.axes import as_tuple, positions
from netwright.catalog.families.ranks import MOST, need_rank_at_most
from netwright.catalog.families.values import Numbers
from netwright.misfits import AxisOutOfRange, SizesDiffer, UnknownSize, WrongAxis, WrongRank
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor, differ

OptionalAxes = Annotated[int | tuple[int, ...] | None, Sizes(None, minimum=None, nullable=True)]
TOO_MANY = "N" + " 1" * MOST


class Flip(Op):
    """Turn the order of the entries round.

    Arguments:
        axis: the axis along which it is turned, or several; null takes all
    """

    axis: OptionalAxes = None

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        if self.axis is not None:
            positions(x, self.axis)
        return need_rank_at_most(x)

    cases = (
        case("N t 4", axis=1, to="N t 4"),
        case("N t 4:int32", axis=[1, -1], to="N t 4:int32"),
        case("N t 4", to="N t 4"),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 4", axis=[1, -1], fails=WrongAxis, late=True),
        case(TOO_MANY, axis=1, fails=WrongRank, late=True),
    )


class Fliplr(Op):
    """Turn the order of the entries round along axis 1, the first after the batch axis."""

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        return need_rank_at_most(x.need_rank_at_least(2))

    cases = (
        case("N t 4", to="N t 4"),
        case("N", fails=WrongRank),
        case(TOO_MANY, fails=WrongRank, late=True),
    )


class Flipud(Op):
    """Turn the order of the entries round along axis 0, the batch axis."""

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        return need_rank_at_most(x.need_rank_at_least(1))

    cases = (
        case("N t 4", to="N t 4"),
        case(":", fails=WrongRank),
        case(TOO_MANY, fails=WrongRank, late=True),
    )


class Roll(Op):
    """Move the entries along an axis; what falls off one end comes in at the other.

    Arguments:
        shift: how far they move, towards the end or, if negative, towards the front; one for each `axis`
        axis: the axis along which they move, or several; null moves them through all axes in a row
    """

    shift: Annotated[int | list[int], Numbers(minimum=-(2**63), maximum=2**63 - 1, whole=True)]
    axis: OptionalAxes = None

    @model_validator(mode="after")
    def _one_shift_for_each_axis(self) -> Self:
        if isinstance(self.axis, tuple):
            if isinstance(self.shift, int) or len(self.shift) != len(self.axis):
                raise conflict("shift", "`shift` must be a list with an entry for each `axis`")
        elif not isinstance(self.shift, int):
            raise conflict("shift", "`shift` must be one integer, as `axis` is no list")
        return self

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        for axis in () if self.axis is None else as_tuple(self.axis):
            x.axis(axis)
        return x

    cases = (
        case("N t 4", shift=1, axis=1, to="N t 4"),
        case("N t 4:int32", shift=[1, -2], axis=[1, -1], to="N t 4:int32"),
        case("N t 4", shift=5, to="N t 4"),
        case("N 4", shift=1, axis=2, fails=AxisOutOfRange),
        case("N 4", shift=1, axis=-3, fails=AxisOutOfRange),
    )


class Rot90(Op):
    """Turn by a right angle, from the first of two axes towards the second.

    Arguments:
        k: how often; if negative, the other way round
        axes: the two axes that span the plane
    """

    k: int = 1
    axes: Annotated[Pair, Sizes(2, minimum=None, scalar=False)] = (0, 1)

    def infer(self, array: Tensor) -> Tensor:
        """The two sizes change places if the turns are odd."""
        first, second = positions(array.need_rank_at_least(2), self.axes, "axes")
        if self.k % 2:
            return array.with_size(first, array.shape[second]).with_size(second, array.shape[first])
        self._check_square(array, first, second)
        return array

    def _check_square(self, array: Tensor, first: int, second: int) -> None:
        """Refuse two sizes that Keras says are swapped, and that stay where they are."""
        if differ(array.shape[first], array.shape[second]):
            raise SizesDiffer(array, array, (first, second))
        for axis, other in ((first, second), (second, first)):
            if isinstance(array.shape[other], int):
                array.known(axis, "because Keras says that it changes places with another, for even `k` too")

    cases = (
        case("N 3 t", axes=[1, 2], to="N t 3"),
        case("N 3 t", to="3 N t"),
        case("N 3 4:int32", k=-1, axes=[1, -1], to="N 4 3:int32"),
        case("N 4 4", k=2, axes=[1, 2], to="N 4 4"),
        case("N h w", k=4, axes=[1, 2], to="N h w"),
        case("N", fails=WrongRank),
        case("N 3 4", axes=[1, 3], fails=AxisOutOfRange),
        case("N 3 4", axes=[1, 1], fails=WrongAxis),
        case("N 3 4", axes=[1, -2], fails=WrongAxis, late=True),
        case("N 4 4", k=4, axes=[1, -2], fails=WrongAxis, silent="where nothing turns, Keras does not look at them"),
        case("N 3 4", k=2, axes=[1, 2], fails=SizesDiffer, silent="Keras says that the sizes change places"),
        case("N 4", k=2, fails=UnknownSize, silent="Keras says that the sizes change places"),
    )
