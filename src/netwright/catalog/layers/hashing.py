"""`Hashing`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from netwright.arguments import ArgumentType, choice, conflict, is_integer, refusal
from netwright.catalog.families.encoding import (
    COUNTING,
    EXACT,
    LONGEST,
    Dense,
    OutputMode,
    Salt,
    check_counting,
    counted,
    one_hot,
)
from netwright.layer import Stateless
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import FLOATS, Tensor

WHOLE = ("int32", "int64")


@dataclass(frozen=True)
class Value(ArgumentType):
    """A word, a number, true or false, or null."""

    def read(self, value: Any) -> Any:
        """Return the value, or raise a refusal."""
        if value is None or isinstance(value, str | int | float):
            return value
        raise refusal("wrong_type", need="a word, a number, true or false, or null")

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        return {"type": ["string", "number", "boolean", "null"]}


class Hashing(Stateless):
    """Replace each value by the number of a bin that a hash chooses; other values may share it.

    Floats are rounded towards zero first.

    Arguments:
        num_bins: how many bins there are
        mask_value: the value that bin 0 is kept for; null keeps it for none
        salt: two integers, or one for both, that change what the hash chooses
        output_mode: what is made of the numbers of the bins: `int` nothing; `one_hot` an axis with a one at the bin in
            place of the last axis, which has size 1; `multi_hot` the same for all values of a sample together; `count`
            how many values fall into each bin
        sparse: always false
        dtype: the dtype of the output, whatever the model's; null is `int64` for `int`, else `float32`
    """

    has_gradient: ClassVar[bool] = False

    num_bins: Annotated[int, Field(ge=1, lt=2**63)]
    mask_value: Annotated[Any, Value()] = None
    salt: Salt = None
    output_mode: OutputMode = "int"
    sparse: Dense = False
    dtype: Annotated[str | None, choice(*WHOLE, "float16", "bfloat16", "float32", "float64", None)] = None

    @model_validator(mode="after")
    def _bins_fit(self) -> Self:
        if self.output_mode == "int" and self.compute_dtype not in WHOLE:
            raise conflict("dtype", "with the `output_mode` `int`, Keras takes only int32 and int64")
        most = EXACT[self.compute_dtype] + 1 if self.output_mode == "int" else LONGEST
        if self.num_bins > most:
            raise conflict("num_bins", f"there can't be more than {most} bins")
        if self.mask_value is not None and self.num_bins == 1:
            raise conflict("mask_value", "with one bin there is none to keep")
        return self

    @property
    def compute_dtype(self) -> str:
        """The dtype of the output."""
        return self.dtype or ("int64" if self.output_mode == "int" else "float32")

    def under(self, policy: str | None) -> Self:
        """The layer itself: Keras asks for no dtype but its own."""
        return self

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as it is: Keras casts nothing for it."""
        return tensor

    @property
    def ids(self) -> int | None:
        """A number for each bin."""
        return self.num_bins if self.output_mode == "int" else None

    def infer(self, inputs: Tensor) -> Tensor:
        """The numbers, or what `output_mode` makes of them."""
        self._check_mask(inputs)
        if self.output_mode == "int":
            output = inputs
        elif self.output_mode == "one_hot":
            output = self._one_hot(inputs)
        else:
            output = counted(inputs, self.num_bins)
            check_counting(inputs, self.dtype)
        return output.with_dtype(self.compute_dtype)

    def _one_hot(self, inputs: Tensor) -> Tensor:
        # Keras takes away a last axis of size 1, and then another; without one it says a shape with an axis too few.
        inputs.need_rank_at_least(2)
        if inputs.known(-1, "because Keras replaces an axis of size 1") != 1:
            raise WrongSize(inputs, inputs.rank - 1, "1, which `one_hot` replaces")
        values = inputs.with_shape(*inputs.shape[:-1])
        output = one_hot(values, self.num_bins)
        if output.rank != inputs.rank:
            raise WrongSize(inputs, inputs.rank - 2, "another than 1, which `one_hot` would take away too")
        return output

    def _check_mask(self, inputs: Tensor) -> None:
        """Refuse values of another kind than the mask, which can't be compared with it."""
        mask, dtype = self.mask_value, inputs.dtype
        if mask is None:
            return
        kinds = {"string": isinstance(mask, str), "bool": isinstance(mask, bool)}
        number = is_integer(mask) or (isinstance(mask, float) and dtype in FLOATS)
        if not kinds.get(dtype, number):
            raise WrongDtype(inputs, "values of the kind of `mask_value`", "mask_value")
        if number and dtype not in FLOATS and not _holds(dtype, mask):
            raise WrongDtype(inputs, f"values that can be {mask}", "mask_value")

    def flops(self, inputs: Tensor) -> int:
        """A comparison and a sum for each value if there is a mask; what counting needs."""
        masks = 2 * inputs.each_sample() if self.mask_value is not None else 0
        return masks + (COUNTING if self.output_mode in ("multi_hot", "count") else 0)

    cases = (
        case("N 5:string", num_bins=4, to="N 5:int64", params=0),
        case("N 5:int32", num_bins=4, mask_value=0, output_mode="count", to="N 4"),
        case("N 1:string", num_bins=4, mask_value="", salt=[1, 2], output_mode="one_hot", to="N 4"),
        case("N t ?:uint8", num_bins=4, salt=7, dtype="int32", to="N t ?:int32"),
        case("N ?", num_bins=4, output_mode="multi_hot", dtype="float64", to="N 4:float64"),
        case("N 5:bool", num_bins=4, mask_value=True, trainable=False, to="N 5:int64"),
        case("N 5:float16", num_bins=4, mask_value=0.5, to="N 5:int64"),
        case("N t 3 1:string", num_bins=4, output_mode="one_hot", dtype="bfloat16", to="N t 3 4:bfloat16"),
        case("N 5:string", num_bins=4, output_mode="one_hot", fails=WrongSize, silent="an axis more comes out"),
        case("N 1 1:string", num_bins=4, output_mode="one_hot", fails=WrongSize, silent="an axis less comes out"),
        case("N t 1:string", num_bins=4, output_mode="one_hot", fails=UnknownSize, silent="it fails in a graph"),
        case(
            "N:string", num_bins=4, output_mode="one_hot", fails=WrongRank, silent="the batch axis is not in the shape"
        ),
        case("N:string", num_bins=4, output_mode="count", fails=WrongRank, silent="the batch is taken for one sample"),
        case("N 5:string", num_bins=4, output_mode="count", dtype="float16", fails=WrongDtype, late=True),
        case("N 5:string", num_bins=4, mask_value=0, fails=WrongDtype, late=True),
        case("N 5:uint8", num_bins=4, mask_value=-1, fails=WrongDtype, silent="another number is taken for it"),
    )


def _holds(dtype: str, value: int) -> bool:
    """Whether a dtype of integers has `value`."""
    signed = not dtype.startswith("u")
    high = 1 << int(dtype.removeprefix("u").removeprefix("int")) - signed
    return (-high if signed else 0) <= value < high
