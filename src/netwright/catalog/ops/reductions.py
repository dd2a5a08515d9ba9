"""Many entries into one: sums, products, extremes, and their positions."""

from __future__ import annotations

from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.entries import OptionalNumberDtype, fits
from netwright.catalog.families.ranks import MOST
from netwright.catalog.families.reducing import (
    Averaging,
    Axes,
    Initial,
    Position,
    Reduction,
    left,
    reduced,
    widened,
)
from netwright.misfits import AxisOutOfRange, WrongAxis, WrongDtype, WrongNumber
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor


class Sum(Reduction):
    """The sum of the entries."""

    def dtype_of(self, x: Tensor) -> str:
        """That of the tensor; short integers become longer ones."""
        return widened(x)

    def flops(self, x: Tensor) -> int:
        """An addition for each entry but the first."""
        return x.each_sample() - left(x, self.axis)

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N 3 4", axis=[1, 2], to="N"),
        case("N t 4", axis=-1, keepdims=True, to="N t 1"),
        case("N t ?", axis=[-1], to="N t"),
        case("N 3", to=":float32"),
        case("N 3 4", keepdims=True, to="1 1 1"),
        case("N 3 4", axis=0, to="3 4"),
        case("N 3:bool", axis=1, to="N:int32"),
        case("N 3:uint8", axis=1, to="N:uint32"),
        case("N 3:float16", axis=1, to="N:float16"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3", axis=-3, fails=AxisOutOfRange),
        case("N 3 4", axis=[1, -2], fails=WrongAxis, late=True),
        case("N 3:string", axis=1, fails=WrongDtype, late=True),
    )


class Prod(Reduction):
    """The product of the entries.

    Arguments:
        dtype: always that of the tensor, or null: then short integers become longer ones; Keras casts nothing
    """

    dtype: OptionalNumberDtype = None

    def dtype_of(self, x: Tensor) -> str:
        """That of the tensor; short integers become longer ones, if `dtype` does not keep them short."""
        if self.dtype is None:
            return widened(x)
        if x.dtype != self.dtype or x.dtype == "bool":
            raise WrongDtype(x, f"{self.dtype} only, as its `dtype` says", "dtype")
        return self.dtype

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4:int8", axis=-1, to="N t:int32"),
        case("N t 4:int8", axis=-1, dtype="int8", to="N t:int8"),
        case("N 3 4:bool", axis=[1, 2], keepdims=True, to="N 1 1:int32"),
        case("N 3", axis=2, fails=AxisOutOfRange),
    )


class Mean(Averaging):
    """The mean of the entries."""

    def flops(self, x: Tensor) -> int:
        """An addition for each entry but the first, and a division."""
        return x.each_sample()

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4", axis=[2, 1], keepdims=True, to="N 1 1"),
        case("N 3:int64", axis=1, to="N"),
        case("N 3:bfloat16", axis=1, to="N:bfloat16"),
        case("N 3 4", axis=[1, -2], fails=WrongAxis, late=True),
        case("N 3:string", axis=1, fails=WrongDtype),
    )


class Extreme(Reduction):
    """The entry that stands out.

    Arguments:
        initial: a number that is compared too; null compares none
    """

    initial: Initial = None

    def dtype_of(self, x: Tensor) -> str:
        """That of the tensor, which the number must fit."""
        if self.initial is not None and not fits(self.initial, need_numbers(x).dtype):
            need = "an integer" if isinstance(self.initial, float) else "a number that it can hold"
            raise WrongNumber("initial", self.initial, f"{need}, as the tensor is {x.dtype}")
        return need_numbers(x).dtype

    def flops(self, x: Tensor) -> int:
        """A comparison with the initial number for each entry that is left."""
        return 0 if self.initial is None else left(x, self.axis)


class Max(Extreme):
    """The greatest entry."""

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4:uint8", axis=-1, keepdims=True, to="N t 1:uint8"),
        case("N 3 4", axis=1, initial=0, to="N 4"),
        case("N 3:bool", axis=1, initial=False, to="N:bool"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3:int32", axis=1, initial=0.5, fails=WrongNumber, late=True),
        case("N 3:uint8", axis=1, initial=300, fails=WrongNumber, silent="TensorFlow makes another number of it"),
        case("N 3:string", axis=1, fails=WrongDtype, late=True),
    )


class Min(Extreme):
    """The least entry."""

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N 3 4", axis=1, initial=0.5, to="N 4"),
        case("N 3:int32", axis=1, initial=0.5, fails=WrongNumber, late=True),
        case("N 3:int8", axis=1, initial=-300, fails=WrongNumber, silent="TensorFlow makes another number of it"),
    )


class Truth(Reduction):
    """What many booleans say together. Of numbers, all but 0 are true."""

    def dtype_of(self, x: Tensor) -> str:
        """Booleans."""
        need_numbers(x)
        return "bool"


class Any(Truth):
    """Whether any entry is true. Of numbers, all but 0 are."""

    cases = (
        case("N 3 4:bool", axis=-1, to="N 3:bool"),
        case("N t 4", axis=1, keepdims=True, to="N 1 4:bool"),
        case("N 3:string", axis=1, fails=WrongDtype, late=True),
    )


class All(Truth):
    """Whether all entries are true. Of numbers, all but 0 are."""

    cases = (
        case("N 3 4:bool", axis=-1, to="N 3:bool"),
        case("N 3 4:int32", axis=[1, 2], to="N:bool"),
    )


class Argmax(Position):
    """The position of the greatest entry, from 0; of several, of the first."""

    cases = (
        case("N 3 4", axis=-1, to="N 3:int32"),
        case("N t 4", axis=1, keepdims=True, to="N 1 4:int32"),
        case("N 3:uint8", axis=1, to="N:int32"),
        case("N 3", to=":int32"),
        case("N 3", keepdims=True, to="1 1:int32"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3:string", axis=1, fails=WrongDtype, late=True),
    )


class Argmin(Position):
    """The position of the least entry, from 0; of several, of the first."""

    cases = (
        case("N 3 4", axis=-1, to="N 3:int32"),
        case("N 3 4:bool", axis=1, to="N 4:int32"),
    )


class CountNonzero(Op):
    """The number of entries that are not 0; of text, of those that are not empty.

    Arguments:
        axis: the axis or axes along which it is done; null takes all, the batch axis too
    """

    axis: Axes = None

    def infer(self, x: Tensor) -> Tensor:
        """The input without the axes, as integers."""
        return Tensor(reduced(x, self.axis), "int32")

    def flops(self, x: Tensor) -> int:
        """A comparison for each entry that is no boolean, and an addition for each but the first."""
        each = 1 if x.dtype == "bool" else 2
        return each * x.each_sample() - left(x, self.axis)

    cases = (
        case("N 3 4", axis=-1, to="N 3:int32"),
        case("N t 4:bool", axis=[1, 2], to="N:int32"),
        case("N 3:string", axis=1, to="N:int32"),
        case("N 3", axis=2, fails=AxisOutOfRange),
    )


class Logsumexp(Reduction):
    """The logarithm of the sum of the exponentials of the entries."""

    most_axes = MOST

    def dtype_of(self, x: Tensor) -> str:
        """That of the tensor, for which Keras always takes float32."""
        if x.dtype != "float32":
            raise WrongDtype(x, "float32")
        return x.dtype

    def flops(self, x: Tensor) -> int:
        """A difference from the greatest and an addition for each entry, and what puts the greatest back."""
        return 2 * x.each_sample() + left(x, self.axis)

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4", axis=[1, 2], keepdims=True, to="N 1 1"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3:int32", axis=1, fails=WrongDtype, late=True),
    )
