"""What the layers share that merge several tensors into one, entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import ClassVar

from netwright.catalog.families.dtypes import need_numbers
from netwright.layer import Stateless
from netwright.misfits import SizesDiffer, WrongDtype
from netwright.tensors import Dim, Shape, Tensor, agree


class Merge(Stateless):
    """A layer that combines tensors entry by entry, after spreading axes of size 1 and those that are missing."""

    supports_masking: ClassVar[bool] = True

    def infer(self, inputs: Sequence[Tensor]) -> Tensor:
        """The shape over which all inputs can be spread."""
        # Keras starts with the first two. What it makes of them takes booleans as 0 and 1, but two booleans do not.
        if all(one.dtype == "bool" for one in inputs[:2]):
            raise WrongDtype(inputs[0], "numbers, or booleans after a number")
        for one in inputs:
            need_numbers(one)
        return replace(inputs[0], shape=spread(inputs)).called(self.compute_dtype, *inputs)

    def compute_mask(self, mask: Sequence[Tensor | None], inputs: Sequence[Tensor]) -> Tensor | None:
        """What any of the masks lets through; none if an input has none."""
        known = [one for one in mask if one is not None]
        return Tensor(spread(known), "bool") if len(known) == len(mask) else None

    def flops(self, inputs: Sequence[Tensor]) -> int:
        """An operation for each entry of the output and each input but the first."""
        return (len(inputs) - 1) * self.infer(inputs).each_sample()


def spread(inputs: Sequence[Tensor]) -> Shape:
    """The shape that all inputs take when they meet: batch axes are equal, the others aligned at their ends.

    Raises:
        SizesDiffer: two sizes are known, differ, and neither is spread.
    """
    shape = [reduce(agree, (size for size in _met([(one, 0) for one in inputs])))]
    for back in range(max(one.rank for one in inputs) - 1, 0, -1):
        there = [(one, one.rank - back) for one in inputs if one.rank > back]
        sizes = _met([(one, axis) for one, axis in there if one.shape[axis] != 1])
        # Beside an unknown size Keras calls the result unknown, even if the other size is known: it could be 1.
        shape.append(next(iter(sizes or {1})) if len(sizes) < 2 else None)
    return tuple(shape)


def _met(places: Sequence[tuple[Tensor, int]]) -> set[Dim]:
    """The different sizes of some axes of some tensors, of which one at most may be known."""
    known = [(one, axis) for one, axis in places if isinstance(one.shape[axis], int)]
    for one, axis in known[1:]:
        if one.shape[axis] != known[0][0].shape[known[0][1]]:
            raise SizesDiffer(known[0][0], one, (known[0][1], axis))
    return {one.shape[axis] for one, axis in places}
