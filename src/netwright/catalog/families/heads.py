"""What the attentions share that project query, keys and values into heads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import Fraction, PositiveInt, Seed, choice, conflict
from netwright.catalog.families.attending import Attention, AttentionCall, attention_outputs
from netwright.layer import Layer
from netwright.objects import Constraint, Initializer, Regularizer
from netwright.operation import CallArguments, Variable
from netwright.tensors import Tensor

WHY_FEATURES = "because the kernels have a row for each feature"
WHY_PAIRS = "to count the pairs of steps"


class HeadAttention(Layer):
    """The arguments that every attention with heads has.

    Arguments:
        dropout: share of the weights that training sets to zero
        use_bias: whether learned numbers are added to all projections
        sliding_window: how far each step may look, itself included, to both sides; null sets no limit
        flash_attention: always null or false
        use_gate: whether a learned gate, made from the query, scales the result
    """

    supports_masking: ClassVar[bool] = True
    # The profiler does not know the products of query, keys and values.
    profiled: ClassVar[bool] = False

    dropout: Fraction = 0.0
    use_bias: bool = True
    sliding_window: PositiveInt | None = None
    # Keras does not have it with TensorFlow.
    flash_attention: Annotated[bool | None, choice(False, None)] = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    use_gate: bool = False
    seed: Seed | None = None

    Call = AttentionCall

    @model_validator(mode="after")
    def _can_be_trained(self) -> Self:
        if not self.trainable:
            raise conflict("trainable", f"Keras trains a `{type(self).__name__}` all the same")
        return self

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The output, and the weights if asked for."""
        return attention_outputs(call)

    @property
    def head_dims(self) -> tuple[int, int]:
        """The numbers of features of keys and values in each head."""
        raise NotImplementedError

    def attention(self, query: Tensor, value: Tensor) -> Attention:
        """The axes along which the query attends."""
        raise NotImplementedError

    def projection(self, name: str, rows: tuple[int, ...], columns: tuple[int, ...]) -> Iterator[Variable]:
        """The variables of one projection."""
        yield Variable(f"{name}/kernel", (*rows, *columns))
        if self.use_bias:
            yield Variable(f"{name}/bias", columns)

    def flops(
        self, query: Tensor, value: Tensor, key: Tensor | None = None, *, call: AttentionCall, **masks: Tensor | None
    ) -> int:
        """Projections, the products of queries and keys, scaling, probabilities, and their products with values."""
        key_dim, value_dim = self.head_dims
        attention = self.attention(query, value)
        scores, fused = attention.scores.each_sample(), self._is_fused(query, call)
        queries = query.with_last(attention.heads * key_dim).each_sample()
        total = self._projected(query, value, value if key is None else key)
        total += 2 * scores * (key_dim + value_dim) + (scores if fused else queries) + attention.softmax_flops
        if self.use_gate:
            total += query.with_last(attention.heads * value_dim).each_sample()
        masked = self.sliding_window is not None or any(mask is not None for mask in masks.values())
        comparisons = 2 * (self.sliding_window is not None) + (call.use_causal_mask and (masked or not fused))
        if comparisons:
            total += comparisons * query.known(1, WHY_PAIRS) * value.known(1, WHY_PAIRS)
        return total

    def _is_fused(self, query: Tensor, call: AttentionCall) -> bool:
        """Whether Keras leaves all to one function, which scales the scores and not the query."""
        return self.dropout == 0 and not call.return_attention_scores and query.rank == 3

    def _projected(self, query: Tensor, value: Tensor, key: Tensor) -> int:
        """The cost of the projections: for each place, two operations for an entry of a kernel, one for a bias."""
        total, sides = 0, {"key": key, "value": value}
        for one in self.variables(query, value, key):
            places = sides.get(one.name.partition("/")[0], query).with_last(1).each_sample()
            total += (2 if one.name.endswith("/kernel") else 1) * one.size * places
        return total
