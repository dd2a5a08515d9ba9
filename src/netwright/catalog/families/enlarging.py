"""Axes that become longer by whole factors."""

from __future__ import annotations

from collections.abc import Sequence

from netwright.catalog.families.windows import layout, need_layout
from netwright.tensors import Dim, Tensor


def enlarged(inputs: Tensor, data_format: str | None, factors: Sequence[int]) -> Tensor:
    """The input with each spatial axis longer by its factor.

    Raises:
        WrongRank: it has not one spatial axis for each of the `factors`, a batch and a channel axis.
    """
    need_layout(inputs, data_format, len(factors))
    shape: list[Dim] = list(inputs.shape)
    for axis, factor in zip(layout(data_format, len(factors))[0], factors, strict=True):
        size = shape[axis]
        if factor > 1:
            shape[axis] = size * factor if isinstance(size, int) else None
    return inputs.with_shape(*shape)
