"""Arguments that meet the entries of a tensor: single numbers, and the dtypes that numbers may have."""

from __future__ import annotations

from math import isfinite
from typing import Annotated, Any, TypeAlias

from netwright.arguments import ArgumentType, choice, refusal
from netwright.catalog.families.values import is_number
from netwright.misfits import WrongDtype
from netwright.tensors import FLOATS, Tensor

# The least and the greatest number of each dtype without fractions.
RANGES = {
    "bool": (0, 1),
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
DTYPES = (*sorted(FLOATS), *RANGES)

NumberDtype: TypeAlias = Annotated[str, choice(*DTYPES)]
OptionalNumberDtype: TypeAlias = Annotated[str | None, choice(*DTYPES, None)]


class PlainNumber(ArgumentType):
    """A number, of which an integer stays one. A boolean is none."""

    def read(self, value: Any) -> int | float:
        if not is_number(value) or not isfinite(value):
            raise refusal("wrong_type", need="a number")
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            raise refusal("out_of_range", need="an integer of 64 bits")
        number: int | float = value
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}


def fits(value: float, dtype: str) -> bool:
    """Whether a number keeps its value as an entry of that dtype, but for its precision."""
    if dtype not in RANGES:
        return True
    low, high = RANGES[dtype]
    return isinstance(value, int) and low <= value <= high


def need_fit(x: Tensor, dtype: str, value: float, argument: str) -> None:
    """Refuse a number that can't be an entry of `x` where its entries are of `dtype`.

    Raises:
        WrongDtype: it can't. TensorFlow refuses a float, and makes another integer of one that is too large.
    """
    if fits(value, dtype):
        return
    need = f"integers that can be {value}" if isinstance(value, int) else f"floats, as `{argument}` is one"
    raise WrongDtype(x, need, argument)
