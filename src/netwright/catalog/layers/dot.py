"""`Dot`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from netwright.arguments import Pair, Sizes
from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.catalog.families.normalizing import unit_flops
from netwright.layer import Stateless
from netwright.misfits import AxisOutOfRange, SizesDiffer, UnknownSize, WrongAxis, WrongCount, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor, differ


class Dot(Stateless):
    """Multiply two tensors, sample by sample, and sum the products over one axis of each.

    The output has the other axes of the first tensor, and then those of the second.

    Arguments:
        axes: the axis over which the products are summed, or a list of two: that of the first tensor, that of the
            second
        normalize: whether both are divided by their length along that axis first, which gives the cosine of the angle
    """

    supports_masking: ClassVar[bool] = True

    axes: Annotated[Pair, Sizes(2, minimum=None)]
    normalize: bool = False

    def infer(self, inputs: Sequence[Tensor]) -> Tensor:
        """The axes that are left; if none is, one of size 1."""
        first, second = self._both(inputs)
        mine, other = self._summed(first, second)
        if differ(first.shape[0], second.shape[0]):
            raise SizesDiffer(first, second, (0, 0))
        if differ(first.shape[mine], second.shape[other]):
            raise SizesDiffer(first, second, (mine, other))
        # Keras compares the sizes themselves: what it knows with what it does not.
        known = isinstance(first.shape[mine], int)
        if known != isinstance(second.shape[other], int):
            unknown = (second, other) if known else (first, mine)
            raise UnknownSize(*unknown, "because that of the axis that meets it is")
        left = [size for axis, size in enumerate(first.shape) if axis != mine]
        left += [size for axis, size in enumerate(second.shape) if axis not in (0, other)]
        return Tensor((*left, 1) if len(left) == 1 else tuple(left), self.compute_dtype)

    def _both(self, inputs: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
        """The two tensors, if they can be multiplied."""
        if len(inputs) != 2:
            raise WrongCount("inputs", "2", len(inputs), tuple(inputs))
        for one in inputs:
            (need_floats if self.normalize else need_numbers)(one).need_rank_at_least(2)
        if not any(one.holds_floats for one in inputs):
            raise WrongDtype(inputs[0], "floats, at least one of the two")
        return inputs[0], inputs[1]

    def _summed(self, first: Tensor, second: Tensor) -> tuple[int, int]:
        """The positions of the axes over which the products are summed."""
        for one, axis in zip((first, second), self.axes, strict=True):
            if one.axis(axis, "axes") == 0:
                raise WrongAxis(one, axis, "an axis after the batch axis", "axes")
        return first.axis(self.axes[0], "axes"), second.axis(self.axes[1], "axes")

    def compute_mask(self, mask: Sequence[Tensor | None], inputs: Sequence[Tensor]) -> None:
        """None: the axes of the masks are not those of the output."""
        return

    def flops(self, inputs: Sequence[Tensor]) -> int:
        """A product and a sum for each entry of the output and each step of the axis; twice a division by a length."""
        first, second = self._both(inputs)
        mine, other = self._summed(first, second)
        summed = first.known(mine, "to count the products")
        total = 2 * summed * self.infer(inputs).each_sample()
        if self.normalize:
            total += unit_flops(first, (mine,)) + unit_flops(second, (other,))
        return total

    cases = (
        case("N 4", "N 4", axes=1, to="N 1", params=0),
        case("N 3 4", "N 5 4", axes=-1, to="N 3 5"),
        case("N 4 t", "N ? 4", axes=[1, 2], normalize=True, to="N t ?"),
        case("N 3 4", "N 4", axes=[2, 1], to="N 3"),
        case("N 4", "N 3 4 5", axes=[1, 2], to="N 3 5"),
        case("N 4 3 5", "N 6 7 4", axes=[-3, -1], to="N 3 5 6 7"),
        case("N 2 t", "N 3 t", axes=2, to="N 2 3"),
        case("2 3 4", "N 5 4", axes=2, dtype="mixed_float16", to="2 3 5:float16"),
        case("N 3 4:int32", "N 5 4", axes=2, to="N 3 5"),
        case("N 4", "N 5", axes=1, fails=SizesDiffer),
        case("2 4", "3 4", axes=1, fails=SizesDiffer, late=True),
        case("N 4", "N ?", axes=1, fails=UnknownSize),
        case("N 4", "N 4", "N 4", axes=1, fails=WrongCount),
        case("N 3 4", "N 4", axes=2, fails=AxisOutOfRange),
        case("N 4", "N 4", axes=-3, fails=AxisOutOfRange),
        case("N 4", "N 4", axes=0, fails=WrongAxis, late=True),
        case("N", "N 4", axes=[0, 1], fails=WrongRank),
        case("N 4:int32", "N 4", axes=1, normalize=True, fails=WrongDtype, late=True),
        case("N 4:int32", "N 4:int32", axes=1, fails=WrongDtype, silent="Keras calls the output floats"),
    )
