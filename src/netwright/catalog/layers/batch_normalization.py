"""`BatchNormalization`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import Fraction, conflict
from netwright.catalog.families.clipping import Clipping
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.masks import check_mask
from netwright.catalog.families.normalizing import WHY_SIZE, Normalization
from netwright.layer import TrainingCall
from netwright.misfits import AxisOutOfRange, SizesDiffer, UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.objects import OptionalInitializer
from netwright.operation import Variable, case
from netwright.tensors import Tensor


class BatchNormalization(Normalization):
    """Bring the whole batch, channel by channel, to mean 0 and variance 1, then scale and shift it.

    In training, mean and variance are those of the batch; afterwards, the moving averages that training left behind.

    Arguments:
        axis: the axis of the channels, each with a mean and a variance of its own
        momentum: how much of the moving averages each batch leaves as it was
        moving_mean_initializer: how the moving average of the mean starts
        moving_variance_initializer: how the moving average of the variance starts
        renorm: whether training corrects the batch towards the moving averages
        renorm_clipping: limits of that correction: `rmin` and `rmax` of its factor, `dmax` of its offset
        renorm_momentum: the `momentum` of the averages that the correction uses
        synchronized: whether devices that share a batch take mean and variance together
    """

    supports_masking: ClassVar[bool] = True

    axis: int = -1
    # Outside of 0 to 1, Keras lets the moving averages run away.
    momentum: Fraction = 0.99
    moving_mean_initializer: OptionalInitializer = "zeros"
    moving_variance_initializer: OptionalInitializer = "ones"
    renorm: bool = False
    renorm_clipping: Annotated[dict[str, Any] | None, Clipping()] = None
    renorm_momentum: Fraction = 0.99
    synchronized: bool = False

    Call = TrainingCall

    @model_validator(mode="after")
    def _can_start(self) -> Self:
        if self.renorm and self.moving_variance_initializer is None:
            raise conflict("renorm", "`renorm` needs a `moving_variance_initializer`, from which it starts")
        return self

    def infer(self, inputs: Tensor, *, mask: Tensor | None = None) -> Tensor:
        """The shape of the input."""
        need_numbers(inputs).known(inputs.axis(self.axis), WHY_SIZE)
        self.compute_mask(mask, inputs)
        return inputs.with_dtype(self.compute_dtype)

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> Tensor | None:
        """The mask of the input, if it can be used in training."""
        if mask is not None:
            axis = inputs.axis(self.axis)
            if inputs.shape[axis] == 1:
                raise WrongSize(inputs, axis, "more than 1 where there is a mask")
            # Whatever the axis of the channels, the mask lacks the last one.
            check_mask(mask.need_rank(inputs.rank - 1), inputs, range(inputs.rank - 1))
        return mask

    def variables(self, inputs: Tensor, **ports: Any) -> Iterator[Variable]:
        """A factor, an offset, and the averages, which only the layer itself changes."""
        shape = (inputs.known(inputs.axis(self.axis), WHY_SIZE),)
        yield from self.learned(shape)
        averages = ["moving_mean", "moving_variance"]
        if self.renorm:
            averages += ["moving_stddev", "renorm_mean", "renorm_stddev"]
        for name in averages:
            yield Variable(name, shape, trainable=False)

    def flops(self, inputs: Tensor, **ports: Any) -> int:
        """For each channel the inverse root and the offset; for each entry a product and a sum."""
        channels = inputs.known(inputs.axis(self.axis), WHY_SIZE)
        return 2 * inputs.each_sample() + (5 + self.scale) * channels

    cases = (
        case("N 4", to="N 4", params=16, frozen=8),
        case("N t ? 4", center=False, to="N t ? 4", params=12, frozen=8),
        case("N 3 ? ?", axis=1, scale=False, to="N 3 ? ?", params=9, frozen=6),
        case("N 4", renorm=True, renorm_clipping={"rmax": 3, "dmax": 5.0}, to="N 4", params=28, frozen=20),
        case("N 4", trainable=False, to="N 4", params=16, frozen=16),
        case("N 4:int32", dtype="mixed_float16", to="N 4:float16", params=16, frozen=8),
        case("2 3", axis=0, to="2 3", params=8, frozen=4),
        case("N 5 4", ports={"mask": "N 5:bool"}, to="N 5 4"),
        case("N 5 4", ports={"mask": "N 1"}, axis=1, to="N 5 4"),
        case("N ?", fails=UnknownSize),
        case("N", fails=UnknownSize),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 5 4", ports={"mask": "N 5 4:bool"}, fails=WrongRank, late=True),
        case("N 5 4", ports={"mask": "N 3:bool"}, call={"training": True}, fails=SizesDiffer, late=True),
        case("N 5 1", ports={"mask": "N 5:bool"}, fails=WrongSize, silent="training fails in a graph"),
        case("N 4:string", fails=WrongDtype, late=True),
    )
