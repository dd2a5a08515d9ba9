"""`Concatenate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.joining import check_alike, total
from netwright.layer import Stateless
from netwright.misfits import AxisOutOfRange, RanksDiffer, SizesDiffer, WrongAxis, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class Concatenate(Stateless):
    """Join tensors along one axis. On all others they must have the same sizes.

    Arguments:
        axis: the axis along which the tensors are joined
    """

    supports_masking: ClassVar[bool] = True

    axis: int = -1

    def infer(self, inputs: Sequence[Tensor]) -> Tensor:
        """The shape of the first input, with the sum of all sizes on the axis."""
        first = inputs[0]
        joined = first.axis(self.axis)
        if joined == 0:
            raise WrongAxis(first, self.axis, "an axis after the batch axis", "axis")
        check_alike(inputs, joined)
        size = total(tuple(need_numbers(one).shape[joined] for one in inputs))
        return first.with_size(joined, size).called(self.compute_dtype, *inputs)

    def compute_mask(self, mask: Sequence[Tensor | None], inputs: Sequence[Tensor]) -> Tensor | None:
        """The masks, each spread over its input, joined like these, and of each last axis whether any entry passes.

        What has no mask passes.
        """
        if all(one is None for one in mask):
            return None
        spread = [
            one if one is not None and one.rank >= tensor.rank else tensor
            for tensor, one in zip(inputs, mask, strict=True)
        ]
        for tensor, one in zip(inputs, mask, strict=True):
            if one is not None and one.rank < tensor.rank - 1:
                raise WrongRank(one, str(tensor.rank - 1), "those of the input but the last, to be spread over it")
        return Tensor(self.infer(spread).shape[:-1], "bool")

    cases = (
        case("N 4", "N 5", to="N 9", params=0),
        case("N 3 4", "N 5 4", axis=1, to="N 8 4"),
        case("N 3 4", "N 5 4", "N 1 4", axis=-2, to="N 9 4"),
        case("N t 4", "N t 5", to="N t 9"),
        case("N ? 4", "N 3 5", to="N ? 9"),
        case("N 3 5", "N ? 4", to="N 3 9"),
        case("N t 4", "N 3 4", axis=1, to="N ? 4"),
        case("2 4", "N 4", to="2 8"),
        case("N 4", to="N 4"),
        case("N t 4", axis=1, to="N t 4"),
        case("N 4:int32", "N 4:int32", to="N 8:float32!"),
        case("N 4:bool", "N 4", dtype="mixed_float16", to="N 8:float16"),
        case("N 3 4", "N 5 4", fails=SizesDiffer),
        case("N ? 4", "N 3 4", "N 5 4", fails=SizesDiffer),
        case("N 1 4", "N 3 4", fails=SizesDiffer),
        case("2 4", "3 4", fails=SizesDiffer),
        case("N 3 4", "N 4", fails=RanksDiffer),
        case("N 4", "N 4", axis=2, fails=AxisOutOfRange),
        case("N 4", "N 4", axis=-3, fails=AxisOutOfRange),
        case("N 4", axis=2, fails=AxisOutOfRange, silent="of one tensor Keras takes any axis"),
        case("N 4", "N 4", axis=0, fails=WrongAxis, silent="samples would no longer match their targets"),
        case("N", "N", fails=WrongAxis, silent="the only axis is the batch axis"),
        case("N 4:string", "N 4:string", fails=WrongDtype, silent="Keras calls the output floats"),
    )
