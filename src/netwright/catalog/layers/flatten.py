"""`Flatten`."""

from __future__ import annotations

from typing import ClassVar

from netwright.arguments import DataFormat
from netwright.catalog.families.reshaping import remaining
from netwright.layer import Stateless
from netwright.operation import case
from netwright.tensors import Tensor


class Flatten(Stateless):
    """Put all axes after the batch axis into one.

    Arguments:
        data_format: `channels_first` moves the second axis to the end first; null is `channels_last`
    """

    rearranges: ClassVar[bool] = True

    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """The batch axis, and the product of the others."""
        batch, *sizes = inputs.need_rank_at_least(1).shape
        return inputs.with_shape(batch, remaining(sizes, 1))

    cases = (
        case("N 3 4 5", to="N 60", params=0),
        case("N 3 4 5", data_format="channels_first", to="N 60"),
        case("N", to="N 1"),
        case("N t", to="N t"),
        case("N 1 t 1", to="N t"),
        case("N 3 t", to="N ?"),
        case("N 3 ?", to="N ?"),
        case("N 3 4:int32", to="N 12:int32"),
        case("N 3 4:string", to="N 12:string"),
        case("N 3 4", dtype="mixed_bfloat16", to="N 12:bfloat16"),
    )
