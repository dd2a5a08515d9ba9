"""Entries in order, the largest, and the different ones."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from netwright.arguments import conflict
from netwright.catalog.families.arrays import FLOAT32
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.encoding import LONGEST
from netwright.catalog.families.positions import everything
from netwright.misfits import AxisOutOfRange, WrongDtype, WrongSize
from netwright.op import Number, Op
from netwright.operation import case
from netwright.tensors import Tensor


class Ordering(Op):
    """Entries in ascending order along an axis.

    Arguments:
        axis: the axis along which entries are put in order; null takes all entries of the tensor, as one axis
    """

    axis: int | None = -1

    def infer(self, x: Tensor) -> Tensor:
        """The same shape, or one axis of all entries."""
        need_numbers(x)
        if self.axis is None:
            return x.with_shape(everything(x))
        x.axis(self.axis)
        return x

    def flops(self, x: Tensor) -> int:
        """What it costs to turn the order of the entries around: TensorFlow looks for the largest."""
        return x.each_sample() * turning(x)


class Sort(Ordering):
    """All entries in ascending order along an axis."""

    def flops(self, x: Tensor) -> int:
        """They are turned around before and after; booleans are counted as integers."""
        return 2 * (2 * x.each_sample() if x.dtype == "bool" else super().flops(x))

    cases = (
        case("N 4", to="N 4"),
        case("N 4 3:int32", axis=1, to="N 4 3:int32"),
        case("N t 3:bool", axis=-2, to="N t 3:bool"),
        case("N 4:uint8", axis=0, to="N 4:uint8"),
        case("N 4", axis=None, to="?"),
        case("2 4", axis=None, to="8"),
        case("N", axis=None, to="N"),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 4", axis=-3, fails=AxisOutOfRange),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class Argsort(Ordering):
    """The positions of all entries along an axis, in the order that makes the entries ascend."""

    def infer(self, x: Tensor) -> Tensor:
        """The same shape, or one axis of all entries."""
        return super().infer(x).with_dtype("int32")

    cases = (
        case("N 4", to="N 4:int32"),
        case("N t 3:int64", axis=1, to="N t 3:int32"),
        case("N 4:bool", axis=0, to="N 4:int32"),
        case("2 4", axis=None, to="8:int32"),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class TopK(Op):
    """The largest entries along the last axis, and their positions.

    Arguments:
        k: how many there are
        sorted: whether the largest comes first; if not, they come in any order
    """

    k: Annotated[int, Field(ge=1, le=LONGEST)]
    sorted: bool = True

    def outputs(self, call: object) -> tuple[str, ...]:
        """The entries, and where they are."""
        return ("values", "indices")

    def infer(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The last axis has `k` entries."""
        if x.dtype in ("bool", "string"):
            raise WrongDtype(x, "numbers")
        size = x.need_rank_at_least(1).last
        if isinstance(size, int) and size < self.k:
            raise WrongSize(x, -1, f"at least {self.k}, as many as `k` says", "k")
        values = x.with_last(self.k)
        return values, values.with_dtype("int32")

    cases = (
        case("N 4", k=2, to=("N 2", "N 2:int32")),
        case("N t 4:int64", k=4, sorted=False, to=("N t 4:int64", "N t 4:int32")),
        case("N ?:uint8", k=3, to=("N 3:uint8", "N 3:int32")),
        case("N", k=1, to=("1", "1:int32")),
        case("N 4", k=5, fails=WrongSize, late=True),
        case("N 4:bool", k=2, fails=WrongDtype, late=True),
        case("N 4:string", k=2, fails=WrongDtype, late=True),
    )


class Unique(Op):
    """The different values of a tensor, or the different parts along an axis.

    Arguments:
        sorted: whether they are in ascending order; if not, in the order in which they come
        return_index: whether the position at which each comes first is an output too
        return_inverse: whether, for each entry of the tensor, the position of its value is an output too
        return_counts: whether the number of times that each comes is an output too
        axis: the axis along which parts are compared; null compares all entries
        size: how many there are, no matter how many are found: further ones are dropped, missing ones filled up; null
            gives as many as are found
        fill_value: what stands for missing ones, in the dtype of the values; null is 0
    """

    has_gradient: ClassVar[bool] = False
    refuses_gradient: ClassVar[bool] = True

    # How many values are found, and put in order, no graph can tell.
    profiled: ClassVar[bool] = False

    sorted: bool = True
    return_index: bool = False
    return_inverse: bool = False
    return_counts: bool = False
    axis: int | None = None
    size: Annotated[int | None, Field(ge=1, le=LONGEST)] = None
    fill_value: Number = None

    @model_validator(mode="after")
    def _fills_up(self) -> Self:
        if self.fill_value is not None and self.size is None:
            raise conflict("fill_value", "nothing is missing where `size` is null")
        if self.fill_value is not None and not -FLOAT32 <= self.fill_value <= FLOAT32:
            raise conflict("fill_value", f"TensorFlow takes numbers from -{FLOAT32} to {FLOAT32}")
        return self

    def outputs(self, call: object) -> tuple[str, ...]:
        """The values, and what else is asked for."""
        also = {"indices": self.return_index, "inverse": self.return_inverse, "counts": self.return_counts}
        return ("values", *(name for name, wanted in also.items() if wanted))

    def infer(self, x: Tensor) -> tuple[Tensor, ...]:
        """The number of values is that of `size`, or unknown."""
        self._check_dtype(x)
        axis = None if self.axis is None else x.axis(self.axis)
        each = Tensor((self.size,), "int32")
        found = {
            "values": x.with_shape(self.size) if axis is None else x.with_size(axis, self.size),
            "indices": each,
            "inverse": Tensor(x.shape if axis is None else (x.shape[axis],), "int32"),
            "counts": each,
        }
        return tuple(found[name] for name in self.outputs(None))

    def _check_dtype(self, x: Tensor) -> None:
        if x.dtype == "string" and (self.sorted or self.size):
            raise WrongDtype(x, "numbers, or text where neither `sorted` nor `size` is set")
        if x.dtype == "bool" and self.sorted:
            raise WrongDtype(x, "numbers, or booleans where `sorted` is false", "sorted")

    def flops(self, x: Tensor) -> int:
        """What it costs to put all entries in order, if they are different."""
        return x.each_sample() * turning(x) if self.sorted else 0

    cases = (
        case("N 4", to="?"),
        case("N t 4:int32", axis=1, to="N ? 4:int32"),
        case("N 4", axis=-1, size=3, fill_value=-1, to="N 3"),
        case("N 4:int64", size=5, return_counts=True, to=("5:int64", "5:int32")),
        case("N 4", return_inverse=True, return_index=True, to=("?", "?:int32", "N 4:int32")),
        case("N 4 3", axis=1, return_inverse=True, to=("N ? 3", "4:int32")),
        case("N 4:bool", sorted=False, size=2, to="2:bool"),
        case("N 4:string", sorted=False, to="?:string"),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4:string", fails=WrongDtype, late=True),
        case("N 4:string", sorted=False, size=2, fails=WrongDtype, late=True),
    )


def turning(tensor: Tensor) -> int:
    """How many operations change an entry so that the smallest becomes the largest."""
    return 2 if tensor.dtype.startswith("int") else 1
