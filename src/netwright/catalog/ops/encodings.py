"""Integers as zeros and ones."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import Field, model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.encoding import LONGEST, Dense
from netwright.misfits import AxisOutOfRange, WrongAxis, WrongDtype
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Dim, Tensor

Classes: TypeAlias = Annotated[int, Field(ge=1, le=LONGEST)]
Kind: TypeAlias = Annotated[
    str | None,
    choice(
        "bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "bfloat16", "float16",
        "float32", "float64", None,
    ),
]  # fmt: skip


class Encoding(Op):
    """Zeros and ones for integers.

    Arguments:
        num_classes: the number of zeros and ones; integers from 0 to the one before it have a place among them
        axis: where the axis of zeros and ones is put: before which of the axes, or -1, last
        dtype: the dtype of the zeros and ones; null is float32
        sparse: always false
    """

    axis: Annotated[int, Field(ge=-1)] = -1
    dtype: Kind = None
    sparse: Dense = False

    def spread(self, tensor: Tensor, classes: int) -> tuple[Dim, ...]:
        """The shape with an axis of zeros and ones.

        Raises:
            AxisOutOfRange: there is no axis before which it could stand.
            WrongDtype: the tensor holds text.
        """
        need_numbers(tensor)
        axis = tensor.rank if self.axis == -1 else tensor.axis(self.axis)
        return (*tensor.shape[:axis], classes, *tensor.shape[axis:])


class OneHot(Encoding):
    """For each integer zeros, and a one at its place; zeros alone for what has no place."""

    has_gradient: ClassVar[bool] = False

    num_classes: Classes

    def infer(self, x: Tensor) -> Tensor:
        """One more axis."""
        return Tensor(self.spread(x, self.num_classes), self.dtype or "float32")

    cases = (
        case("N 4:int32", num_classes=10, to="N 4 10"),
        case("N:uint8", num_classes=10, dtype="int32", to="N 10:int32"),
        case("N t:int64", num_classes=3, axis=1, dtype="bool", to="N 3 t:bool"),
        case("N 4", num_classes=3, axis=0, to="3 ? 4"),
        case("N 4:int32", num_classes=3, axis=2, fails=AxisOutOfRange),
        case("N 4:string", num_classes=3, fails=WrongDtype, late=True),
    )


class MultiHot(Encoding):
    """For each sample zeros, and ones at the places of all its integers."""

    has_gradient: ClassVar[bool] = False

    num_classes: Classes | None = None

    @model_validator(mode="after")
    def _has_classes(self) -> Self:
        if self.num_classes is None:
            raise conflict("num_classes", "`num_classes` must be given: Keras has no default that works")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """The axis of zeros and ones in place of the axis after the batch axis, over which they are put together."""
        shape = self.spread(inputs, self.num_classes or 0)
        dtype = self.dtype or "float32"
        if inputs.dtype != dtype:
            raise WrongDtype(inputs, dtype if self.dtype else "float32 where `dtype` is null", "dtype")
        joined = min(inputs.rank - 1, 1)
        if self.axis == joined:
            raise WrongAxis(inputs, self.axis, "another axis: the zeros and ones are put together over it", "axis")
        return inputs.with_shape(*shape[:joined], *shape[joined + 1 :])

    cases = (
        case("N 4:int32", num_classes=10, dtype="int32", to="N 10:int32"),
        case("N 4", num_classes=10, to="N 10"),
        case("N t 3:int64", num_classes=5, dtype="int64", to="N 3 5:int64"),
        case("N 4 t:uint8", num_classes=5, axis=2, dtype="uint8", to="N 5 t:uint8"),
        case("N 4:bool", num_classes=2, axis=0, dtype="bool", to="2 4:bool"),
        case("N:int32", num_classes=5, dtype="int32", to="5:int32"),
        case("N 4:int32", num_classes=5, axis=2, dtype="int32", fails=AxisOutOfRange),
        case("N 4:string", num_classes=5, fails=WrongDtype, late=True),
        case(
            "N 4:int32", num_classes=5, fails=WrongDtype,
            silent="Keras says the dtype of what comes in, and gives that of `dtype`",
        ),
        case(
            "N 4", num_classes=5, axis=1, fails=WrongAxis,
            silent="all would be ones: Keras would ask whether there is any class",
        ),
    )  # fmt: skip
