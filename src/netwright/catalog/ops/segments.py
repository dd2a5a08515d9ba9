"""Rows that are put together by the segments that they belong to."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from netwright.arguments import conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.misfits import SizesDiffer, WrongDtype, WrongRank
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor, differ


class Segments(Op):
    """Rows along axis 0, the batch axis, that belong to the same segment, together.

    Arguments:
        num_segments: the number of segments, which must be more than the greatest of their numbers; null takes one more
            than that; TensorFlow takes none where they are `sorted`
        sorted: whether the numbers of the segments never fall from row to row, so that each is done at once
    """

    num_segments: Annotated[int | None, Field(ge=1, lt=2**31)] = None
    sorted: bool = False

    @model_validator(mode="after")
    def _counts_what_is_not_sorted(self) -> Self:
        if self.sorted and self.num_segments is not None:
            raise conflict("num_segments", "TensorFlow takes no `num_segments` where they are `sorted`")
        return self

    @property
    def numbering(self) -> tuple[str, ...]:
        """The dtypes in which TensorFlow lets segments be numbered."""
        return ("int32", "int64")

    def infer(self, data: Tensor, segment_ids: Tensor) -> Tensor:
        """A row for each segment."""
        data.need_rank_at_least(1)
        segment_ids.need_rank(1)
        if differ(data.shape[0], segment_ids.shape[0]):
            raise SizesDiffer(data, segment_ids, (0, 0))
        if need_numbers(data).dtype == "bool":
            raise WrongDtype(data, "numbers other than booleans")
        if segment_ids.dtype not in self.numbering:
            raise WrongDtype(segment_ids, f"integers ({' or '.join(self.numbering)}) for `segment_ids`")
        return data.with_size(0, self.num_segments)

    def flops(self, data: Tensor, segment_ids: Tensor) -> int:
        """One that counts the segments; what puts rows together is not counted."""
        return 0 if self.sorted or self.num_segments is not None else 1


class SegmentSum(Segments):
    """The sums of the rows along axis 0, the batch axis, that belong to the same segment.

    Arguments:
        num_segments: the number of segments, which must be more than the greatest of their numbers; needed where they
            are not `sorted`, for Keras would count only the numbers that occur
    """

    @model_validator(mode="after")
    def _knows_the_number(self) -> Self:
        if not self.sorted and self.num_segments is None:
            raise conflict("num_segments", "say how many segments there are: Keras counts only the numbers that occur")
        return self

    @property
    def numbering(self) -> tuple[str, ...]:
        """Short integers too, if they are not sorted."""
        return super().numbering if self.sorted else ("int16", *super().numbering)

    cases = (
        case("N 4", "N:int32", num_segments=3, to="3 4"),
        case("N t:uint8", "N:int64", num_segments=3, to="3 t:uint8"),
        case("N", "N:int32", sorted=True, to="?"),
        case("N 4", "N:int16", num_segments=3, to="3 4"),
        case("N 4", "N:int16", sorted=True, fails=WrongDtype, late=True),
        case("5 4", "6:int32", num_segments=3, fails=SizesDiffer),
        case("N 4", "N 4:int32", num_segments=3, fails=WrongRank),
        case("N 4:bool", "N:int32", num_segments=3, fails=WrongDtype, late=True),
        case("N 4", "N", num_segments=3, fails=WrongDtype, late=True),
    )


class SegmentProd(Segments):
    """The products of the rows along axis 0, the batch axis, that belong to the same segment."""

    cases = (
        case("N 4", "N:int32", num_segments=3, to="3 4"),
        case("N 4", "N:int32", to="? 4"),
    )


class SegmentMax(Segments):
    """The greatest entries of the rows along axis 0, the batch axis, that belong to the same segment."""

    cases = (
        case("N 4", "N:int32", num_segments=3, to="3 4"),
        case("N 4", "N:int64", sorted=True, to="? 4"),
    )


class SegmentMin(Segments):
    """The least entries of the rows along axis 0, the batch axis, that belong to the same segment."""

    cases = (
        case("N 4", "N:int32", num_segments=3, to="3 4"),
        case("N 4:int8", "N:int32", to="? 4:int8"),
    )
