"""More entries along the axes: those that are there once more, or new ones at the ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import Sizes, choice, conflict
from netwright.catalog.families.axes import as_tuple
from netwright.catalog.families.borders import Borders, Widths
from netwright.catalog.families.ranks import MOST, need_rank_at_most
from netwright.catalog.families.reshaping import remaining
from netwright.catalog.families.values import Numbers
from netwright.misfits import AxisOutOfRange, WrongDtype, WrongLength, WrongRank, WrongSize
from netwright.op import Number, Op
from netwright.operation import case
from netwright.tensors import Dim, Tensor

# For the cases.
SIDES: dict[str, Any] = {"pad_width": [[0, 0], [1, 2]]}
HALF: dict[str, Any] = {**SIDES, "constant_values": 0.5}


class Repeat(Op):
    """Repeat each entry where it stands.

    Arguments:
        repeats: how often each entry is there afterwards; a list has a number for each entry of the axis
        axis: the axis along which entries are repeated; null puts all into one axis first
    """

    repeats: Annotated[int | list[int], Numbers(minimum=0, whole=True)]
    axis: int | None = None

    @model_validator(mode="after")
    def _leaves_some(self) -> Self:
        if not any(self._times):
            raise conflict("repeats", "`repeats` must leave some entry")
        return self

    @property
    def _times(self) -> Sequence[int]:
        return [self.repeats] if isinstance(self.repeats, int) else self.repeats

    def infer(self, x: Tensor) -> Tensor:
        """The axis is longer."""
        if self.axis is None:
            return x.with_shape(self._longer(x, remaining(x.shape, 1)))
        axis = x.axis(self.axis)
        return x.with_size(axis, self._longer(x, x.shape[axis]))

    def _longer(self, x: Tensor, size: Dim) -> Dim:
        first, *others = self._times
        if not others:
            return size * first if isinstance(size, int) else size if first == 1 else None
        if not isinstance(size, int):
            return None
        if len(self._times) != size:
            raise WrongLength(x, f"1 or {size}", "repeats")
        return sum(self._times)

    def flops(self, x: Tensor) -> int:
        """What TensorFlow computes with sizes and with a mask, in which each entry has as many places as any."""
        if len(self._times) == 1:
            return 1
        axis, entries = 0 if self.axis is None else x.axis(self.axis), len(self._times)
        if axis == 0:
            return entries * max(self._times) + 1
        return x.with_shape(*x.shape[: axis + 1]).each_sample() * max(self._times) + entries + 1

    cases = (
        case("N t 4", repeats=2, axis=-1, to="N t 8"),
        case("N t 4", repeats=[3], axis=1, to="N ? 4"),
        case("N t 4", repeats=1, axis=1, to="N t 4"),
        case("N 3:int32", repeats=[2, 0, 1], axis=1, to="N 3:int32"),
        case("N 4", repeats=2, to="?"),
        case("2 3", repeats=2, to="12"),
        case("N 3", repeats=[1, 2, 3], axis=0, to="? 3"),
        case("N 3", repeats=[1, 2], axis=1, fails=WrongLength),
        case("N 3", repeats=2, axis=2, fails=AxisOutOfRange),
    )


class Tile(Op):
    """Repeat the tensor as a whole, along its axes.

    Arguments:
        repeats: how often it stands along each axis; for fewer numbers than axes the first axes stay, and for more
            there are new axes in front
    """

    repeats: Annotated[int | tuple[int, ...], Sizes(None)]

    def infer(self, x: Tensor) -> Tensor:
        """Each axis is as many times longer."""
        if x.dtype == "uint16":
            raise WrongDtype(x, "another dtype than uint16")
        repeats, rank = as_tuple(self.repeats), max(x.rank, len(as_tuple(self.repeats)))
        times = (1,) * (rank - len(repeats)) + repeats
        sizes = (1,) * (rank - x.rank) + x.shape
        return x.with_shape(*map(_times, sizes, times))

    cases = (
        case("N 4", repeats=[1, 2], to="N 8"),
        case("N t 4", repeats=3, to="N t 12"),
        case("N t 4:int32", repeats=[2, 1], to="N ? 4:int32"),
        case("3 4", repeats=[2, 1, 2], to="2 3 8"),
        case("N 4", repeats=[], to="N 4"),
        case("N 4:uint16", repeats=[1, 2], fails=WrongDtype, late=True),
    )


def _times(size: Dim, times: int) -> Dim:
    if isinstance(size, int):
        return size * times
    return size if times == 1 else None


class Pad(Op):
    """Add entries at the ends of the axes, the batch axis among them.

    Arguments:
        pad_width: how many are added before and after each axis, a pair for each, the batch axis first; one integer
            or one pair is for tensors with one axis
        mode: what is added: one number; what is there, mirrored at its last entry (`reflect`); or mirrored at its
            edge (`symmetric`)
        constant_values: the number that is added, 0 where nothing is written; of the kind that the tensor holds
    """

    pad_width: Annotated[Borders, Widths()]
    mode: Annotated[str, choice("constant", "reflect", "symmetric")] = "constant"
    constant_values: Number = None

    @model_validator(mode="after")
    def _adds_a_constant(self) -> Self:
        if self.constant_values is not None and self.mode != "constant":
            raise conflict("constant_values", "it goes with `mode` `constant` only")
        return self

    def infer(self, x: Tensor) -> Tensor:
        """Each axis is longer by what is added."""
        if len(self.pad_width) != x.rank:
            raise WrongLength(x, str(x.rank), "pad_width")
        need_rank_at_most(x, MOST if self.mode == "constant" else 5)
        self._check_constant(x)
        for axis, ends in enumerate(self.pad_width):
            self._check_mirror(x, axis, max(ends))
        return x.with_shape(*(_longer(size, sum(ends)) for size, ends in zip(x.shape, self.pad_width, strict=True)))

    def _check_constant(self, x: Tensor) -> None:
        if self.constant_values is None:
            return
        if isinstance(self.constant_values, bool) or x.dtype in ("bool", "string"):
            if x.dtype != "bool" or not isinstance(self.constant_values, bool):
                raise WrongDtype(x, _kind(self.constant_values), "constant_values")
        elif not x.holds_floats and not _fits(self.constant_values, x.dtype):
            raise WrongDtype(x, f"a dtype that can hold {self.constant_values}", "constant_values")

    def _check_mirror(self, x: Tensor, axis: int, width: int) -> None:
        size, least = x.shape[axis], width + (self.mode == "reflect")
        if self.mode != "constant" and isinstance(size, int) and size < least:
            raise WrongSize(x, axis, f"at least {least}, to be mirrored", "pad_width")

    cases = (
        case("N 4", **SIDES, to="N 7"),
        case("N t 4:int32", pad_width=[[0], [2], [1]], to="N ? 6:int32"),
        case("N t 4", pad_width=[[0, 0], [0, 0], [1, 0]], constant_values=-1, to="N t 5"),
        case("N 4:uint8", **SIDES, constant_values=255, to="N 7:uint8"),
        case("N 4:bool", **SIDES, constant_values=True, to="N 7:bool"),
        case("N 4", pad_width=[[0, 0], [3, 3]], mode="reflect", to="N 10"),
        case("N 4", pad_width=[[0, 0], [4, 0]], mode="symmetric", to="N 8"),
        case("3", pad_width=1, to="5"),
        case("3", pad_width=[1, 2], to="6"),
        case("N 4", pad_width=1, fails=WrongLength, late=True),
        case("N 4 2", **SIDES, fails=WrongLength),
        case("N 4", pad_width=[[0, 0], [4, 0]], mode="reflect", fails=WrongSize, late=True),
        case("N 4", pad_width=[[0, 0], [0, 5]], mode="symmetric", fails=WrongSize, late=True),
        case("N" + " 1" * 5, pad_width=[[0, 0]] * 6, mode="reflect", fails=WrongRank, late=True),
        case("N 4:int32", **HALF, fails=WrongDtype, late=True),
        case("N 4:bool", **HALF, fails=WrongDtype, late=True),
        case("N 4:string", **HALF, fails=WrongDtype, late=True),
        case("N 4", **SIDES, constant_values=True, fails=WrongDtype, silent="of other floats and integers it fails"),
        case("N 4:uint8", **SIDES, constant_values=256, fails=WrongDtype, silent="Keras adds what is left of its bits"),
    )


def _longer(size: Dim, more: int) -> Dim:
    if isinstance(size, int):
        return size + more
    return None if more else size


def _kind(value: float | bool) -> str:
    """What a tensor must hold for a number beside its entries."""
    return "booleans beside the boolean `constant_values`" if isinstance(value, bool) else "numbers"


def _fits(value: float, dtype: str) -> bool:
    """Whether a dtype of integers has a number."""
    bits, signed = int(dtype.strip("uint")), not dtype.startswith("u")
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1)) if signed else (0, 2**bits)
    return isinstance(value, int) and low <= value < high
