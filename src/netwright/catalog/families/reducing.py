"""Axes along which many entries become one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeAlias

from netwright.arguments import ArgumentType, Refusal, is_integer, refusal, refused
from netwright.catalog.families.axes import positions
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.ranks import MOST, need_rank_at_most
from netwright.misfits import WrongDtype
from netwright.op import NumberType, Op
from netwright.promotion import result_type
from netwright.tensors import Shape, Tensor, count

SMALL = {"bool": "int32", "int8": "int32", "int16": "int32", "uint8": "uint32", "uint16": "uint32"}


@dataclass(frozen=True)
class AxesType(ArgumentType):
    """One axis, or a list of axes of which none comes twice, or null for all; a tuple once read.

    Where there is a `most`, the list has no more axes.
    """

    most: int | None = None

    def read(self, value: Any) -> int | tuple[int, ...] | None:
        """Return the axes, or raise a refusal."""
        if value is None or is_integer(value):
            axis: int | None = value
            return axis
        if not isinstance(value, list):
            raise refusal("wrong_type", need="an integer, a list of integers, or null")
        if not value or (self.most is not None and len(value) > self.most):
            need = f"1 to {self.most}" if self.most else "at least 1"
            raise refusal("wrong_length", need=need, got=len(value), scalar=False)
        if faults := list(self._faults(value)):
            raise refused("Axes", faults)
        return tuple(value)

    def _faults(self, value: list[Any]) -> Iterator[Refusal]:
        for i, item in enumerate(value):
            if not is_integer(item):
                yield (i,), refusal("wrong_type", need="an integer"), item
            elif item in value[:i]:
                yield (i,), refusal("conflict", at=(), message=f"axis {item} is named twice"), item

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        several: dict[str, Any] = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "uniqueItems": True}
        if self.most is not None:
            several["maxItems"] = self.most
        return {"anyOf": [{"type": "integer"}, several, {"type": "null"}]}


class InitialType(NumberType):
    """A number, a boolean, or null."""

    def read(self, value: Any) -> Any:
        """Return the number, or raise a refusal."""
        return None if value is None else super().read(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        return {"type": ["number", "boolean", "null"]}


Axes: TypeAlias = Annotated[int | tuple[int, ...] | None, AxesType()]
Initial: TypeAlias = Annotated[int | float | bool | None, InitialType()]


def along(tensor: Tensor, axis: int | tuple[int, ...] | None, argument: str = "axis") -> tuple[int, ...]:
    """The positions of the axes; null names all.

    Raises:
        AxisOutOfRange: there is no such axis.
        WrongAxis: two of them are the same.
    """
    return tuple(range(tensor.rank)) if axis is None else positions(tensor, axis, argument)


def reduced(
    tensor: Tensor, axis: int | tuple[int, ...] | None, *, keepdims: bool = False, argument: str = "axis"
) -> Shape:
    """The shape without the axes, or with size 1 there.

    Raises:
        AxisOutOfRange: there is no such axis.
        WrongAxis: two of them are the same.
    """
    gone = along(tensor, axis, argument)
    if keepdims:
        return tuple(1 if i in gone else size for i, size in enumerate(tensor.shape))
    return tuple(size for i, size in enumerate(tensor.shape) if i not in gone)


def left(tensor: Tensor, axis: int | tuple[int, ...] | None) -> int:
    """How many entries of one sample are left when the axes are gone.

    Raises:
        UnknownSize: a size is not known.
    """
    tensor.each_sample()
    gone = along(tensor, axis)
    return count(tuple(size for i, size in enumerate(tensor.shape) if i and i not in gone)) or 1


def floats_of(*tensors: Tensor) -> str:
    """The dtype of floats that Keras computes with.

    Raises:
        WrongDtype: one holds text.
    """
    return result_type(*(need_numbers(one).dtype for one in tensors), "float")


def widened(tensor: Tensor) -> str:
    """The dtype in which Keras adds and multiplies many numbers.

    Raises:
        WrongDtype: it holds text, or the one dtype of which Keras says another than comes out.
    """
    return SMALL.get(as_said(tensor), tensor.dtype)


def as_said(tensor: Tensor) -> str:
    """The dtype of the tensor, where Keras promises what comes out.

    Raises:
        WrongDtype: it holds text or uint64.
    """
    if need_numbers(tensor).dtype == "uint64":
        raise WrongDtype(tensor, "numbers other than uint64")
    return tensor.dtype


class Reduction(Op):
    """Many entries become one.

    Arguments:
        axis: the axis or axes along which it is done; null takes all, the batch axis too
        keepdims: whether these axes stay, with size 1
    """

    # How many axes TensorFlow takes, where it takes only some.
    most_axes: ClassVar[int | None] = None

    axis: Axes = None
    keepdims: bool = False

    def infer(self, x: Tensor) -> Tensor:
        """The input without the axes."""
        if self.most_axes is not None:
            need_rank_at_most(x, self.most_axes)
        return Tensor(reduced(x, self.axis, keepdims=self.keepdims), self.dtype_of(x))

    def dtype_of(self, x: Tensor) -> str:
        """The dtype of the result, by default that of the tensor."""
        return need_numbers(x).dtype


class Averaging(Reduction):
    """Many entries become one, in floats."""

    def dtype_of(self, x: Tensor) -> str:
        """Floats; those of the tensor, if it has some."""
        return floats_of(x)


class Position(Op):
    """Find an entry.

    Arguments:
        axis: the axis along which it is searched; null searches all, as if they were one, the batch axis too
        keepdims: whether the axis stays, with size 1; for null all axes
    """

    axis: int | None = None
    keepdims: bool = False

    def infer(self, x: Tensor) -> Tensor:
        """The input without the axis, as integers."""
        need_rank_at_most(x, MOST if self.axis is None else MOST - 1)
        return Tensor(reduced(need_numbers(x), self.axis, keepdims=self.keepdims), "int32")

    def flops(self, x: Tensor) -> int:
        """A comparison for each entry but those that are left; two more that tell zeros of floats apart."""
        each = 3 if x.holds_floats else 1
        return each * x.each_sample() - left(x, self.axis)
