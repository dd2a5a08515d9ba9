"""Tensors of the shape of another, all of one number."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.entries import DTYPES, OptionalNumberDtype, fits, need_fit
from netwright.catalog.families.entrywise import Entrywise
from netwright.misfits import SizesDiffer, WrongDtype, WrongRank
from netwright.op import Number, Op
from netwright.operation import case
from netwright.tensors import Scalar, Tensor, differ


class ZerosLike(Entrywise):
    """Zeros, as many as the tensor has entries; of text, empty strings.

    Arguments:
        dtype: the dtype of the output; null is that of the input
    """

    has_gradient: ClassVar[bool] = False

    dtype: OptionalNumberDtype = None

    def dtype_of(self, x: Tensor) -> str:
        """The argument, or that of the input."""
        return self.dtype or x.dtype

    cases = (
        case("N 4", to="N 4"),
        case("N t ?:bool", dtype="int32", to="N t ?:int32"),
        case("N 4:string", dtype="float32", to="N 4"),
        case("N 4:string", to="N 4:string"),
    )


class OnesLike(Entrywise):
    """Ones, as many as the tensor has entries.

    Arguments:
        dtype: the dtype of the output; null is that of the input
    """

    has_gradient: ClassVar[bool] = False

    dtype: OptionalNumberDtype = None

    def dtype_of(self, x: Tensor) -> str:
        """The argument, or that of the input."""
        return self.dtype or need_numbers(x).dtype

    cases = (
        case("N 4", to="N 4"),
        case("N t ?:bool", dtype="int32", to="N t ?:int32"),
        case("N 4:string", dtype="float32", to="N 4"),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class FullLike(Op):
    """One value, or those of a second tensor spread over it, as often as the tensor has entries.

    Arguments:
        fill_value: a number in place of the second tensor
        dtype: the dtype of the output; null is that of the input
    """

    fill_value: Number = None
    # Keras would call the output uint64, and give uint32.
    dtype: Annotated[str | None, choice(*(one for one in DTYPES if one != "uint64"), None)] = None

    @model_validator(mode="after")
    def _keeps_the_value(self) -> Self:
        if self.fill_value is not None and self.dtype and not _can_be(self.fill_value, self.dtype):
            raise conflict("fill_value", f"{self.dtype} can't be {str(self.fill_value).lower()}")
        return self

    def infer(self, x: Tensor, fill_value: Tensor) -> Tensor:
        """The shape of the first input."""
        dtype = self.dtype or x.dtype
        if dtype == "uint64":
            raise WrongDtype(x, "numbers other than uint64")
        if isinstance(fill_value, Scalar):
            _check_number(x, dtype, fill_value.value)
        else:
            _check_tensor(x, dtype, fill_value)
        return x.with_dtype(dtype)

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N 4:int32", fill_value=-1, to="N 4:int32"),
        case("N 4:string", fill_value=0.5, dtype="float32", to="N 4"),
        case("N 4:bool", fill_value=True, to="N 4:bool"),
        case("N t 4", "N 1 1:int32", to="N t 4"),
        case("N 2 3", "3", dtype="float16", to="N 2 3:float16"),
        case("N 4", "N 1 4", fails=WrongRank, late=True),
        case("N 1", "N 4", fails=SizesDiffer, late=True),
        case("N 4", "N 4:string", fails=WrongDtype, late=True),
        case("N 4:string", "N 4", fails=WrongDtype, late=True),
        case("N 4:uint64", "N 4", fails=WrongDtype, silent="Keras calls the output uint64, and gives uint32"),
        case("N 4:uint8", fill_value=-1, fails=WrongDtype, silent="TensorFlow makes 255 of -1"),
        case("N 4:bfloat16", fill_value=True, fails=WrongDtype, silent="it fails, but not in a graph"),
    )


def _can_be(value: float, dtype: str) -> bool:
    return fits(value, dtype) and not (dtype == "bfloat16" and isinstance(value, bool))


def _check_number(x: Tensor, dtype: str, value: float) -> None:
    """Refuse a number that can't be an entry of the output, where its dtype is that of `x`."""
    need_numbers(x.with_dtype(dtype))
    need_fit(x, dtype, value, "fill_value")
    if not _can_be(value, dtype):
        raise WrongDtype(x, "numbers other than bfloat16, as `fill_value` is a boolean", "fill_value")


def _check_tensor(x: Tensor, dtype: str, fill_value: Tensor) -> None:
    """Refuse what can't be spread over `x`, or can't become of `dtype`."""
    if dtype != "string":
        need_numbers(fill_value)
    elif fill_value.dtype != "string":
        raise WrongDtype(x, "numbers, where `fill_value` is one")
    if fill_value.rank > x.rank:
        raise WrongRank(fill_value, f"at most {x.rank}")
    for back in range(1, fill_value.rank + 1):
        if fill_value.shape[-back] != 1 and differ(fill_value.shape[-back], x.shape[-back]):
            raise SizesDiffer(x, fill_value, (x.rank - back, fill_value.rank - back))
