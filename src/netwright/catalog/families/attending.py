"""What attention is taken over: which axes, and how masks lie on the scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netwright.catalog.families.axes import positions
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.pairing import check_paired
from netwright.layer import TrainingCall
from netwright.misfits import RanksDiffer, SizesDiffer, WrongAxis, WrongRank
from netwright.tensors import Tensor, differ


class AttentionCall(TrainingCall):
    """Call arguments of attention.

    Arguments:
        return_attention_scores: whether to also give the weights with which each query looks at each value
        use_causal_mask: whether each step of the query sees only the steps of the values up to its own
    """

    return_attention_scores: bool = False
    use_causal_mask: bool = False


def attention_outputs(call: object) -> tuple[str, ...]:
    """The names of the outputs: the weights too, if the call arguments ask for them."""
    return ("output", "attention_scores") if getattr(call, "return_attention_scores", False) else ("output",)


@dataclass(frozen=True, slots=True)
class Attention:
    """A query that attends to values along `axes`; along all its other axes, each place attends on its own."""

    query: Tensor
    value: Tensor
    axes: tuple[int, ...]
    heads: int

    @property
    def scores(self) -> Tensor:
        """The weights that each entry of the query gives to each value: batch, other axes, heads, queries, values."""
        others = [size for axis, size in enumerate(self.query.shape[:-1]) if axis not in self.axes]
        ahead = [self.query.shape[axis] for axis in self.axes]
        behind = [self.value.shape[axis] for axis in self.axes]
        return Tensor((*others, self.heads, *ahead, *behind), self.query.dtype)

    @property
    def softmax_flops(self) -> int:
        """The cost of making probabilities of the scores; over several axes, with logarithms.

        Raises:
            UnknownSize: a size is not known.
        """
        scores = self.scores
        if len(self.axes) == 1:
            return 5 * scores.each_sample()
        return 3 * scores.each_sample() + scores.with_shape(*scores.shape[: -len(self.axes)]).each_sample()

    def check_mask(self, mask: Tensor) -> None:
        """Refuse a mask of the scores that can't be spread over them.

        Raises:
            WrongRank: it has too few axes, or too many.
            SizesDiffer: a size is neither 1 nor that of the scores.
        """
        scores, attended = self.scores, 2 * len(self.axes)
        if not attended < need_numbers(mask).rank <= scores.rank:
            need = f"{attended + 1} to {scores.rank}"
            raise WrongRank(mask, need, "batch, heads or none, queries, values")
        front = mask.rank - attended
        for i in range(mask.rank):
            _check_covers(mask, i, scores, i if i < front else scores.rank - mask.rank + i)

    def check_values_mask(self, mask: Tensor) -> None:
        """Refuse a mask of the values that can't be spread over the scores.

        Raises:
            WrongRank: it has another rank than the values have without features.
            SizesDiffer: a size is neither 1 nor that of the scores.
        """
        if len(self.axes) > 1:
            raise WrongRank(self.value, "3", "batch, steps, features, where there is a mask")
        if not 2 <= need_numbers(mask).rank <= self.value.rank - 1:
            raise WrongRank(mask, "2", "batch, steps")
        for i in range(mask.rank - 1):
            _check_covers(mask, i, self.scores, i)
        _check_covers(mask, mask.rank - 1, self.scores, self.scores.rank - 1)


def check_together(attention_mask: Tensor | None, of_values: Sequence[Tensor], of_query: Sequence[Tensor] = ()) -> None:
    """Refuse masks that Keras, which lays them over each other from their last axes, would lay wrongly, or can't lay.

    Raises:
        WrongRank: the mask of the scores has not just one axis more than the others.
        RanksDiffer: the others have different numbers of axes.
        SizesDiffer: two sizes differ, and neither is 1; where that of the scores is not known, only the masks tell.
    """
    masks = (*of_values, *of_query)
    for mask in masks:
        if mask.rank != masks[0].rank:
            raise RanksDiffer(masks[0], mask)
        if attention_mask is not None and attention_mask.rank != mask.rank + 1:
            raise WrongRank(attention_mask, str(mask.rank + 1), "batch, queries, values, beside another mask")
    for mask in of_values:
        _check_spread(mask, mask.rank - 1, of_values[0], mask.rank - 1)
        if attention_mask is not None:
            _check_spread(mask, mask.rank - 1, attention_mask, attention_mask.rank - 1)
    for mask in of_query:
        if attention_mask is not None:
            _check_spread(mask, mask.rank - 1, attention_mask, attention_mask.rank - 2)


def _check_covers(mask: Tensor, i: int, scores: Tensor, axis: int) -> None:
    if mask.shape[i] != 1 and differ(mask.shape[i], scores.shape[axis]):
        raise SizesDiffer(scores, mask, (axis, i))


def _check_spread(mask: Tensor, i: int, other: Tensor, axis: int) -> None:
    if 1 not in (mask.shape[i], other.shape[axis]) and differ(mask.shape[i], other.shape[axis]):
        raise SizesDiffer(other, mask, (axis, i))


def check_inputs(query: Tensor, value: Tensor, key: Tensor) -> None:
    """Refuse tensors that can't attend to each other, along whatever axes.

    Raises:
        WrongRank: there are fewer than three axes.
        RanksDiffer: two of them have different numbers of axes.
        UnknownSize: a size is not known that must be.
        SizesDiffer: two sizes differ.
    """
    query.need_rank_at_least(3, "batch, steps, features")
    for one in (query, value, key):
        need_numbers(one).known(-1, "because the kernels have a row for each feature")
        if one.rank != query.rank:
            raise RanksDiffer(query, one)
        if differ(query.shape[0], one.shape[0]):
            raise SizesDiffer(query, one, (0, 0))
    if differ(value.shape[0], key.shape[0]):
        raise SizesDiffer(value, key, (0, 0))
    for axis in range(1, value.rank - 1):
        check_paired(value, key, (axis, axis), "`key` or `value`")


def axes_of(query: Tensor, value: Tensor, attention_axes: int | tuple[int, ...] | None) -> tuple[int, ...]:
    """The positions of the attended axes; null is all between the batch and the features.

    Raises:
        AxisOutOfRange: there is no such axis.
        WrongAxis: an axis is the batch axis, that of the features, or written twice.
        SizesDiffer: query and value differ on another axis.
    """
    axes = range(1, value.rank - 1) if attention_axes is None else positions(value, attention_axes, "attention_axes")
    for axis in axes:
        if axis in (0, value.rank - 1):
            raise WrongAxis(value, axis, "between the batch axis and the last", "attention_axes")
    for axis in set(range(1, value.rank - 1)) - set(axes):
        if differ(query.shape[axis], value.shape[axis]):
            raise SizesDiffer(query, value, (axis, axis))
    return tuple(axes)
