"""Random choices that are made once for several entries."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import model_validator

from netwright.arguments import Fraction, Seed, Sizes, conflict
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.windows import need_layout
from netwright.layer import Stateless, TrainingCall
from netwright.misfits import PolicyLost, WrongLength, WrongSize
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


class SpatialDropout(Stateless):
    """A layer that drops whole channels.

    Arguments:
        rate: the share of the channels that is set to zero
        trainable: not to be given: Keras has no such argument here, and there is nothing to train
        activity_regularizer: not to be given: Keras has no such argument here
    """

    supports_masking: ClassVar[bool] = True

    rate: Fraction
    seed: Seed | None = None

    Call = TrainingCall

    @model_validator(mode="after")
    def _is_known_to_keras(self) -> Self:
        for argument in ("trainable", "activity_regularizer"):
            if argument in self.model_fields_set:
                raise conflict(argument, f"Keras has no argument `{argument}` for a `{type(self).__name__}`")
        return self

    def kept(self, inputs: Tensor, data_format: str | None, axes: int) -> Tensor:
        """The input, if it has `axes` spatial axes and channels that can be dropped.

        Raises:
            WrongRank: it has another number of axes.
            WrongDtype: it does not hold floats.
        PolicyLost: the layer has a mixed policy.
        """
        need_floats(need_layout(inputs, data_format, axes))
        if self.dtype and self.dtype.startswith("mixed_"):
            raise PolicyLost(inputs, self.dtype)
        return inputs
