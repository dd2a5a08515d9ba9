"""Parts of tensors: by a key, by a window, by the positions of their entries."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from netwright.catalog.families.broadcasting import broadcast
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.encoding import EXACT
from netwright.catalog.families.positions import Listed, Positions, WithLists, everything, need_positions
from netwright.catalog.families.slicing import Lengths, Taken, check_entry, taken
from netwright.misfits import AxisOutOfRange, RanksDiffer, SizesDiffer, WrongDtype, WrongLength, WrongRank, WrongSize
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Dim, Shape, Tensor, differ

# The integers up to which a dtype has them all.
LARGEST = {
    **{f"uint{bits}": 2**bits - 1 for bits in (8, 16, 32, 64)},
    **{f"int{bits}": 2 ** (bits - 1) - 1 for bits in (8, 16)},
    **EXACT,
}


class GetItem(Op):
    """The part of a tensor that a key between Python's brackets would take.

    Arguments:
        key: integers, slices, `...` and `None`, separated by commas: `:, 0` takes the first entry of each sample
    """

    key: Taken

    def infer(self, x: Tensor) -> Tensor:
        """An axis for each slice and each `None`, and those that the key does not speak of."""
        return x.with_shape(*taken(x, self.key))

    cases = (
        case("N 4 3", key=":, 0", to="N 3"),
        case("N 4 3", key="..., -1", to="N 4"),
        case("N 7 5", key=":, 1:-1, ::2", to="N 5 3"),
        case("N 4 3", key=" : , None , 2 ", to="N 1 3"),
        case("N 4 3", key="..., None", to="N 4 3 1"),
        case("N 4 3", key="...", to="N 4 3"),
        case("N 4 3", key="None", to="1 ? 4 3"),
        case("N 4 3", key="0", to="4 3"),
        case("N 4 3", key=":2", to="? 4 3"),
        case("N 4 3", key=":, ::-1, -100:100", to="N 4 3"),
        case("N t 3", key=":, :, 0", to="N t"),
        case("N t 3", key=":, ::-1, 1:", to="N t 2"),
        case("N t 3", key=":, 1:", to="N ? 3"),
        case("N t 3", key=":, 7", to="N 3"),
        case("5 4", key="1:3, 3:0:-2", to="2 2"),
        case("N 4:bool", key=":, 0:1", to="N 1:bool"),
        case("N 4:string", key=":, 3", to="N:string"),
        case("N 4", key="0, 0", to=":float32"),
        case("N 4", key=":, 4", fails=WrongSize),
        case("N 4", key=":, -5", fails=WrongSize),
        case("N 4", key=":, 0, 0", fails=WrongRank),
        case("N 4", key="..., 0, :, :", fails=WrongRank),
        case("N 4", key=":, 4:", fails=WrongSize, silent="nothing would be left"),
    )


class Slice(WithLists):
    """The part of a tensor that starts at given positions and has a given shape.

    Arguments:
        start_indices: the position on each axis where the part starts, in place of a tensor of them
        shape: the size of the part on each axis; -1 takes all from the start on
    """

    start_indices: Annotated[Any, Positions(least=1, most=1, minimum=0)] = None
    shape: Annotated[tuple[int, ...], Lengths(rest=True)]

    def infer(self, inputs: Tensor, start_indices: Tensor) -> Tensor:
        """The sizes of the argument; for -1, what is left of the axis, if the start is known."""
        if len(self.shape) != inputs.rank:
            raise WrongLength(inputs, str(inputs.rank), "shape")
        check_starts(inputs, start_indices)
        starts = start_indices.entries if isinstance(start_indices, Listed) else (None,) * inputs.rank
        return inputs.with_shape(*(self._size(inputs, axis, start) for axis, start in enumerate(starts)))

    def _size(self, inputs: Tensor, axis: int, start: int | None) -> Dim:
        want, have = self.shape[axis], inputs.shape[axis]
        need = (start or 0) + max(want, 1)
        if isinstance(have, int) and have < need:
            why = "the part ends there" if want != -1 else f"the part starts at {start or 0}"
            raise WrongSize(inputs, axis, f"at least {need}, as {why}", "shape")
        if want != -1:
            return want
        if start == 0:
            return have
        return have - start if isinstance(have, int) and start is not None else None

    cases = (
        case("N 4", start_indices=[0, 1], shape=[-1, 2], to="N 2"),
        case("N 5 4", start_indices=[0, 1, 2], shape=[-1, -1, 2], to="N 4 2"),
        case("N t 4", start_indices=[0, 0, 0], shape=[-1, -1, 1], to="N t 1"),
        case("N t 4", start_indices=[0, 1, 0], shape=[-1, -1, 4], to="N ? 4"),
        case("N ? 4", start_indices=[0, 1, 0], shape=[2, 2, 4], to="2 2 4"),
        case("3 4", "2:int32", shape=[2, 2], to="2 2"),
        case("3 4", "2:int64", shape=[-1, 2], to="? 2"),
        case("N 4", "?:int32", shape=[-1, 2], to="N 2"),
        case("N 4:string", start_indices=[0, 1], shape=[-1, 2], to="N 2:string"),
        case("N 4", start_indices=[0], shape=[-1, 2], fails=WrongLength),
        case("N 4", start_indices=[0, 0], shape=[-1], fails=WrongLength),
        case("N 4", start_indices=[0, 1], shape=[-1, 4], fails=WrongSize, late=True),
        case("N 4", start_indices=[0, 5], shape=[-1, -1], fails=WrongSize),
        case("3 4", "2:int32", shape=[4, 2], fails=WrongSize, late=True),
        case("3 4", "3:int32", shape=[2, 2], fails=WrongSize, late=True),
        case("3 4", "2 1:int32", shape=[2, 2], fails=WrongRank, late=True),
        case("3 4", "2", shape=[2, 2], fails=WrongDtype, late=True),
        case("N 4", start_indices=[0, 4], shape=[-1, -1], fails=WrongSize, silent="nothing would be left"),
    )


class SliceUpdate(WithLists):
    """A tensor with another in place of one of its parts.

    Arguments:
        start_indices: the position on each axis where the part starts, in place of a tensor of them
    """

    has_gradient: ClassVar[bool] = False
    refuses_gradient: ClassVar[bool] = True

    start_indices: Annotated[Any, Positions(least=1, most=1, minimum=0)] = None

    def infer(self, inputs: Tensor, start_indices: Tensor, updates: Tensor) -> Tensor:
        """The tensor that is changed."""
        check_starts(need_numbers(inputs), start_indices)
        if updates.dtype != inputs.dtype:
            raise WrongDtype(updates, f"{inputs.dtype}, the dtype of `inputs`")
        if updates.rank != inputs.rank:
            raise RanksDiffer(inputs, updates)
        starts = start_indices.entries if isinstance(start_indices, Listed) else (0,) * inputs.rank
        for axis, (start, size, have) in enumerate(zip(starts, updates.shape, inputs.shape, strict=True)):
            need = start + (size if isinstance(size, int) else 1)
            if isinstance(have, int) and have < need:
                raise WrongSize(inputs, axis, f"at least {need}, as `updates` reach to there")
        return inputs

    cases = (
        case("N 4", "N 2", start_indices=[0, 1], to="N 4"),
        case("N t 4", "N ? 2", start_indices=[0, 0, 2], to="N t 4"),
        case("N 4", "1 4", start_indices=[0, 0], to="N 4"),
        case("N 4:int32", "N 2:int32", start_indices=[0, 1], to="N 4:int32"),
        case("3 4", "2:int32", "1 2", to="3 4"),
        case("N 4", "N 5", start_indices=[0, 0], fails=WrongSize, late=True),
        case("N 4", "2", start_indices=[0, 0], fails=RanksDiffer, late=True),
        case("N 4", "N 2", start_indices=[0], fails=WrongLength, late=True),
        case("3 4", "3:int32", "1 2", fails=WrongSize, late=True),
        case("3 4", "2 1:int32", "1 2", fails=WrongRank, late=True),
        case("3 4", "2:int16", "1 2", fails=WrongDtype, late=True),
        case("N 4", "N 2:string", start_indices=[0, 1], fails=WrongDtype, late=True),
        case("N 4:string", "N 2:string", start_indices=[0, 1], fails=WrongDtype, late=True),
        case("N 4", "N 2", start_indices=[0, 3], fails=WrongSize, silent="the part would be moved to where it fits"),
    )


class Take(WithLists):
    """The entries at given positions of one axis, or of all entries in their order.

    Arguments:
        indices: an integer or nested lists of them, in place of a tensor of positions; below 0 they count from the end
        axis: the axis on which the positions are; null counts through all entries
    """

    indices: Annotated[Any, Positions()] = None
    axis: int | None = None

    def infer(self, x: Tensor, indices: Tensor) -> Tensor:
        """The axes of the positions, in place of the axis on which they are."""
        if indices.dtype not in ("int16", "int32", "int64"):
            raise WrongDtype(indices, "integers of 16 to 64 bits as positions")
        source = x.with_shape(everything(x)) if self.axis is None else x
        axis = source.axis(self.axis or 0)
        for entry in indices.entries if isinstance(indices, Listed) else ():
            check_entry(source, axis, entry, "indices")
        return x.with_shape(*source.shape[:axis], *indices.shape, *source.shape[axis + 1 :])

    def flops(self, x: Tensor, indices: Tensor) -> int:
        """A comparison and an addition for each position, which may count from the end."""
        return 2 * (len(indices.entries) if isinstance(indices, Listed) else indices.each_sample())

    cases = (
        case("N 4", indices=[0, 2], axis=1, to="N 2"),
        case("N 4 3", indices=-1, axis=-2, to="N 3"),
        case("N t 4", indices=[[0, 1], [-4, 3]], axis=2, to="N t 2 2"),
        case("N t 4", indices=[2, -3], axis=1, to="N 2 4"),
        case("10 4", "N 3:int32", axis=0, to="N 3 4"),
        case("N 4", "N t:int64", to="N t"),
        case("N 4", "N:int16", axis=1, to="N N"),
        case("N 4:string", indices=0, axis=0, to="4:string"),
        case("N 4", indices=5, to=":float32"),
        case("N 4", indices=[0], axis=2, fails=AxisOutOfRange),
        case("N 4", indices=[0, 4], axis=1, fails=WrongSize, late=True),
        case("N 4", indices=-5, axis=1, fails=WrongSize, late=True),
        case("2 4", indices=8, fails=WrongSize, late=True),
        case("N 4", "N 3", axis=1, fails=WrongDtype, late=True),
        case("N 4", "N 3:uint8", axis=1, fails=WrongDtype, late=True),
    )


class TakeAlongAxis(Op):
    """For each position the entry that is there on one axis, at the same place on all others.

    Arguments:
        axis: the axis on which the positions are; null counts through all entries
    """

    axis: int | None = None

    def infer(self, x: Tensor, indices: Tensor) -> Tensor:
        """The size of the positions on their axis; on all others, what both can be spread over."""
        need_numbers(indices)
        if self.axis is None:
            return x.with_shape(*indices.need_rank(1).shape)
        if x.rank != indices.rank:
            raise RanksDiffer(x, indices)
        axis = x.axis(self.axis)
        try:
            return x.with_shape(*broadcast(x.with_size(axis, indices.shape[axis]), indices))
        except SizesDiffer as misfit:
            raise SizesDiffer(x, indices, misfit.axes) from None

    def flops(self, x: Tensor, indices: Tensor) -> int:
        """A comparison and an addition for each position, which may count from the end."""
        return 2 * self.infer(x, indices).each_sample()

    cases = (
        case("N 4", "N 2:int32", axis=1, to="N 2"),
        case("N 4 3", "N 2 1:int32", axis=1, to="N 2 3"),
        case("N t 4", "N t 2:int64", axis=-1, to="N t 2"),
        case("N t 4", "N 3 1:int32", axis=2, to="N 3 1"),
        case("N 4", "1 2:int32", axis=1, to="N 2"),
        case("N 4 3", "N:int32", to="N"),
        case("N 4:string", "N t:uint8", axis=1, to="N t:string"),
        case("N 4 3", "N 2 3:int32", axis=2, fails=SizesDiffer),
        case("N 4", "N:int32", axis=1, fails=RanksDiffer),
        case("N 4", "N 2:int32", fails=WrongRank),
        case("N 4", "N 2:int32", axis=2, fails=AxisOutOfRange),
        case("N 4", "N 2:string", axis=1, fails=WrongDtype, late=True),
    )


class UnravelIndex(Op):
    """For each position in all entries of a shape, in their order, the position on each of its axes.

    Arguments:
        shape: the shape in which the positions are
    """

    shape: Annotated[tuple[int, ...], Lengths()]

    def outputs(self, call: object) -> tuple[str, ...]:
        """One for each axis."""
        return tuple(f"axis_{axis}" for axis in range(len(self.shape)))

    def infer(self, indices: Tensor) -> tuple[Tensor, ...]:
        """As many positions on each axis as there are positions."""
        if indices.dtype in ("bool", "string"):
            raise WrongDtype(indices, "integers")
        if max(self.shape) > LARGEST[indices.dtype]:
            raise WrongDtype(indices, f"integers that have {max(self.shape)} among them", "shape")
        return (indices.need_rank(1),) * len(self.shape)

    cases = (
        case("N:int32", shape=[3, 4], to=("N:int32", "N:int32")),
        case("5:int64", shape=[2, 3, 4], to=("5:int64", "5:int64", "5:int64")),
        case("N:bool", shape=[3, 4], fails=WrongDtype, late=True),
        case("N:string", shape=[3, 4], fails=WrongDtype, late=True),
        case("N 2:int32", shape=[3, 4], fails=WrongRank, silent="Keras would take the axes in the wrong order"),
        case("N:uint8", shape=[300, 4], fails=WrongDtype, silent="Keras would count with 44 in place of 300"),
    )


def check_starts(inputs: Tensor, starts: Tensor) -> None:
    """Refuse what is no position on each axis of a tensor.

    Raises:
        WrongRank, WrongSize, WrongLength: there is not one number for each axis.
        WrongDtype: they are of a dtype that TensorFlow does not take for positions.
    """
    rank: Shape = (inputs.rank,)
    if isinstance(starts, Listed):
        if starts.shape != rank:
            raise WrongLength(inputs, str(inputs.rank), "start_indices")
    elif differ(need_positions(starts).need_rank(1, "axes of `inputs`").shape[0], inputs.rank):
        raise WrongSize(starts, 0, f"{inputs.rank}, the number of axes of `inputs`")
