"""Entries taken from several tensors, by conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from netwright.catalog.families.beside import check_range, joined
from netwright.catalog.families.broadcasting import broadcast
from netwright.catalog.families.covering import cover
from netwright.catalog.families.dtypes import need_numbers
from netwright.misfits import SizesDiffer, WrongCount, WrongDtype, WrongNumber, WrongRank
from netwright.op import Number, Op
from netwright.operation import case
from netwright.tensors import FLOATS, Scalar, Tensor, differ

# Each dtype, and those that NumPy can put into it.
_SMALL = frozenset({"bool", "uint8", "int8"})
_MEDIUM = _SMALL | {"uint16", "int16"}
KEEPS = {
    "bool": frozenset({"bool"}),
    "uint8": frozenset({"bool", "uint8"}),
    "int8": frozenset({"bool", "int8"}),
    "uint16": frozenset({"bool", "uint8", "uint16"}),
    "int16": _SMALL | {"int16"},
    "uint32": frozenset({"bool", "uint8", "uint16", "uint32"}),
    "int32": _MEDIUM | {"int32"},
    "uint64": frozenset({"bool", "uint8", "uint16", "uint32", "uint64"}),
    "int64": _MEDIUM | {"uint32", "int32", "int64"},
    "bfloat16": frozenset({"bfloat16"}),
    "float16": _SMALL | {"float16"},
    "float32": _MEDIUM | {"float16", "bfloat16", "float32"},
    "float64": _MEDIUM | {"uint32", "int32", "uint64", "int64", "float16", "bfloat16", "float32", "float64"},
}


class Where(Op):
    """Entries of the second tensor where the condition is true, of the third where it is false.

    Arguments:
        condition: one boolean for all entries; of numbers, 0 is false and all others are true
        x1: a number in place of what is taken where the condition is true
        x2: a number in place of what is taken where the condition is false
    """

    condition: Number = None
    x1: Number = None
    x2: Number = None

    def infer(self, condition: Tensor, x1: Tensor | None = None, x2: Tensor | None = None) -> Tensor:
        """The shape over which all three can be spread, in the dtype that the last two become."""
        need_numbers(condition)
        # Without both, Keras gives the places where the condition is true, as many as there are.
        if x1 is None:
            raise WrongCount("x1", "1", 0)
        if x2 is None:
            raise WrongCount("x2", "1", 0)
        dtype = "string" if x1.dtype == x2.dtype == "string" else joined(x1=x1, x2=x2)
        return Tensor(broadcast(condition, x1, x2), dtype)

    cases = (
        case("N 4:bool", "N 4", "N 4", to="N 4"),
        case("N t 1:bool", "N t 4", "N 1 4", to="N t 4"),
        case("N 4:bool", "N 4:int32", "N 4:float16", to="N 4:float16"),
        case("N 4:bool", "N 4:float16", x2=-1e4, to="N 4:float16"),
        case("N t:int32", x1=1, x2=0, to="N t:int32"),
        case("N t:bool", x1=True, x2=False, to="N t:bool"),
        case("N 4", "N 4", condition=True, to="N 4"),
        case("N 4:bool", "N 4:string", "N 4:string", to="N 4:string"),
        case("N 4:bool", "N 5", "N 4", fails=SizesDiffer),
        case("N 4:bool", "N 4", "N 5", fails=SizesDiffer),
        case("N 4:string", "N 4", "N 4", fails=WrongDtype, late=True),
        case("N 4:bool", "N 4:string", "N 4", fails=WrongDtype),
        case("N 4:bool", "N 4:bfloat16", x2=True, fails=WrongNumber, late=True),
        case("N 4:bool", "N 4:uint8", x2=300, fails=WrongNumber, silent="Keras makes 44 of it"),
        case("N 4:bool", "N 4", fails=WrongCount),
        case("N 4:bool", x2=1, fails=WrongCount),
        case("N 4:bool", fails=WrongCount, silent="Keras says (batch, 4) and gives as many rows as entries are true"),
    )


class Select(Op):
    """Entries of the tensor whose condition is the first that is true, or of the default where none is.

    Arguments:
        default: what stands where no condition is true; it may come by an edge instead
    """

    default: Number = 0

    @property
    def given(self) -> Mapping[str, Tensor]:
        """The default, if it is written."""
        return super().given if "default" in self.model_fields_set else {}

    def infer(
        self, condlist: Sequence[Tensor], *, choicelist: Sequence[Tensor], default: Tensor | None = None
    ) -> Tensor:
        """The shape and dtype of the first choice, which Keras promises whatever the others are."""
        if len(choicelist) != len(condlist):
            raise WrongCount("choicelist", str(len(condlist)), len(choicelist))
        first = need_numbers(choicelist[0])
        for one in condlist:
            need_numbers(one)
        other = Scalar.of(0) if default is None else default
        _check_dtypes(first, [*choicelist, other])
        return first.with_shape(*cover(first, *condlist, *choicelist, other))

    cases = (
        case("N 4:bool", ports={"choicelist": ("N 4",)}, to="N 4"),
        case("N 4:bool", "N 4:bool", ports={"choicelist": ("N 4", "N 1")}, default=0.5, to="N 4"),
        case("N t 4:bool", ports={"choicelist": ("N t 4:int64",), "default": "N 1 4:int32"}, to="N t 4:int64"),
        case("N 4:bool", ports={"choicelist": ("N 4:bool",)}, default=False, to="N 4:bool"),
        case("N 1:bool", "N 1:bool", ports={"choicelist": ("N 4:float16", "N 4:uint8")}, to="N 4:float16"),
        case("N 4:bool", "N 4:bool", ports={"choicelist": ("N 4",)}, fails=WrongCount, late=True),
        case("N 5:bool", ports={"choicelist": ("N 4",)}, fails=SizesDiffer, late=True),
        case("N 4:string", ports={"choicelist": ("N 4",)}, fails=WrongDtype, late=True),
        case("N 4:bool", ports={"choicelist": ("N 4:string",)}, fails=WrongDtype, late=True),
        case("N 4:bool", ports={"choicelist": ("N 4:bool",)}, fails=WrongNumber, silent="Keras says bool, gives int64"),
        case("N 4:bool", ports={"choicelist": ("N 4:uint8",)}, default=300, fails=WrongNumber, silent="it becomes 44"),
    )


def _check_dtypes(first: Tensor, others: Sequence[Tensor]) -> None:
    """Refuse what NumPy's rules would make a wider dtype of than that of the first choice.

    Raises:
        WrongDtype: a tensor does not go into that.
        WrongNumber: the default does not.
    """
    mixed = {one.dtype for one in others if not isinstance(one, Scalar)} - {first.dtype}
    for one in others:
        if isinstance(one, Scalar):
            _check_default(first.dtype, one)
        elif need_numbers(one).dtype not in KEEPS[first.dtype]:
            raise WrongDtype(one, f"dtypes that go into {first.dtype}, that of its first choice")
        elif one.dtype == "bfloat16" and len(mixed) > 1:
            raise WrongDtype(one, f"no bfloat16 beside other dtypes than {first.dtype}, that of its first choice")


def _check_default(dtype: str, number: Scalar) -> None:
    kind = type(number.value)
    if kind is float and dtype not in FLOATS - {"bfloat16"}:
        raise WrongNumber("default", number.value, f"an integer beside {dtype}")
    if kind is int and dtype == "bool":
        raise WrongNumber("default", number.value, "a boolean beside bool")
    check_range("default", number, dtype)


class InTopK(Op):
    """Whether the prediction for the target is among the greatest of its sample.

    Arguments:
        k: how many of the greatest count
    """

    # TensorFlow counts in the dtype of the targets.
    k: Annotated[int, Field(ge=1, lt=2**31)]

    def infer(self, targets: Tensor, predictions: Tensor) -> Tensor:
        """A boolean for each sample."""
        targets.need_rank(1, "batch")
        predictions.need_rank(2, "batch, classes")
        if targets.dtype not in {"int32", "int64"}:
            raise WrongDtype(targets, "integers of 32 or 64 bits at `targets`")
        if predictions.dtype != "float32":
            raise WrongDtype(predictions, "float32 at `predictions`")
        if differ(targets.shape[0], predictions.shape[0]):
            raise SizesDiffer(targets, predictions, (0, 0))
        return targets.with_dtype("bool")

    cases = (
        case("N:int32", "N 10", k=3, to="N:bool"),
        case("N:int64", "N ?", k=1, to="N:bool"),
        case("2:int32", "2 4", k=9, to="2:bool"),
        case("N 1:int32", "N 10", k=3, fails=WrongRank, late=True),
        case("N:int32", "N 5 10", k=3, fails=WrongRank, late=True),
        case("N:string", "N 10", k=3, fails=WrongDtype, late=True),
        case("N:int32", "N 10:string", k=3, fails=WrongDtype, late=True),
        case("2:int32", "3 10", k=3, fails=SizesDiffer, late=True),
    )
