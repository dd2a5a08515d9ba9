"""Functions of each entry: the shape stays, and what each says of itself is its dtype rule and its cost."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.activating import activation_flops
from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.misfits import WrongDtype
from netwright.op import Op
from netwright.operation import Activity
from netwright.tensors import FLOATS, Tensor


class Entrywise(Op):
    """A function of each number."""

    # What TensorFlow's profiler counts for each entry, and beside these for each call.
    each: ClassVar[int] = 0
    once: ClassVar[int] = 0

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        return x.with_dtype(self.dtype_of(x))

    def dtype_of(self, x: Tensor) -> str:
        """The dtype of the result.

        Raises:
            WrongDtype: the function has no result for that of `x`.
        """
        return need_numbers(x).dtype

    def flops(self, x: Tensor) -> int:
        """So many for each entry, and so many for each call."""
        return (self.each * x.each_sample() if self.each else 0) + self.once


class ToFloats(Entrywise):
    """A function of each number into floats. Integers and booleans, of any width, become float32."""

    def dtype_of(self, x: Tensor) -> str:
        """That of the input, if it is one of floats."""
        return x.dtype if need_numbers(x).dtype in FLOATS else "float32"


class OfFloats(Entrywise):
    """A function of each number, which TensorFlow has for floats only."""

    def dtype_of(self, x: Tensor) -> str:
        """That of the input."""
        return need_floats(x).dtype


class NotOfBooleans(Entrywise):
    """A function of each number, which TensorFlow has for all but booleans."""

    def dtype_of(self, x: Tensor) -> str:
        """That of the input."""
        if need_numbers(x).dtype == "bool":
            raise WrongDtype(x, "numbers other than booleans")
        return x.dtype


class Activation(OfFloats):
    """A function that has a name among the activations, by which its cost is known."""

    @property
    def activity(self) -> Activity | None:
        """The function itself."""
        return Activity(self.kind())

    def flops(self, x: Tensor) -> int:
        """What the activation costs where it has no arguments."""
        return activation_flops(self.kind(), x)
