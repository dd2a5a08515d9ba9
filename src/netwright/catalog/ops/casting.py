"""The same entries in another dtype, as a copy, or where no gradient flows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from netwright.arguments import choice
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.entries import DTYPES, RANGES, NumberDtype
from netwright.catalog.families.entrywise import Entrywise
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor

# The digits, in base 2, that a float of each dtype has.
DIGITS = {"bfloat16": 8, "float16": 11, "float32": 24, "float64": 53}


class Cast(Entrywise):
    """Each entry in another dtype; what does not fit is cut off, and any number but 0 is true.

    Arguments:
        dtype: the dtype of the output
    """

    dtype: NumberDtype

    def check_fed(self, ports: Mapping[str, Tensor | tuple[Tensor, ...]]) -> None:
        """Refuse nothing: whatever flows, what comes out is of the dtype."""

    def dtype_of(self, x: Tensor) -> str:
        """The argument."""
        need_numbers(x)
        return self.dtype

    cases = (
        case("N 4", dtype="int32", to="N 4:int32"),
        case("N t ? 4:uint8", dtype="float32", to="N t ? 4"),
        case("N 4", dtype="bool", to="N 4:bool"),
        case("N 4:float32!", dtype="int64", to="N 4:int64"),
        case("N 4:string", dtype="int32", fails=WrongDtype, late=True),
    )


class SaturateCast(Entrywise):
    """Each entry in another dtype; what does not fit becomes the least or the greatest number that does.

    Arguments:
        dtype: the dtype of the output
    """

    each: ClassVar[int] = 2

    dtype: NumberDtype

    def dtype_of(self, x: Tensor) -> str:
        """The argument."""
        if not _limits_meet(need_numbers(x).dtype, self.dtype):
            raise WrongDtype(x, f"what can be cut off exactly at the limits of {self.dtype}")
        return self.dtype

    cases = (
        case("N 4", dtype="uint8", to="N 4:uint8"),
        case("N 4:bool", dtype="float16", to="N 4:float16"),
        case("N t ?:int32", dtype="float64", to="N t ?:float64"),
        case("N 4:int16", dtype="uint32", to="N 4:uint32"),
        case("N 4:uint64", dtype="int32", fails=WrongDtype, late=True),
        case("N 4:uint8", dtype="uint64", fails=WrongDtype, late=True),
        case("N 4:string", dtype="int32", fails=WrongDtype, late=True),
        case("N 4:int32", dtype="float32", fails=WrongDtype, silent="every entry becomes the least int32"),
        case("N 4", dtype="int32", fails=WrongDtype, silent="what is too large becomes the least int32"),
    )


def _limits_meet(first: str, second: str) -> bool:
    """Whether Keras can compare with the limits of both: of integers and floats, the floats must have them exactly.

    Or not at all, as float16, which ends far below them.
    """
    for integers, floats in ((first, second), (second, first)):
        if integers in RANGES and floats in DIGITS:
            bits = RANGES[integers][1].bit_length()
            return bits <= DIGITS[floats] or (floats == "float16" and bits > 15)
    return "uint64" not in (first, second)


class View(Op):
    """The bytes of the entries, read as numbers of another dtype. Wider ones take several entries of the last axis.

    Arguments:
        dtype: the dtype of the output; null is that of the input
    """

    # TensorFlow reads nothing as booleans.
    dtype: Annotated[str | None, choice(*(one for one in DTYPES if one != "bool"), None)] = None

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input, but for the last axis, which has as many bytes as before."""
        if need_numbers(x).dtype == "bool":
            raise WrongDtype(x, "numbers other than booleans")
        dtype = self.dtype or x.dtype
        old, new = _width(x.dtype), _width(dtype)
        if x.rank == 0 and old == new:
            return x.with_dtype(dtype)
        last = x.need_rank_at_least(1).rank - 1
        size = x.known(last, "to count its bytes")
        if size * old % new:
            raise WrongSize(x, last, f"a multiple of {new // old}", "dtype")
        return x.with_last(size * old // new).with_dtype(dtype)

    cases = (
        case("N 4", dtype="int32", to="N 4:int32"),
        case("N 4", dtype="uint8", to="N 16:uint8"),
        case("N t 6:uint8", dtype="float16", to="N t 3:float16"),
        case("N 4:int64", to="N 4:int64"),
        case("N 6:int8", dtype="float32", fails=WrongSize),
        case("N 4 ?", dtype="int32", fails=UnknownSize, silent="it fails in a graph"),
        case("N", dtype="int32", fails=UnknownSize, silent="it fails in a graph"),
        case(":float32", dtype="int8", fails=WrongRank),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4:string", dtype="int8", fails=WrongDtype),
    )


def _width(dtype: str) -> int:
    """The bytes of one entry, from the bits in its name."""
    return int("".join(one for one in dtype.replace("bfloat", "float") if one.isdigit())) // 8


class Copy(Entrywise):
    """The entries as they are, text too."""

    def dtype_of(self, x: Tensor) -> str:
        """That of the input."""
        return x.dtype

    cases = (
        case("N 4", to="N 4"),
        case("N t ?:int32", to="N t ?:int32"),
        case("N 4:string", to="N 4:string"),
    )


class StopGradient(Op):
    """The entries as they are, text too; training sees no way back through them."""

    has_gradient: ClassVar[bool] = False

    def infer(self, variable: Tensor) -> Tensor:
        """The input."""
        return variable

    cases = (
        case("N 4", to="N 4"),
        case("N t ?:int32", to="N t ?:int32"),
        case("N 4:string", to="N 4:string"),
    )
