"""The shape of a random choice that is made once for several entries."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from netwright.arguments import Sizes
from netwright.misfits import WrongLength, WrongSize
from netwright.tensors import Tensor, differ

NoiseShape: TypeAlias = Annotated[tuple[int | None, ...] | None, Sizes(None, nullable=True, scalar=False, holes=True)]


def check_noise(noise_shape: tuple[int | None, ...] | None, inputs: Tensor) -> None:
    """Refuse a shape that can't be spread over the input: Keras finds out in training, not before.

    Raises:
        WrongLength: it has more entries than the input has axes, or fewer of which one is null.
        WrongSize: a size is neither 1 nor that of the input.
    """
    if noise_shape is None:
        return
    missing = inputs.rank - len(noise_shape)
    if missing < 0 or (missing and None in noise_shape):
        raise WrongLength(inputs, str(inputs.rank), "noise_shape")
    for axis, size in enumerate(noise_shape, missing):
        if size != 1 and differ(inputs.shape[axis], size):
            raise WrongSize(inputs, axis, f"{size}, as in `noise_shape`", "noise_shape")
