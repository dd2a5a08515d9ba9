"""`Softmax`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import Sizes
from netwright.catalog.families.axes import as_tuple, need_some, positions
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.masks import check_mask
from netwright.catalog.families.normalizing import groups_of
from netwright.catalog.families.swapping import swap_flops
from netwright.layer import Stateless
from netwright.misfits import AxisOutOfRange, SizesDiffer, WrongAxis, WrongDtype, WrongRank
from netwright.operation import Activity, case
from netwright.tensors import Tensor


class Softmax(Stateless):
    """Turn logits into probabilities that sum to 1. What the mask leaves out gets 0.

    Arguments:
        axis: the axis, or the axes together, over which the probabilities sum to 1
    """

    supports_masking: ClassVar[bool] = True

    axis: Annotated[int | tuple[int, ...], Sizes(None, minimum=None)] = -1

    @model_validator(mode="after")
    def _has_an_axis(self) -> Self:
        need_some(self.axis, "axis")
        return self

    @property
    def activity(self) -> Activity | None:
        """Probabilities."""
        return Activity("softmax", self.axis)

    def infer(self, inputs: Tensor, *, mask: Tensor | None = None) -> Tensor:
        """The shape of the input."""
        positions(need_floats(inputs), self.axis)
        if mask is not None:
            if mask.rank > inputs.rank or (mask.rank < inputs.rank and not isinstance(mask.shape[0], int)):
                # A mask of fewer axes is laid over the last ones: its batch axis would meet another.
                raise WrongRank(mask, str(inputs.rank))
            check_mask(mask, inputs, range(inputs.rank - mask.rank, inputs.rank))
        return inputs

    def flops(self, inputs: Tensor, *, mask: Tensor | None = None) -> int:
        """Five operations for each entry, a few to swap axes, and one for each entry of a mask that holds numbers.

        Over several axes: three for each entry, and one for each sum.
        """
        entries, axes = inputs.each_sample(), positions(inputs, self.axis)
        masking = entries if mask is not None and mask.dtype != "bool" else 0
        if len(axes) > 1:
            return masking + 3 * entries + groups_of(inputs, axes)
        return masking + 5 * entries + swap_flops(as_tuple(self.axis)[0], inputs.rank)

    cases = (
        case("N 4", to="N 4", params=0),
        case("N t ? 4", axis=1, to="N t ? 4"),
        case("N 4 5", axis=-2, to="N 4 5"),
        case("N 4 5", axis=[1, -1], to="N 4 5"),
        case("N 4 5", axis=[1], to="N 4 5"),
        case("N", to="N"),
        case("N 4", dtype="mixed_float16", to="N 4:float16"),
        case("N 4", ports={"mask": "N 4:bool"}, to="N 4"),
        case("N 3 4", ports={"mask": "N 1 4"}, to="N 3 4"),
        case("N 3 4", ports={"mask": "3 4:int32"}, to="N 3 4"),
        case("N 4", axis=2, fails=AxisOutOfRange, late=True),
        case("N 4", axis=[1, 2], fails=AxisOutOfRange, late=True),
        case("N 4 5", axis=[1, -2], fails=WrongAxis, late=True),
        case("N 4:int32", fails=WrongDtype, late=True),
        case("N 4:int32", ports={"mask": "N 4:bool"}, fails=WrongDtype, silent="with a policy the dtype is wrong"),
        case("N 4", ports={"mask": "N 3:bool"}, fails=SizesDiffer, late=True),
        case("N 1", ports={"mask": "N 3:bool"}, fails=SizesDiffer, late=True),
        case("N 4", ports={"mask": "N 4 1:bool"}, fails=WrongRank, late=True),
        case("N 3 4", ports={"mask": "N 3:bool"}, fails=WrongRank, late=True),
    )
