"""Equations such as `ab,bc->ac`: which axes of an input and of a kernel meet, and which the output has."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Annotated, NamedTuple, TypeAlias

from netwright.catalog.families.values import Text
from netwright.misfits import SizesDiffer, UnknownSize, WrongLength, WrongSize
from netwright.tensors import Dim, Tensor, differ, plain

LETTERS = "[a-zA-Z]+"
DOTS = r"\.\.\."
FORMS = (
    f"{LETTERS},{LETTERS}->{LETTERS}",
    f"{DOTS}{LETTERS},{LETTERS}->{DOTS}{LETTERS}",
    f"[a-zA-Z]{{2,}}{DOTS},{LETTERS}->{LETTERS}{DOTS}",
)
Equation: TypeAlias = Annotated[
    str, Text(f"({'|'.join(FORMS)})", "an equation such as `ab,bc->ac` or `...a,ab->...b`", nullable=False)
]
AxisLetters: TypeAlias = Annotated[str | None, Text(LETTERS, "letters of the equation")]


class Terms(NamedTuple):
    """The letters of an equation, and whether dots stand before or behind those of the input and of the output."""

    inputs: str
    kernel: str
    output: str
    before: bool
    behind: bool


def terms_of(equation: str) -> Terms:
    """The parts of a checked equation."""
    left, output = equation.split("->")
    inputs, kernel = left.split(",")
    return Terms(inputs.strip("."), kernel, output.strip("."), inputs.startswith("."), inputs.endswith("."))


@dataclass(frozen=True, slots=True)
class Product:
    """An input that meets a kernel. Of the output, `given` are the sizes of the axes with letters, but the first."""

    terms: Terms
    inputs: Tensor
    given: tuple[int | None, ...]

    @property
    def elided(self) -> int:
        """For how many axes the dots stand.

        Raises:
            WrongRank: the input has not an axis for each letter, or more and there are no dots.
        """
        letters = len(self.terms.inputs)
        if self.terms.before or self.terms.behind:
            return self.inputs.need_rank_at_least(letters).rank - letters
        return self.inputs.need_rank(letters).rank - letters

    @property
    def shape(self) -> tuple[Dim, ...]:
        """The shape of the output.

        Raises:
            WrongRank: the input has the wrong number of axes.
            WrongLength: `given` has the wrong number of sizes for such an input.
            WrongSize, UnknownSize, SizesDiffer: an axis has not the size that it must have.
        """
        elided = self.elided
        batch, *carried = self.inputs.shape[: elided if self._shift else 1]
        self._check_order(1, len(carried))
        need = len(self.terms.output) - (0 if self._shift else 1)
        if len(self.given) != need:
            raise WrongLength(self.inputs, str(need), "output_shape")
        behind = self.inputs.shape[len(self.terms.inputs) :] if self.terms.behind else ()
        shape = [batch, *carried, *self.given, *behind]
        for axis, letter in enumerate(self.terms.inputs, self._shift):
            self._check_repeated(axis, letter)
            if letter in self.terms.output:
                at = self._shift + self.terms.output.index(letter)
                shape[at] = self._carried(axis, shape[at])
        return tuple(shape)

    @property
    def full_shape(self) -> tuple[Dim, ...]:
        """The shape of the output as it will be, with the sizes that Keras leaves open.

        Raises:
            Misfit: as `shape`.
        """
        shape = list(self.shape)
        for axis, letter in enumerate(self.terms.inputs, self._shift):
            if letter in self.terms.output:
                shape[self._shift + self.terms.output.index(letter)] = self.inputs.shape[axis]
        return tuple(shape)

    @property
    def _shift(self) -> int:
        """How many axes stand before those with letters."""
        return self.elided if self.terms.before else 0

    def _check_order(self, first: int, last: int) -> None:
        """Refuse axes before the letters that Keras, which says them in reverse, would say wrongly."""
        shape = plain(self.inputs.shape)
        for axis in range(first, last + 1):
            if shape[axis] != shape[first + last - axis]:
                raise SizesDiffer(self.inputs, self.inputs, (axis, first + last - axis))

    def _check_repeated(self, axis: int, letter: str) -> None:
        first = self._shift + self.terms.inputs.index(letter)
        if differ(self.inputs.shape[first], self.inputs.shape[axis]):
            raise SizesDiffer(self.inputs, self.inputs, (first, axis))

    def _carried(self, axis: int, given: Dim) -> Dim:
        """The size of an axis of the input in the output. What is left open, Keras does not take from the input."""
        size = self.inputs.shape[axis]
        if not isinstance(given, int):
            return None if isinstance(size, int) else size
        if not isinstance(size, int):
            raise UnknownSize(self.inputs, axis, "because `output_shape` has it")
        if size != given:
            raise WrongSize(self.inputs, axis, f"{given}, as in `output_shape`", "output_shape")
        return given

    @property
    def kernel(self) -> tuple[int, ...]:
        """The shape of the kernel.

        Raises:
            Misfit: the shape of the output can't be told, or a size is not known.
        """
        sizes = []
        for letter in self.terms.kernel:
            if letter in self.terms.output:
                sizes.append(self._known(letter, "because the kernel has that axis"))
            else:
                axis = self._shift + self.terms.inputs.index(letter)
                sizes.append(self.inputs.known(axis, "because the kernel has that axis"))
        return tuple(sizes)

    def bias(self, letters: str) -> tuple[int, ...]:
        """The shape of a bias for the axes with these letters: 1 for those between and behind them.

        Raises:
            Misfit: the shape of the output can't be told, or a size is not known.
        """
        first = min(self.terms.output.index(letter) for letter in letters)
        why = "because the bias has that axis"
        sizes = [self._known(one, why) if one in letters else 1 for one in self.terms.output[first:]]
        return (*sizes, *(1 for _ in range(self.elided if self.terms.behind else 0)))

    def _known(self, letter: str, why: str) -> int:
        """The size of an axis of the output: only that of the batch may be missing."""
        size = self.shape[self._shift + self.terms.output.index(letter)]
        return size if isinstance(size, int) else self.inputs.known(0, why)

    @property
    def flops(self) -> int:
        """Two operations for each product.

        Raises:
            Misfit: a size is not known.
        """
        pairs = zip(self.terms.kernel, self.kernel, strict=True)
        new = prod(size for letter, size in pairs if letter not in self.terms.inputs)
        return 2 * self.inputs.each_sample() * new
