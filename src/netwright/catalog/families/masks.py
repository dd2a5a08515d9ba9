"""Masks: which entries of a tensor count. Keras looks at their shapes only when the first batch arrives."""

from __future__ import annotations

from collections.abc import Iterable

from netwright.catalog.families.dtypes import need_numbers
from netwright.misfits import SizesDiffer
from netwright.tensors import Tensor, differ


def check_mask(mask: Tensor, tensor: Tensor, axes: Iterable[int], *, spread: bool = True) -> None:
    """Refuse a mask whose axes do not match the `axes` of `tensor`, one by one; with `spread`, 1 matches every size.

    Raises:
        WrongDtype: the mask holds strings.
        SizesDiffer: two sizes differ.
    """
    need_numbers(mask)
    for i, axis in enumerate(axes):
        if differ(mask.shape[i], tensor.shape[axis]) and not (spread and mask.shape[i] == 1):
            raise SizesDiffer(tensor, mask, (axis, i))


def check_steps(mask: Tensor, sequences: Tensor) -> None:
    """Refuse a mask that has not one entry for each step of `sequences`.

    Raises:
        WrongDtype: the mask holds strings.
        WrongRank: it has not two axes.
        SizesDiffer: two sizes differ.
    """
    # Keras also takes (batch, steps, 1), but then fails on a GPU, where cuDNN adds the steps up.
    check_mask(mask.need_rank(2, "batch, steps"), sequences, (0, 1), spread=False)
