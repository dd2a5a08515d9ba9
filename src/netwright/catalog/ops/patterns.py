"""Axes split, ordered and merged as a pattern says; and powers in columns."""

from __future__ import annotations

from math import prod
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from netwright.arguments import PositiveInt, conflict
from netwright.catalog.families.axis_patterns import TAKEN, AxisPattern, Lengths, sides_of
from netwright.catalog.families.dtypes import need_numbers
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor

# For the cases.
SPLIT: dict[str, Any] = {"pattern": "b (h w) -> b h w"}


class Rearrange(Op):
    """Split axes, put them into another order and merge them, as a pattern says.

    On both sides of the pattern each axis has a name, the batch axis first: `b h w c -> b (h w) c` merges two axes.
    Names in brackets on the left split an axis. Keras wants to know all sizes, that of the batch too.

    Arguments:
        pattern: the axes of the input and of the output; both sides have the same names, each once
        axes_lengths: the sizes of names in brackets on the left, of all but one in each pair of brackets
    """

    pattern: AxisPattern
    axes_lengths: Annotated[dict[str, int], Lengths()] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _pattern_works(self) -> Self:
        before, after = ([name for axis in side for name in axis] for side in sides_of(self.pattern))
        for name in before + after:
            if before.count(name) != 1 or after.count(name) != 1:
                raise conflict("pattern", f"`{name}` must stand on both sides, on each once")
        return self

    @model_validator(mode="after")
    def _lengths_go_with_the_pattern(self) -> Self:
        before, _ = sides_of(self.pattern)
        for name in self.axes_lengths:
            if name in TAKEN:
                raise conflict("axes_lengths", f"`{name}` has another meaning for Keras: give the axis another name")
            if not any(name in axis for axis in before):
                raise conflict("axes_lengths", f"`pattern` has no axis `{name}`")
        for axis in before:
            if len(open_ones := [name for name in axis if name not in self.axes_lengths]) > 1:
                raise conflict("axes_lengths", f"give a length for `{open_ones[0]}` or for `{open_ones[1]}`")
        return self

    def infer(self, tensor: Tensor) -> Tensor:
        """The sizes of the names, multiplied where they are merged."""
        before, after = sides_of(self.pattern)
        tensor.need_rank(len(before), ", ".join(" ".join(axis) for axis in before))
        sizes: dict[str, int] = {}
        for axis, names in enumerate(before):
            sizes |= self._sizes(tensor, axis, names)
        return tensor.with_shape(*(prod(sizes[name] for name in names) for names in after))

    def _sizes(self, tensor: Tensor, axis: int, names: tuple[str, ...]) -> dict[str, int]:
        """The sizes of the names of one axis of the input."""
        size = tensor.known(axis, "because Keras computes with it when the model is built")
        given = {name: self.axes_lengths[name] for name in names if name in self.axes_lengths}
        rest, over = divmod(size, prod(given.values()))
        if over or (len(given) == len(names) and rest != 1):
            need = f"{'' if len(given) == len(names) else 'a multiple of '}{prod(given.values())}"
            raise WrongSize(tensor, axis, f"{need}, as in `axes_lengths`", "axes_lengths")
        return {name: given.get(name, rest) for name in names}

    cases = (
        case("2 3 4", pattern="b h w -> b w h", to="2 4 3"),
        case("2 3 4:int32", pattern="b h w -> (b h) w", to="6 4:int32"),
        case("2 6", **SPLIT, axes_lengths={"h": 2}, to="2 2 3"),
        case("2 6", **SPLIT, axes_lengths={"h": 2, "w": 3}, to="2 2 3"),
        case("2 4 6 3", pattern="b (h p) (w q) c->b (h w) (p q c)", axes_lengths={"p": 2, "q": 3}, to="2 4 18"),
        case("2 3", pattern="b c -> c b", axes_lengths={"c": 3}, to="3 2"),
        case("2 7", **SPLIT, axes_lengths={"h": 2}, fails=WrongSize, late=True),
        case("2 6", **SPLIT, axes_lengths={"h": 2, "w": 2}, fails=WrongSize, late=True),
        case("N 6", **SPLIT, axes_lengths={"h": 2}, fails=UnknownSize),
        case("2 3", pattern="b c -> c b", axes_lengths={"c": 4}, fails=WrongSize, silent="Keras takes no notice of it"),
        case("2 3 1", pattern="b c -> c b", fails=WrongRank, silent="Keras drops axes of size 1 without a name"),
    )


class Vander(Op):
    """The powers of each entry, in a row of a matrix, the highest first.

    Arguments:
        N: how many powers there are, with the one with exponent 0; null takes as many as there are entries
        increasing: whether the highest comes last instead
    """

    N: PositiveInt | None = None
    increasing: bool = False

    def infer(self, x: Tensor) -> Tensor:
        """A row for each entry."""
        x.need_rank(1)
        if x.dtype == "uint64":
            raise WrongDtype(x, "another dtype than uint64")
        return need_numbers(x).with_shape(x.shape[0], x.shape[0] if self.N is None else self.N)

    def flops(self, x: Tensor) -> int:
        """One for each power."""
        return self.N or x.known(0, "to count the powers")

    cases = (
        case("N", N=3, to="N 3"),
        case("3", to="3 3"),
        case("N:int32", increasing=True, to="N N:int32"),
        case("t", to="t t"),
        case("N 3", fails=WrongRank),
        case(":", fails=WrongRank),
        case("N:string", fails=WrongDtype, late=True),
        case("N:uint64", fails=WrongDtype, silent="Keras says that it stays, and it becomes uint32"),
    )
