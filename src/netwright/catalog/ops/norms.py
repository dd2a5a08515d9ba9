"""Lengths of vectors and matrices, and tensors divided by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeAlias

from pydantic import Field, model_validator

from netwright.arguments import ArgumentType, conflict, refusal
from netwright.catalog.families.arrays import FLOAT32
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.reducing import Averaging, Axes, AxesType, along, left
from netwright.catalog.families.values import is_number
from netwright.misfits import AxisOutOfRange, WrongAxis, WrongDtype, WrongRank
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor

# The orders of a matrix that there are, and those of them that its singular values make.
MATRIX_ORDERS = (None, "fro", "nuc", 1, -1, 2, -2)
SINGULAR = ("nuc", 2, -2)


@dataclass(frozen=True)
class OrderType(ArgumentType):
    """A number, the name of a norm of matrices, or null."""

    def read(self, value: Any) -> Any:
        """Return the order, or raise a refusal."""
        if value in (None, "fro", "nuc"):
            return value
        if isinstance(value, str):
            raise refusal("unknown_choice", choices=("fro", "nuc", None))
        if not is_number(value):
            raise refusal("wrong_type", need="a number, `fro`, `nuc` or null")
        if not -FLOAT32 <= value <= FLOAT32:
            raise refusal("out_of_range", need="within the range of float32")
        return value

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        return {"anyOf": [{"type": "number"}, {"enum": ["fro", "nuc", None]}]}


VectorOrMatrix: TypeAlias = Annotated[int | tuple[int, ...] | None, AxesType(most=2)]


def many(axis: int | tuple[int, ...] | None) -> int | None:
    """How many axes are named; None if all are."""
    return None if axis is None else 1 if isinstance(axis, int) else len(axis)


class Norm(Averaging):
    """The norm of vectors, along one axis, or of matrices, along two.

    Arguments:
        ord: which norm: of vectors, the root of this order of the sum of such powers, and 0 counts what is not 0; of
            matrices, `fro` or null for the root of the sum of squares, `nuc` for the sum of the singular values, 2
            and -2 for the greatest and the least of them, 1 and -1 for the greatest and the least sum of absolute
            values along the first axis
        axis: the axis of the vectors, or the two of the matrices; null takes all, of which there must be one or two
    """

    ord: Annotated[int | float | str | None, OrderType()] = None
    axis: VectorOrMatrix = None

    @model_validator(mode="after")
    def _has_a_norm(self) -> Self:
        if many(self.axis) == 1 and isinstance(self.ord, str):
            raise conflict("ord", f"`{self.ord}` is a norm of matrices: it needs two axes")
        if many(self.axis) == 2 and self.ord not in MATRIX_ORDERS:
            raise conflict("ord", "the norms of matrices are `fro`, `nuc`, 1, -1, 2, -2 and null")
        return self

    def infer(self, x: Tensor) -> Tensor:
        """The input without the axes, in floats."""
        output = super().infer(x)
        if self._of_matrices(x) and self.ord in SINGULAR:
            if output.dtype not in {"float32", "float64"}:
                raise WrongDtype(x, "float32 and float64 for its `ord`", "ord")
            self._check_order(x)
        return output

    def _of_matrices(self, x: Tensor) -> bool:
        """Whether there are two axes.

        Raises:
            WrongRank: all axes are taken, and it is none of the norms of so many.
        """
        if self.axis is not None:
            return many(self.axis) != 1
        fitting = [rank for rank in (1, 2) if not (isinstance(self.ord, str) if rank == 1 else self._only_of_vectors)]
        if x.rank not in fitting:
            raise WrongRank(x, " or ".join(str(rank) for rank in fitting))
        return x.rank != 1

    @property
    def _only_of_vectors(self) -> bool:
        return self.ord not in MATRIX_ORDERS

    def _check_order(self, x: Tensor) -> None:
        """Refuse axes that Keras would put back at another place, one after the other."""
        if not self.keepdims or not isinstance(self.axis, tuple):
            return
        gone = along(x, self.axis)
        places: list[int] = [axis for axis in range(x.rank) if axis not in gone]
        for axis, position in zip(self.axis, gone, strict=True):
            at = axis if axis >= 0 else len(places) + 1 + axis
            if at > len(places):
                raise WrongAxis(x, axis, "the second, if sizes are kept", "axis")
            places.insert(at, position)
        if places != sorted(places):
            raise WrongAxis(x, self.axis[0], "counted from 0, if sizes are kept", "axis")

    def flops(self, x: Tensor) -> int:
        """Squares or powers, and their sums; what finds singular values is not counted."""
        each, kept = x.each_sample(), left(x, self.axis)
        if not self._of_matrices(x):
            return 2 * each - kept if self.ord in (None, 0, 2) else 2 * each + 1
        if self.ord in (None, "fro"):
            return 2 * each - kept
        rows, columns = (left(x, axis) for axis in along(x, self.axis))
        if self.ord in SINGULAR:
            # Of the shorter axis, what a matrix has.
            values = min(each // rows, each // columns)
            return (values - 1) * kept if self.ord == "nuc" else 0
        return each - rows

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4", axis=[1, 2], keepdims=True, to="N 1 1"),
        case("N 3 4:int32", axis=1, ord=1, to="N 4"),
        case("N 3 4", axis=1, ord=0.5, to="N 4"),
        case("N 3 4:float16", axis=[1, 2], ord="fro", to="N:float16"),
        case("N 3 4", axis=[2, 1], ord=-1, to="N"),
        case("N 3 4:float64", axis=[1, 2], ord="nuc", keepdims=True, to="N 1 1:float64"),
        case("N 3", ord=2, to=":float32"),
        case("N", ord=3, to=":float32"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3 4", fails=WrongRank, late=True),
        case("N 3", ord=3, fails=WrongRank),
        case("N", ord="nuc", fails=WrongRank),
        case("N 3 4", axis=[1, -2], fails=WrongAxis, late=True),
        case("N 3 4", axis=[2, 1], ord=2, keepdims=True, fails=WrongAxis, late=True),
        case("N 3 4:float16", axis=[1, 2], ord=2, fails=WrongDtype, late=True),
        case("N 3:string", axis=1, fails=WrongDtype, late=True),
    )


class Normalize(Op):
    """Divide by the norm, so that it becomes 1.

    Arguments:
        axis: the axis or axes of what has the norm; null takes all, the batch axis too; with another `order` than 2
            at most two, and of two the norm is the greatest sum of absolute values along the first
        order: the root of this order of the sum of such powers is the norm
        epsilon: the least that is divided by; null is 1e-7, as long as Keras is not set otherwise
    """

    axis: Axes = -1
    order: Annotated[int, Field(ge=1, lt=2**31)] = 2
    epsilon: Annotated[float | None, Field(ge=2**-126, le=FLOAT32)] = None

    @model_validator(mode="after")
    def _has_a_norm(self) -> Self:
        axes = many(self.axis) or 1
        if self.order != 2 and (axes > 2 or (axes == 2 and self.order != 1)):
            raise conflict("order", "along two axes it is 1 or 2, along more 2")
        return self

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input. Keras calls it float32, whatever it is."""
        along(x.need_rank_at_least(1), self.axis)
        if need_numbers(x).dtype != "float32":
            raise WrongDtype(x, "float32")
        most = {1: 2, 2: x.rank}.get(self.order, 1)
        if self.axis is None and x.rank > most:
            raise WrongRank(x, "1" if most == 1 else "1 or 2")
        return x

    def flops(self, x: Tensor) -> int:
        """The norm, its inverse, and a product for each entry; or the norm and a quotient."""
        each, kept = x.each_sample(), left(x, self.axis)
        if self.order == 2:
            return 3 * each + 2 * kept
        axes = along(x, self.axis)
        return (3 * each + 1 if len(axes) == 1 else 2 * each - left(x, axes[0])) + kept

    cases = (
        case("N 3 4", to="N 3 4"),
        case("N t 4", axis=[1, 2], to="N t 4"),
        case("N 3 4", axis=1, order=3, to="N 3 4"),
        case("N 3 4", axis=[2, 1], order=1, to="N 3 4"),
        case("N 3 4", axis=None, epsilon=0.001, to="N 3 4"),
        case("N 3", axis=None, order=1, to="N 3"),
        case("N 3 4:bool", axis=1, order=5, fails=WrongDtype, silent="it works for some orders only"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3", axis=None, order=3, fails=WrongRank, late=True),
        case("N 3 4", axis=[1, -2], fails=WrongAxis, late=True),
        case("N 3 4", axis=[1, -2], order=1, fails=WrongAxis, silent="the sum of one entry is no norm"),
        case("N 3:int32", fails=WrongDtype, late=True),
    )
