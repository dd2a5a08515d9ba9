"""One tensor as several, along an axis."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.parts import Cuts, PartCount, part_names
from netwright.misfits import AxisOutOfRange, UnknownSize, WrongRank, WrongSize
from netwright.op import Op
from netwright.operation import CallArguments, case
from netwright.tensors import Dim, Tensor

EAGER = "in a graph Keras fails"
EMPTY = "a part would be empty"


class Splitting(Op):
    """A tensor, split along an axis. The outputs are `part_0`, `part_1` and so on.

    Arguments:
        indices_or_sections: the number of equal parts; or a list of the positions at which the second part begins,
            the third, and so on
    """

    indices_or_sections: Annotated[int | tuple[int, ...], Cuts()]

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """One for each part."""
        cuts = self.indices_or_sections
        return part_names(cuts if isinstance(cuts, int) else len(cuts) + 1)

    def flops(self, x: Tensor) -> int:
        """None but what it takes to make sizes of positions."""
        return 0 if isinstance(self.indices_or_sections, int) else len(self.indices_or_sections)

    def _parts(self, x: Tensor, axis: int) -> tuple[Tensor, ...]:
        return tuple(x.with_size(axis, size) for size in self._sizes(x, axis))

    def _sizes(self, x: Tensor, axis: int) -> list[Dim]:
        cuts, size = self.indices_or_sections, x.shape[axis]
        if isinstance(cuts, int):
            if isinstance(size, int) and size % cuts:
                raise WrongSize(x, axis, f"a multiple of {cuts}", "indices_or_sections")
            each = size // cuts if isinstance(size, int) else size if cuts == 1 else None
            return [each] * cuts
        end = x.known(axis, "because Keras subtracts the last position from it")
        if end <= cuts[-1]:
            raise WrongSize(x, axis, f"more than {cuts[-1]}, where the last part begins", "indices_or_sections")
        return [after - before for before, after in pairwise([0, *cuts, end])]


class Split(Splitting):
    """Split a tensor along an axis into equal parts, or at given positions.

    Arguments:
        axis: the axis that is split
    """

    axis: int = 0

    def infer(self, x: Tensor) -> tuple[Tensor, ...]:
        """The shape of the input, with a share of the axis, for each part."""
        return self._parts(x, x.axis(self.axis))

    cases = (
        case("N 6", indices_or_sections=3, axis=1, to=("N 2", "N 2", "N 2")),
        case("N t 6:int32", indices_or_sections=[1, 4], axis=-1, to=("N t 1:int32", "N t 3:int32", "N t 2:int32")),
        case("N t 6", indices_or_sections=3, axis=1, to=("N ? 6", "N ? 6", "N ? 6")),
        case("N t", indices_or_sections=1, axis=1, to=("N t",)),
        case("4 3", indices_or_sections=2, to=("2 3", "2 3")),
        case("N 6", indices_or_sections=4, axis=1, fails=WrongSize),
        case("N 6", indices_or_sections=[7], axis=1, fails=WrongSize),
        case("N 6", indices_or_sections=2, axis=2, fails=AxisOutOfRange),
        case("N 6", indices_or_sections=[6], axis=1, fails=WrongSize, silent=EMPTY),
        case("N 6", indices_or_sections=[1], fails=UnknownSize, silent=EAGER),
    )


class Hsplit(Splitting):
    """Split a tensor along axis 1, the first after the batch axis, or along the only axis."""

    def infer(self, x: Tensor) -> tuple[Tensor, ...]:
        """The shape of the input, with a share of the axis, for each part."""
        x.need_rank_at_least(1)
        return self._parts(x, min(x.rank - 1, 1))

    cases = (
        case("N 6", indices_or_sections=3, to=("N 2", "N 2", "N 2")),
        case("N 6 t", indices_or_sections=[2, 3], to=("N 2 t", "N 1 t", "N 3 t")),
        case("4:int32", indices_or_sections=2, to=("2:int32", "2:int32")),
        case("N 6", indices_or_sections=4, fails=WrongSize),
        case(":", indices_or_sections=1, fails=WrongRank),
        case("N 6", indices_or_sections=[6], fails=WrongSize, silent=EMPTY),
        case("N t", indices_or_sections=[1], fails=UnknownSize, silent=EAGER),
    )


class Vsplit(Splitting):
    """Split a tensor along axis 0, the batch axis."""

    def infer(self, x: Tensor) -> tuple[Tensor, ...]:
        """The shape of the input, with a share of the axis, for each part."""
        return self._parts(x.need_rank_at_least(2), 0)

    cases = (
        case("6 t", indices_or_sections=3, to=("2 t", "2 t", "2 t")),
        case("6 3:int32", indices_or_sections=[5], to=("5 3:int32", "1 3:int32")),
        case("N 3", indices_or_sections=3, to=("? 3", "? 3", "? 3")),
        case("6 3", indices_or_sections=4, fails=WrongSize),
        case("6", indices_or_sections=2, fails=WrongRank),
        case("6 3", indices_or_sections=[6], fails=WrongSize, silent=EMPTY),
        case("N 3", indices_or_sections=[1], fails=UnknownSize, silent=EAGER),
    )


class Dsplit(Splitting):
    """Split a tensor along axis 2."""

    def infer(self, x: Tensor) -> tuple[Tensor, ...]:
        """The shape of the input, with a share of the axis, for each part."""
        return self._parts(x.need_rank_at_least(3), 2)

    cases = (
        case("N t 6", indices_or_sections=3, to=("N t 2", "N t 2", "N t 2")),
        case("N t 6 3:int32", indices_or_sections=[5], to=("N t 5 3:int32", "N t 1 3:int32")),
        case("N 3 6", indices_or_sections=4, fails=WrongSize),
        case("N 6", indices_or_sections=2, fails=WrongRank),
        case("N 3 6", indices_or_sections=[6], fails=WrongSize, silent=EMPTY),
        case("N 3 t", indices_or_sections=[1], fails=UnknownSize, silent=EAGER),
    )


class ArraySplit(Op):
    """Split a tensor along an axis into parts that are as equal as can be; the first ones are longer by 1.

    The outputs are `part_0`, `part_1` and so on.

    Arguments:
        indices_or_sections: the number of parts
        axis: the axis that is split
    """

    indices_or_sections: PartCount
    axis: int = 0

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """One for each part."""
        return part_names(self.indices_or_sections)

    def infer(self, x: Tensor) -> tuple[Tensor, ...]:
        """The shape of the input, with a share of the axis, for each part."""
        axis, count = x.axis(self.axis), self.indices_or_sections
        size = x.known(axis, "because in a graph Keras splits an unknown size into other parts")
        if size < count:
            raise WrongSize(x, axis, f"at least {count}, so that no part is empty", "indices_or_sections")
        return tuple(x.with_size(axis, size // count + (number < size % count)) for number in range(count))

    cases = (
        case("N 7", indices_or_sections=3, axis=1, to=("N 3", "N 2", "N 2")),
        case("N t 4:int32", indices_or_sections=2, axis=-1, to=("N t 2:int32", "N t 2:int32")),
        case("5 3", indices_or_sections=2, to=("3 3", "2 3")),
        case("N 4", indices_or_sections=2, axis=2, fails=AxisOutOfRange),
        case("N 4", indices_or_sections=2, axis=-3, fails=AxisOutOfRange, late=True),
        case("N 4", indices_or_sections=5, axis=1, fails=WrongSize, silent=EMPTY),
        case("N 4", indices_or_sections=2, fails=UnknownSize, silent="in a graph it is split into other parts"),
    )


class Unstack(Op):
    """Take a tensor apart along an axis, which goes. The outputs are `part_0`, `part_1` and so on.

    Arguments:
        num: the size of the axis, which is the number of outputs; it must be given
        axis: the axis that goes
    """

    num: PartCount | None = None
    axis: int = 0

    @model_validator(mode="after")
    def _says_how_many(self) -> Self:
        if self.num is None:
            raise conflict("num", "the size of the axis must be given, for it is the number of outputs")
        return self

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """One for each entry of the axis."""
        return part_names(self.num or 0)

    def infer(self, x: Tensor) -> tuple[Tensor, ...]:
        """The shape of the input without the axis, for each part."""
        axis, number = x.axis(self.axis), self.num or 0
        if isinstance(x.shape[axis], int) and x.shape[axis] != number:
            raise WrongSize(x, axis, f"{number}, as `num`", "num")
        return (x.with_shape(*x.shape[:axis], *x.shape[axis + 1 :]),) * number

    cases = (
        case("N 3 4", num=3, axis=1, to=("N 4", "N 4", "N 4")),
        case("N 2:int32", num=2, axis=-1, to=("N:int32", "N:int32")),
        case("N t", num=3, to=("t", "t", "t")),
        case("2", num=2, to=(":float32", ":float32")),
        case("N 1 t", num=1, axis=1, to=("N t",)),
        case("N 3", num=2, axis=1, fails=WrongSize, late=True),
        case("N 3", num=2, axis=2, fails=AxisOutOfRange),
    )
