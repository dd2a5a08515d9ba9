"""What the attentions share that compare query and keys as they are, without heads and projections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from netwright.arguments import Fraction
from netwright.catalog.families.attending import AttentionCall, attention_outputs
from netwright.catalog.families.dtypes import need_numbers, wider
from netwright.catalog.families.masks import check_mask
from netwright.layer import Layer
from netwright.misfits import RanksDiffer, SizesDiffer, WrongCount, WrongDtype, WrongRank
from netwright.operation import CallArguments
from netwright.tensors import Tensor, differ


class ScoredAttention(Layer):
    """An attention over the last axis but one. Those before it are carried through.

    Arguments:
        use_scale: whether what is compared has a learned factor
        dropout: share of the weights that training sets to zero
    """

    supports_masking: ClassVar[bool] = True

    use_scale: bool = False
    dropout: Fraction = 0.0

    Call = AttentionCall

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The output, and the weights if asked for."""
        return attention_outputs(call)

    def infer(
        self, inputs: Sequence[Tensor], *, mask: Sequence[Tensor] = (), call: AttentionCall
    ) -> tuple[Tensor, ...]:
        """The query, with the features of the values; the weights as (..., queries, values)."""
        query, value, key = parts(inputs)
        if len(mask) not in (0, 2):
            raise WrongCount("mask", "2: one of the query, one of the value", len(mask), tuple(mask))
        if mask:
            check_query_mask(mask[0], query)
            check_value_mask(mask[1], scores_of(query, key), causal=call.use_causal_mask)
        scored, dtype = self.score_dtype(query, key), self.compute_dtype
        if wider(value.dtype, scored) != dtype or (call.return_attention_scores and scored != dtype):
            raise WrongDtype(query, f"floats, because Keras would give {scored} where it says {dtype}")
        output, scores = query.with_last(value.last).with_dtype(dtype), scores_of(query, key).with_dtype(dtype)
        return (output, scores) if call.return_attention_scores else (output,)

    def score_dtype(self, query: Tensor, key: Tensor) -> str:
        """The dtype of the scores.

        Raises:
            Misfit: query and keys can't be compared.
        """
        raise NotImplementedError

    def score_flops(self, query: Tensor, key: Tensor) -> int:
        """The cost of comparing query and keys.

        Raises:
            Misfit: a size is not known.
        """
        raise NotImplementedError

    def compute_mask(self, mask: Sequence[Tensor | None], inputs: Sequence[Tensor]) -> Tensor | None:
        """The mask of the query, which also sets the output to zero where it is false."""
        query, _, key = parts(inputs)
        if mask[0] is not None:
            check_query_mask(mask[0], query)
        # With more axes, only a causal mask makes it fit.
        if mask[1] is not None and mask[1].rank == 2:
            check_value_mask(mask[1], scores_of(query, key), causal=False)
        return mask[0]

    def flops(self, inputs: Sequence[Tensor], *, mask: Sequence[Tensor] = (), call: AttentionCall) -> int:
        """Scores, probabilities, and their products with the values; where there is a mask, one difference."""
        query, value, key = parts(inputs)
        scores = scores_of(query, key)
        each = scores.each_sample()
        total = self.score_flops(query, key) + 5 * each + 2 * each * value.known(-1, "to count the products")
        if mask or call.use_causal_mask:
            total += each
        if call.use_causal_mask:
            total += scores.with_shape(None, *scores.shape[-2:]).each_sample()
        return total


def parts(inputs: Sequence[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """Query, value and key; without a key, the value is it.

    Raises:
        WrongCount: there are not two or three tensors.
        WrongDtype: one of them holds strings.
        WrongRank: there are fewer than three axes.
        RanksDiffer, SizesDiffer: they can't attend to each other.
    """
    if len(inputs) not in (2, 3):
        raise WrongCount("inputs", "2 or 3: query, value, and perhaps key", len(inputs), tuple(inputs))
    query, value = inputs[:2]
    key = inputs[-1]
    need_numbers(query).need_rank_at_least(3, "batch, steps, features")
    for one in inputs[1:]:
        if need_numbers(one).rank != query.rank:
            raise RanksDiffer(query, one)
        for axis in range(query.rank - 2):
            if one.shape[axis] != 1 and differ(query.shape[axis], one.shape[axis]):
                raise SizesDiffer(query, one, (axis, axis))
    if differ(value.shape[-2], key.shape[-2]):
        raise SizesDiffer(value, key, (value.rank - 2, key.rank - 2))
    return query, value, key


def scores_of(query: Tensor, key: Tensor) -> Tensor:
    """The weights that each step of the query gives to each step of the keys."""
    return query.with_last(key.shape[-2])


def check_alike(query: Tensor, key: Tensor) -> None:
    """Refuse query and keys that can't be added, entry by entry.

    Raises:
        SizesDiffer: they have different numbers of features, and neither has one.
        WrongDtype: they have different dtypes, or hold booleans.
    """
    if 1 not in (query.last, key.last) and differ(query.last, key.last):
        raise SizesDiffer(query, key, (query.rank - 1, key.rank - 1))
    if query.dtype == "bool":
        raise WrongDtype(query, "numbers")
    if query.dtype != key.dtype:
        raise WrongDtype(key, f"{query.dtype} as keys, like the query")


def added_features(query: Tensor, key: Tensor) -> int:
    """The number of features after adding query and keys.

    Raises:
        UnknownSize: it is not known.
    """
    return max(one.known(-1, "to count the sums") for one in (query, key))


def check_query_mask(mask: Tensor, query: Tensor) -> None:
    """Refuse a mask that can't be spread over the steps of the query.

    Raises:
        WrongRank: it has fewer than two axes, or as many as the query.
        SizesDiffer: a size is neither 1 nor that of the query.
        WrongDtype: it holds strings.
    """
    first = query.rank - 1 - mask.rank
    if mask.rank < 2 or first < 0 or _meets_another(mask, first):
        raise WrongRank(mask, str(query.rank - 1), "batch, steps")
    check_mask(mask, query, range(first, query.rank - 1))


def check_value_mask(mask: Tensor, scores: Tensor, *, causal: bool) -> None:
    """Refuse a mask that can't be spread over the scores, where one of steps has no axis of queries yet.

    Raises:
        WrongRank: it has fewer than two axes, or more than the scores.
        SizesDiffer: a size is neither 1 nor that of the scores.
        WrongDtype: it holds strings.
    """
    steps_only = causal or mask.rank == 2
    first = scores.rank - mask.rank - steps_only
    if mask.rank < 2 or first < 0 or _meets_another(mask, first):
        raise WrongRank(mask, str(scores.rank - steps_only), "batch, steps")
    axes = list(range(first, scores.rank))
    if steps_only:
        del axes[-2]
    check_mask(mask, scores, axes)


def _meets_another(mask: Tensor, first: int) -> bool:
    """Whether the batch axis of a mask meets another axis, for which only batches of one size would do."""
    return first > 0 and not isinstance(mask.shape[0], int)


def is_float(*tensors: Tensor) -> bool:
    """Whether one of the tensors holds floats."""
    return any(one.holds_floats for one in tensors)
