"""Shares of what many entries are: quantiles, percentiles, medians."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from netwright.arguments import ArgumentType, choice, conflict, refusal, refused
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.reducing import left
from netwright.catalog.families.values import is_number
from netwright.misfits import WrongRank
from netwright.op import Number
from netwright.tensors import Tensor

Method: TypeAlias = Annotated[str, choice("linear", "lower", "higher", "midpoint", "nearest")]


@dataclass(frozen=True)
class SharesType(ArgumentType):
    """A number or a boolean in place of a tensor, or a list of at least `least` numbers, which is a tuple once read."""

    least: int

    def read(self, value: Any) -> Any:
        """Return the shares, or raise a refusal."""
        if isinstance(value, bool) or is_number(value):
            return value
        if not isinstance(value, list):
            raise refusal("wrong_type", need="a number, or a list of numbers; a tensor comes by an edge")
        if len(value) < self.least:
            raise refusal("wrong_length", need=f"at least {self.least}", got=len(value), scalar=False)
        if faults := [
            ((i,), refusal("wrong_type", need="a number"), one) for i, one in enumerate(value) if not is_number(one)
        ]:
            raise refused("Shares", faults)
        return tuple(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        several = {"type": "array", "items": {"type": "number"}, "minItems": self.least}
        return {"anyOf": [{"type": ["number", "boolean"]}, several]}


Share: TypeAlias = Number
# None where the port is fed by an edge; it can't be written.
Shares: TypeAlias = Annotated[int | float | bool | tuple[int | float, ...] | None, SharesType(1)]
# Keras' own shape of one share in a list is that of one share without it, but a list comes out.
OneOrMoreShares: TypeAlias = Annotated[int | float | bool | tuple[int | float, ...] | None, SharesType(2)]


def check_shares(q: float | tuple[float, ...] | None, most: int) -> None:
    """Refuse shares that are not from 0 to `most`.

    Raises:
        PydanticCustomError: there is one.
    """
    shares = q if isinstance(q, tuple) else () if q is None else (q,)
    if any(not 0 <= one <= most for one in shares):
        raise conflict("q", f"a share is from 0 to {most}")


def need_shares(q: Tensor, rank: int) -> Tensor:
    """Return `q` if it can hold shares, on no more than `rank` axes.

    Raises:
        WrongRank: it has more.
        WrongDtype: it holds text.
    """
    if need_numbers(q).rank > rank:
        raise WrongRank(q, f"at most {rank}" if rank else "0")
    return q


def quantile_flops(x: Tensor, axis: int | tuple[int, ...] | None, shares: int, method: str) -> int:
    """What `shares` quantiles cost: tests for NaN, positions, and what is put between two entries."""
    cost, kept = 2 * x.each_sample(), shares * left(x, axis)
    if method == "linear":
        return cost + 3 * kept + 10 * shares + 4
    if method == "midpoint":
        return cost + 2 * kept + 6 * shares + 4
    return cost + 3 * shares + 2
