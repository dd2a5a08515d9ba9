"""Tensors with values put at given positions."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.positions import Listed, Positions, WithLists, need_positions
from netwright.catalog.families.slicing import Lengths
from netwright.misfits import SizesDiffer, UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Dim, Shape, Tensor, differ

LATE = "only when it runs it would be known on how many axes the positions are"


class Scattering(WithLists):
    """Values put at positions of which each is a list: a number for each of the first axes.

    Arguments:
        indices: nested lists of positions, in place of a tensor: `[[0, 1], [2, 3]]` are two, each on the first two axes
    """

    indices: Annotated[Any, Positions(least=2, minimum=0)] = None

    def check(self, indices: Tensor, values: Tensor, target: Shape) -> None:
        """Refuse values that are not what is at each position of a tensor of the shape `target`.

        Raises:
            WrongRank, WrongSize, SizesDiffer: there is not one value, or part, for each position.
            UnknownSize: it is not known on how many axes a position is.
            WrongDtype: the positions are of a dtype that TensorFlow does not take for positions.
        """
        if not isinstance(indices, Listed):
            need_positions(indices).need_rank_at_least(2, "..., the numbers of each position")
        depth = indices.known(-1, "to know on how many axes the positions are")
        if depth > len(target):
            raise WrongSize(indices, -1, f"at most {len(target)}, the number of axes that are counted on")
        shape = (*indices.shape[:-1], *target[depth:])
        if values.rank != len(shape):
            raise WrongRank(values, str(len(shape)), "those of the positions, and those of what is at each")
        for axis, (size, need) in enumerate(zip(values.shape, shape, strict=True)):
            if differ(size, need):
                raise self._wrong(indices, values, axis, need)

    def _wrong(self, indices: Tensor, values: Tensor, axis: int, need: Dim) -> SizesDiffer | WrongSize:
        if axis >= indices.rank - 1:
            return WrongSize(values, axis, f"{need}, the size of what is at each position")
        if isinstance(indices, Listed):
            return WrongSize(values, axis, f"{need}, as many as there are `indices`", "indices")
        return SizesDiffer(indices, values, (axis, axis))


class Scatter(Scattering):
    """Zeros with values put at given positions; where several meet, their sum.

    Arguments:
        shape: the shape of the whole, batch axis included
    """

    shape: Annotated[tuple[int, ...], Lengths()]

    @model_validator(mode="after")
    def _has_the_positions(self) -> Self:
        if self.indices is None:
            return self
        columns = Listed.of(self.indices).columns
        if len(columns) > len(self.shape):
            raise conflict("indices", f"each position has {len(columns)} numbers, but `shape` has {len(self.shape)}")
        for axis, (column, size) in enumerate(zip(columns, self.shape, strict=False)):
            if max(column) >= size:
                raise conflict("indices", f"there is no position {max(column)} on axis {axis} of `shape`, of {size}")
        return self

    def infer(self, indices: Tensor, values: Tensor) -> Tensor:
        """The shape that is asked for, in the dtype of the values."""
        self.check(indices, values, self.shape)
        return values.with_shape(*self.shape)

    cases = (
        case("2 1", indices=[[0], [2]], shape=[5, 1], to="5 1"),
        case("N 1:int32", "N 4", shape=[10, 4], to="10 4"),
        case("N 2:int64", "N:int32", shape=[10, 4], to="10 4:int32"),
        case("N 5 2:int32", "N 5 4", shape=[2, 3, 4], to="2 3 4"),
        case("2:bool", indices=[[0, 1], [2, 3]], shape=[5, 4], to="5 4:bool"),
        case("N t 1:int32", "N t", shape=[10], to="10"),
        case("N t 1:int32", "N 5", shape=[10], to="10"),
        case("? 4", indices=[[0], [2]], shape=[5, 4], to="5 4"),
        case("2:string", indices=[[0, 1], [2, 3]], shape=[5, 4], to="5 4:string"),
        case("N 1:int32", "N 5", shape=[10, 4], fails=WrongSize, late=True),
        case("N 3:int32", "N", shape=[10, 4], fails=WrongSize, late=True),
        case("N 2:int32", "N 4", shape=[10, 4], fails=WrongRank, late=True),
        case("2:int32", "2", shape=[10, 4], fails=WrongRank, late=True),
        case("3 1:int32", "2 4", shape=[10, 4], fails=SizesDiffer, late=True),
        case("3 4", indices=[[0], [2]], shape=[5, 4], fails=WrongSize, late=True),
        case("N 1", "N 4", shape=[10, 4], fails=WrongDtype, late=True),
        case("N ?:int32", "N 4", shape=[10, 4], fails=UnknownSize, silent=LATE),
    )


class ScatterUpdate(Scattering):
    """A tensor with other values at given positions.

    Arguments:
        reduction: what is made of a value and its update, such as their sum, `add`; null keeps the update
    """

    reduction: Annotated[str | None, choice("add", "max", "min", "mul", None)] = None

    @model_validator(mode="after")
    def _cuts_tensors_only(self) -> Self:
        if self.indices is not None and self.reduction == "mul":
            message = "for `mul` the positions must come by an edge: in a graph, TensorFlow can't cut a list"
            raise conflict("indices", message)
        return self

    def infer(self, inputs: Tensor, indices: Tensor, updates: Tensor) -> Tensor:
        """The tensor that is changed."""
        if self.reduction:
            need_numbers(inputs)
        if self.reduction not in (None, "mul") and inputs.dtype == "bool":
            raise WrongDtype(inputs, "numbers, not booleans, to reduce")
        if updates.dtype != inputs.dtype:
            raise WrongDtype(updates, f"{inputs.dtype}, the dtype of `inputs`")
        self.check(indices, updates, inputs.shape)
        for axis, column in enumerate(indices.columns if isinstance(indices, Listed) else ()):
            size = inputs.shape[axis]
            if isinstance(size, int) and max(column) >= size:
                raise WrongSize(inputs, axis, f"at least {max(column) + 1}, as `indices` has {max(column)}", "indices")
        return inputs

    cases = (
        case("2 1", "2 1", indices=[[0], [1]], to="2 1"),
        case("N 4", "N 1:int32", "N 4", to="N 4"),
        case("N 4", "N 2:int64", "N", reduction="add", to="N 4"),
        case("10 t 4:uint8", "N 1:int32", "N t 4:uint8", reduction="max", to="10 t 4:uint8"),
        case("10 4", "N 1:int32", "N 4", reduction="min", to="10 4"),
        case("10 4:bool", "N 1:int32", "N 4:bool", reduction="mul", to="10 4:bool"),
        case("10 4:bool", "N 1:int32", "N 4:bool", to="10 4:bool"),
        case("N 4", "2", indices=[[0, 1], [1, 3]], to="N 4"),
        case("N 4:string", "2:string", indices=[[0, 1], [1, 3]], to="N 4:string"),
        case("10 4", "N 3:int32", "N", fails=WrongSize, late=True),
        case("10 4", "3 1:int32", "2 4", fails=SizesDiffer, late=True),
        case("10 4", "3 1:int32", "3 5", reduction="add", fails=WrongSize, late=True),
        case("10 4", "3 1:int32", "3", reduction="max", fails=WrongRank, late=True),
        case("10 4", "2", indices=[[0, 1], [10, 3]], fails=WrongSize, late=True),
        case("10 4", "3 1:int32", "3 4:string", fails=WrongDtype, late=True),
        case("10 4", "3 1:int16", "3 4", fails=WrongDtype, late=True),
        case("10 4:bool", "3 1:int32", "3 4:bool", reduction="add", fails=WrongDtype, late=True),
        case("10 4:string", "3 1:int32", "3 4:string", reduction="mul", fails=WrongDtype, late=True),
        case("10 4:bool", "3 1:int32", "3 4", reduction="mul", fails=WrongDtype, silent="only `mul` casts"),
        case("10 4", "N ?:int32", "N 4", fails=UnknownSize, silent=LATE),
        case(
            "10 4", "3 1:int32", "3 1", reduction="mul", fails=WrongSize,
            silent="only for `mul` the updates would be spread",
        ),
        case(
            "10 4", "3 1:int32", "3", reduction="mul", fails=WrongRank,
            silent="only for `mul` the updates would be spread",
        ),
    )  # fmt: skip
