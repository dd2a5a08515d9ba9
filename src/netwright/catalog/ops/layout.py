"""The same entries in another shape, or with their axes in another order. The batch axis is an axis like any other."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import Sizes, conflict
from netwright.catalog.families.axes import as_tuple, need_some, positions
from netwright.catalog.families.ranks import new_axis
from netwright.catalog.families.reshaping import Target, TargetShape, check_open, remaining, reshaped, too_many
from netwright.misfits import (
    AxisOutOfRange,
    ElementsDiffer,
    UnknownSize,
    WrongAxis,
    WrongLength,
    WrongRank,
    WrongSize,
)
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Shape, Tensor

SomeAxes = Annotated[int | tuple[int, ...], Sizes(None, minimum=None)]


class Reshape(Op):
    """Give the entries another shape, in their order.

    Arguments:
        newshape: the new shape, with the batch axis; one size may be -1: what the others leave
    """

    rearranges: ClassVar[bool] = True

    newshape: Annotated[Target, TargetShape(holes=False, scalar=True)]

    @model_validator(mode="after")
    def _leaves_one_size_open(self) -> Self:
        check_open(self.newshape, "newshape", "-1")
        return self

    def infer(self, x: Tensor) -> Tensor:
        """The new shape with -1 worked out."""
        if -1 not in self.newshape and x.rank:
            # Keras builds a model that takes batches of one size only, often since the batch axis was forgotten.
            x.known(0, "because `newshape` leaves no size open")
        if (have := too_many(x.shape, self.newshape)) is not None:
            target: Shape = tuple("?" if size == -1 else size for size in self.newshape)
            raise ElementsDiffer(x, target, have, "newshape", whole=True)
        return x.with_shape(*reshaped(x.shape, self.newshape))

    cases = (
        case("N 8 3", newshape=[-1, 4, 6], to="N 4 6"),
        case("N 8", newshape=[-1, 2], to="N 2"),
        case("2 t 6", newshape=[2, -1, 3], to="2 ? 3"),
        case("1 t 6", newshape=[-1, 6], to="t 6"),
        case("N 4", newshape=-1, to="?"),
        case("3 t:bool", newshape=[9, 1], to="9 1:bool"),
        case("4 6", newshape=[-1, 8], to="3 8"),
        case("1 1", newshape=[], to=":float32"),
        case("4 6", newshape=[5, 5], fails=ElementsDiffer),
        case("4 6", newshape=[-1, 5], fails=ElementsDiffer),
        case("4 t", newshape=[5, 3], fails=ElementsDiffer, late=True),
        case("N 4", newshape=[2, 2], fails=UnknownSize, silent="it would do for a batch of one only"),
    )


class Transpose(Op):
    """Put the axes into another order.

    Arguments:
        axes: the present positions of the axes, in their new order; null turns the order round
    """

    rearranges: ClassVar[bool] = True

    axes: Annotated[tuple[int, ...] | None, Sizes(None, minimum=None, nullable=True, scalar=False)] = None

    def infer(self, x: Tensor) -> Tensor:
        """The same sizes in the new order."""
        if self.axes is None:
            return x.with_shape(*reversed(x.shape))
        if len(self.axes) != x.rank:
            raise WrongLength(x, str(x.rank), "axes")
        return x.with_shape(*(x.shape[axis] for axis in positions(x, self.axes, "axes")))

    cases = (
        case("N 3 t", axes=[0, 2, 1], to="N t 3"),
        case("N 3 t", axes=[0, -1, 1], to="N t 3"),
        case("N 3 t:int32", to="t 3 N:int32"),
        case("N 3", axes=[0], fails=WrongLength),
        case("N 3", axes=[0, 2], fails=AxisOutOfRange),
        case("N 3", axes=[0, -2], fails=WrongAxis),
    )


class Moveaxis(Op):
    """Move some axes to other positions; the others keep their order.

    Arguments:
        source: the axis that is moved, or several
        destination: where it stands in the output; as many as in `source`, in the same order
    """

    source: SomeAxes
    destination: SomeAxes

    @model_validator(mode="after")
    def _one_place_for_each(self) -> Self:
        if len(as_tuple(self.source)) != len(as_tuple(self.destination)):
            raise conflict("destination", "`destination` must have as many axes as `source`")
        return self

    def infer(self, x: Tensor) -> Tensor:
        """The same sizes in the new order."""
        sources, places = positions(x, self.source, "source"), positions(x, self.destination, "destination")
        moved = dict(zip(places, sources, strict=True))
        rest = (size for axis, size in enumerate(x.shape) if axis not in sources)
        return x.with_shape(*(x.shape[moved[axis]] if axis in moved else next(rest) for axis in range(x.rank)))

    cases = (
        case("N 3 4 t", source=1, destination=-1, to="N 4 t 3"),
        case("N 3 4 t", source=[0, 1], destination=[-1, 0], to="3 4 t N"),
        case("N 3 4", source=[], destination=[], to="N 3 4"),
        case("N 3 4", source=3, destination=1, fails=AxisOutOfRange),
        case("N 3 4", source=1, destination=-4, fails=AxisOutOfRange),
        case("N 3 4", source=[0, 1], destination=[2, -1], fails=WrongAxis),
        case("N 3 4", source=[0, 0], destination=[0, 1], fails=WrongAxis, late=True),
    )


class Swapaxes(Op):
    """Let two axes change places.

    Arguments:
        axis1: one of the two axes
        axis2: the other
    """

    axis1: int
    axis2: int

    def infer(self, x: Tensor) -> Tensor:
        """The same shape with two sizes swapped."""
        first, second = x.axis(self.axis1, "axis1"), x.axis(self.axis2, "axis2")
        return x.with_size(first, x.shape[second]).with_size(second, x.shape[first])

    cases = (
        case("N 3 t", axis1=1, axis2=2, to="N t 3"),
        case("N 3 t", axis1=-1, axis2=0, to="t 3 N"),
        case("N 3", axis1=1, axis2=-1, to="N 3"),
        case("N 3", axis1=2, axis2=0, fails=AxisOutOfRange),
        case("N 3", axis1=0, axis2=-3, fails=AxisOutOfRange),
    )


class ExpandDims(Op):
    """Add axes of size 1.

    Arguments:
        axis: where the new axis stands in the output, or several
    """

    rearranges: ClassVar[bool] = True

    axis: SomeAxes

    def infer(self, x: Tensor) -> Tensor:
        """The sizes of the input, and a 1 for each new axis."""
        new: list[int] = []
        for axis in as_tuple(self.axis):
            if (position := new_axis(x, axis, len(as_tuple(self.axis)))) in new:
                raise WrongAxis(x, axis, "another axis than the others", "axis")
            new.append(position)
        sizes = iter(x.shape)
        return x.with_shape(*(1 if axis in new else next(sizes) for axis in range(x.rank + len(new))))

    cases = (
        case("N t 4", axis=1, to="N 1 t 4"),
        case("N t 4", axis=-1, to="N t 4 1"),
        case("N t 4:int32", axis=[0, -1], to="1 N t 4 1:int32"),
        case("N 4", axis=[], to="N 4"),
        case("N 4", axis=3, fails=WrongAxis),
        case("N 4", axis=-4, fails=WrongAxis),
        case("N 4", axis=[1, 1], fails=WrongAxis),
    )


class Squeeze(Op):
    """Take axes of size 1 away.

    Arguments:
        axis: the axis that goes, or several; null takes all that have size 1
    """

    rearranges: ClassVar[bool] = True

    axis: Annotated[int | tuple[int, ...] | None, Sizes(None, minimum=None, nullable=True)] = None

    @model_validator(mode="after")
    def _names_some_axis(self) -> Self:
        need_some(self.axis, "axis")
        return self

    def infer(self, x: Tensor) -> Tensor:
        """The shape without these axes."""
        if self.axis is None:
            for axis in range(x.rank):
                x.known(axis, "because without `axis` it goes when it is 1")
            return x.with_shape(*(size for size in x.shape if size != 1))
        gone = positions(x, self.axis)
        for axis in gone:
            if x.known(axis, "because only 1 can go") != 1:
                raise WrongSize(x, axis, "1", "axis")
        return x.with_shape(*(size for axis, size in enumerate(x.shape) if axis not in gone))

    cases = (
        case("N 1 4", axis=1, to="N 4"),
        case("N 1 t 1", axis=[1, -1], to="N t"),
        case("1 3 1", axis=0, to="3 1"),
        case("1 3 1:bool", to="3:bool"),
        case("1 1", to=":float32"),
        case("N 3 4", axis=1, fails=WrongSize),
        case("N 1 4", axis=0, fails=UnknownSize),
        case("N 1 4", axis=3, fails=AxisOutOfRange),
        case("N 1 1", axis=[1, -2], fails=WrongAxis, silent="Keras says that two axes go, and one does"),
        case("N 1 4", fails=UnknownSize, silent="of a batch of one the batch axis goes too, and Keras does not say so"),
    )


class Ravel(Op):
    """Put all entries into one axis, in their order."""

    def infer(self, x: Tensor) -> Tensor:
        """As many as there are entries."""
        return x.with_shape(remaining(x.shape, 1))

    cases = (
        case("N 3 4", to="?"),
        case("2 3 4:int32", to="24:int32"),
        case("1 t", to="t"),
    )


class BroadcastTo(Op):
    """Spread axes of size 1, and axes that are missing in front, over a given shape.

    Arguments:
        shape: the shape of the output, with the batch axis
    """

    shape: Annotated[tuple[int, ...], Sizes(None, scalar=False)]

    def infer(self, x: Tensor) -> Tensor:
        """The given shape."""
        if x.rank > len(self.shape):
            raise WrongRank(x, f"at most {len(self.shape)}")
        missing = len(self.shape) - x.rank
        for axis, size in enumerate(x.shape):
            new = self.shape[missing + axis]
            if isinstance(size, int) and size not in (1, new):
                raise WrongSize(x, axis, "1" if new == 1 else f"1 or {new}, as in `shape`", "shape")
        return x.with_shape(*self.shape)

    cases = (
        case("N 4", shape=[3, 4], to="3 4"),
        case("1 t 1:int32", shape=[2, 3, 4], to="2 3 4:int32"),
        case("N 4", shape=[2, 3, 4], to="2 3 4"),
        case("2 4", shape=[2, 5], fails=WrongSize),
        case("2 4", shape=[2, 1], fails=WrongSize, late=True),
        case("N 4", shape=[4], fails=WrongRank, late=True),
    )
