"""Questions to each entry, answered by booleans."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.entrywise import Entrywise
from netwright.misfits import WrongDtype
from netwright.operation import case
from netwright.tensors import Tensor


class Question(Entrywise):
    """A question to each number."""

    def dtype_of(self, x: Tensor) -> str:
        """Booleans."""
        need_numbers(x)
        return "bool"


class QuestionToFloats(Question):
    """A question to each float. For other numbers Keras makes the answer of the shape as the graph knows it."""

    def dtype_of(self, x: Tensor) -> str:
        """Booleans."""
        dtype = super().dtype_of(x)
        if not x.holds_floats and not all(isinstance(size, int) for size in x.shape):
            raise WrongDtype(x, "floats, where not every size is known")
        return dtype


class Isfinite(QuestionToFloats):
    """Whether each entry is a number, and not infinite."""

    cases = (
        case("N 4", to="N 4:bool"),
        case("N t ? 4:bfloat16", to="N t ? 4:bool"),
        case("2 4:int32", to="2 4:bool"),
        case("N 4:int32", fails=WrongDtype, silent="it fails in a graph"),
        case("2 4:string", fails=WrongDtype, silent="text is no number"),
    )


class Isinf(QuestionToFloats):
    """Whether each entry is infinite."""

    cases = (
        case("N 4", to="N 4:bool"),
        case("N 4:bool", fails=WrongDtype, silent="it fails in a graph"),
    )


class Isnan(QuestionToFloats):
    """Whether each entry is not a number."""

    cases = (
        case("N 4", to="N 4:bool"),
        case("N 4:int32", fails=WrongDtype, silent="it fails in a graph"),
    )


class Isneginf(Question):
    """Whether each entry is negative infinity."""

    each: ClassVar[int] = 1
    once: ClassVar[int] = 1

    def flops(self, x: Tensor) -> int:
        """A comparison for each float."""
        return super().flops(x) if x.holds_floats else 0

    cases = (
        case("N 4", to="N 4:bool"),
        case("N 4:int32", to="N 4:bool"),
        case("N 4:string", fails=WrongDtype, silent="text is no number"),
    )


class Isposinf(Question):
    """Whether each entry is infinity, and not negative."""

    each: ClassVar[int] = 1

    def flops(self, x: Tensor) -> int:
        """A comparison for each float."""
        return super().flops(x) if x.holds_floats else 0

    cases = (
        case("N 4", to="N 4:bool"),
        case("N 4:int32", to="N 4:bool"),
        case("N 4:string", fails=WrongDtype, silent="text is no number"),
    )


class Isreal(Question):
    """Whether each entry is a real number, which every number of the language is."""

    cases = (
        case("N 4", to="N 4:bool"),
        case("N 4:int32", to="N 4:bool"),
        case("N 4:string", fails=WrongDtype, silent="text is no number"),
    )


class LogicalNot(Question):
    """Whether each entry is zero or false."""

    cases = (
        case("N 4:bool", to="N 4:bool"),
        case("N 4", to="N 4:bool"),
        case("N t ?:int32", to="N t ?:bool"),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class Signbit(Question):
    """Whether each entry has a minus, as the zero below zero has too."""

    each: ClassVar[int] = 1

    def flops(self, x: Tensor) -> int:
        """A comparison for each entry but booleans."""
        return 0 if x.dtype == "bool" else super().flops(x)

    cases = (
        case("N 4", to="N 4:bool"),
        case("N 4:int32", to="N 4:bool"),
        case("N 4:bool", to="N 4:bool"),
        case("N 4:string", fails=WrongDtype, late=True),
    )
