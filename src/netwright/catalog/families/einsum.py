"""Equations such as `ab,bc->ac`: which axes of tensors meet, as of an input and a kernel, and which the output has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Annotated, NamedTuple, TypeAlias

from netwright.arguments import conflict
from netwright.catalog.families.broadcasting import broadcast
from netwright.catalog.families.values import Text
from netwright.misfits import SizesDiffer, UnknownSize, WrongCount, WrongLength, WrongRank, WrongSize
from netwright.tensors import Dim, Shape, Tensor, differ, plain

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
# The letters of any number of tensors, each with dots for further axes or without.
TERM = f"[a-zA-Z]*({DOTS})?[a-zA-Z]*"
Sum: TypeAlias = Annotated[
    str, Text(f"{TERM}(,{TERM})*->{TERM}", "an equation such as `ab,bc->ac` or `...a,ab->...b`", nullable=False)
]


def split(equation: str) -> tuple[list[str], str]:
    """What stands for each tensor in a checked equation, and what for the output."""
    left, output = equation.split("->")
    return left.split(","), output


class Terms(NamedTuple):
    """The letters of an equation, and whether dots stand before or behind those of the input and of the output."""

    inputs: str
    kernel: str
    output: str
    before: bool
    behind: bool


def terms_of(equation: str) -> Terms:
    """The parts of a checked equation."""
    (inputs, kernel), output = split(equation)
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


def check_sum(equation: str, argument: str) -> None:
    """Refuse an equation, the value of `argument`, that nothing can be computed by.

    Raises:
        PydanticCustomError: it is such an equation.
    """
    terms, output = split(equation)
    dots, given = "..." in output, "".join(terms)
    if "..." in given and not dots:
        raise conflict(argument, "there are dots before `->`, and none in the output")
    for letter in output.replace(".", ""):
        if letter not in given:
            raise conflict(argument, f"`{letter}` is in the output, but not before `->`")
        if output.count(letter) > 1:
            raise conflict(argument, f"`{letter}` is in the output twice")
        if letter.isupper() and not all(letter in term for term in terms):
            raise conflict(
                argument, f"Keras takes `{letter}` in the output only if all tensors have it; write it small"
            )
    for term in terms:
        mixed = "..." in given and "..." not in term and next(_before(output, term), None)
        if mixed:
            raise conflict(argument, f"Keras would mix `{mixed}` up with the axes of the dots, which `{term}` lacks")


def _before(output: str, term: str) -> Iterator[str]:
    """The letters of a term that stand before the dots of the output."""
    return (letter for letter in output.partition("...")[0] if letter in term)


@dataclass(frozen=True, slots=True)
class Summation:
    """Tensors that meet as an equation says, which `check_sum` has not refused."""

    equation: str
    tensors: tuple[Tensor, ...]

    @property
    def _labels(self) -> tuple[list[str], str]:
        """What names each axis of the tensors and of the output; digits for the axes that dots stand for.

        Raises:
            WrongCount: there are more or fewer tensors than the equation has.
            WrongRank: a tensor has not an axis for each letter, or more and there are no dots.
            WrongSize: dots stand for an axis of size 1 that TensorFlow can't spread.
        """
        terms, output = split(self.equation)
        if len(terms) != len(self.tensors):
            raise WrongCount("operands", str(len(terms)), len(self.tensors), self.tensors)
        elided = [_elided(term, one) for term, one in zip(terms, self.tensors, strict=True)]
        most = max(elided, default=0)
        for term, one, axes in zip(terms, self.tensors, elided, strict=True):
            if axes < most and "..." in term and next(_before(output, term), None):
                raise WrongRank(one, str(one.rank + most - axes), "as many behind the dots as others have")
            if axes > min(elided):
                _check_elided(one, len(term.partition("...")[0]), axes)
        digits = "".join(str(axis) for axis in range(most))
        labels = [term.replace("...", digits[most - axes :]) for term, axes in zip(terms, elided, strict=True)]
        return labels, output.replace("...", digits)

    def _places(self, label: str) -> list[tuple[Tensor, int]]:
        """The axes with that name."""
        return [
            (one, axis)
            for one, term in zip(self.tensors, self._labels[0], strict=True)
            for axis, other in enumerate(term)
            if other == label
        ]

    @property
    def shape(self) -> Shape:
        """The shape of the output.

        Raises:
            Misfit: the tensors do not fit the equation.
        """
        terms, output = self._labels
        for label in dict.fromkeys("".join(terms)):
            self._check_alike(label)
        return tuple(self._size(label) for label in output)

    def _check_alike(self, label: str) -> None:
        """Refuse axes with one name and different sizes; of those that dots stand for, 1 is spread."""
        known = [
            (one, axis)
            for one, axis in self._places(label)
            if isinstance(one.shape[axis], int) and not (label.isdigit() and one.shape[axis] == 1)
        ]
        for one, axis in known[1:]:
            first, other = known[0]
            if first.shape[other] != one.shape[axis]:
                raise SizesDiffer(first, one, (other, axis))

    def _size(self, label: str) -> Dim:
        """The size of an axis of the output. Of several axes of a tensor with that name, Keras looks at one."""
        terms, _ = split(self.equation)
        seen = [
            Tensor((one.shape[_seen(term, labels, label)] if label in labels else 1,))
            for one, term, labels in zip(self.tensors, terms, self._labels[0], strict=True)
        ]
        return broadcast(*seen)[0]

    @property
    def flops(self) -> int:
        """A product for each further tensor, and a sum if anything is summed over, for each step of a loop over all.

        Raises:
            UnknownSize: a size is not known.
        """
        terms, output = self._labels
        labels = dict.fromkeys("".join(terms))
        steps = prod(self._steps(label) for label in labels)
        return steps * (len(terms) - 1 + any(label not in output for label in labels))

    def _steps(self, label: str) -> int:
        """The size of an axis, where there is one sample."""
        places = self._places(label)
        if (places[0][0], places[0][1]) == (self.tensors[0], 0):
            return 1
        sizes = [size for one, axis in places if isinstance(size := one.shape[axis], int)]
        return max(sizes) if sizes else places[0][0].known(places[0][1], "to count the products")


def _seen(term: str, labels: str, label: str) -> int:
    """The axis at which Keras looks: it reads what stands behind dots from the end."""
    before, dots, _ = term.partition("...")
    return labels.rindex(label) if dots and label not in before else labels.index(label)


def _check_elided(tensor: Tensor, first: int, axes: int) -> None:
    """Refuse an axis of size 1, but the first, of those that dots stand for where another tensor has fewer.

    On CPUs TensorFlow then writes beyond its memory: results may be wrong, and the process may break down.
    """
    for axis in range(first + 1, first + axes):
        if tensor.shape[axis] == 1:
            need = "more than 1, as dots stand for it and not all tensors have it: TensorFlow may break down"
            raise WrongSize(tensor, axis, need)


def _elided(term: str, tensor: Tensor) -> int:
    """For how many axes the dots of a term stand."""
    letters = len(term.replace("...", ""))
    if "..." in term:
        return tensor.need_rank_at_least(letters).rank - letters
    return tensor.need_rank(letters).rank - letters
