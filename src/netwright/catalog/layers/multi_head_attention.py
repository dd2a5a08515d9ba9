"""`MultiHeadAttention`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import PositiveInt, Sizes
from netwright.catalog.families.attending import Attention, AttentionCall, axes_of, check_inputs, check_together
from netwright.catalog.families.axes import as_tuple, need_some
from netwright.catalog.families.heads import WHY_FEATURES, HeadAttention
from netwright.catalog.families.masks import check_mask
from netwright.misfits import (
    AxisOutOfRange,
    RanksDiffer,
    SizesDiffer,
    UnknownSize,
    WrongAxis,
    WrongDtype,
    WrongRank,
)
from netwright.operation import Variable, case
from netwright.tensors import Tensor, differ

# For the cases.
SMALL: dict[str, Any] = {"num_heads": 2, "key_dim": 4}
SCORES = {"return_attention_scores": True}
CAUSAL = {"use_causal_mask": True}


class MultiHeadAttention(HeadAttention):
    """Let each step of the query look at all steps of the values, and take from them by how well the keys match.

    Each head does so with projections of its own. Without `key`, the values are also the keys. Keras 3.15 ignores
    a `query_mask` that is given.

    Arguments:
        num_heads: number of heads
        key_dim: number of features of query and key in each head
        value_dim: number of features of the values in each head; null takes `key_dim`
        output_shape: size of the last axis of the output, or of the axes that take its place; null takes the query's
        attention_axes: axes along which to look; null takes all between the batch axis and the last
    """

    num_heads: PositiveInt
    key_dim: PositiveInt
    value_dim: PositiveInt | None = None
    output_shape: Annotated[int | tuple[int, ...] | None, Sizes(None, nullable=True)] = None
    attention_axes: Annotated[int | tuple[int, ...] | None, Sizes(None, minimum=None, nullable=True)] = None

    @model_validator(mode="after")
    def _has_an_axis(self) -> Self:
        need_some(self.attention_axes, "attention_axes")
        return self

    @property
    def head_dims(self) -> tuple[int, int]:
        """The numbers of features of keys and values in each head."""
        return self.key_dim, self.value_dim or self.key_dim

    def attention(self, query: Tensor, value: Tensor) -> Attention:
        """The axes along which the query attends."""
        return Attention(query, value, axes_of(query, value, self.attention_axes), self.num_heads)

    def infer(
        self,
        query: Tensor,
        value: Tensor,
        key: Tensor | None = None,
        *,
        query_mask: Tensor | None = None,
        value_mask: Tensor | None = None,
        key_mask: Tensor | None = None,
        attention_mask: Tensor | None = None,
        call: AttentionCall,
    ) -> tuple[Tensor, ...]:
        """The query, with another last axis; the weights as (batch, heads, queries, values)."""
        check_inputs(query, value, value if key is None else key)
        attention = self.attention(query, value)
        if (call.use_causal_mask or self.sliding_window) and attention.axes != (1,):
            raise WrongAxis(query, attention.axes[-1], "1, the axis of causal masks and windows", "attention_axes")
        if query_mask is not None:
            check_mask(query_mask.need_rank(query.rank - 1), query, range(query.rank - 1))
        masks = [mask for mask in (value_mask, key_mask) if mask is not None]
        for mask in masks:
            attention.check_values_mask(mask)
        if attention_mask is not None:
            attention.check_mask(attention_mask)
        check_together(attention_mask, masks)
        output = query.with_shape(*query.shape[:-1], *self._features(query)).with_dtype(self.compute_dtype)
        return (output, self._scores(query, value)) if call.return_attention_scores else (output,)

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> Tensor | None:
        """The mask of the query, which keeps each of its steps from seeing anything where it is false."""
        if mask is not None:
            self.attention(inputs, inputs).check_mask(mask.with_shape(*mask.shape, 1))
        return mask

    def _features(self, query: Tensor) -> tuple[int, ...]:
        """The axes of the output that take the place of the query's last."""
        if self.output_shape:
            return as_tuple(self.output_shape)
        return (query.known(-1, WHY_FEATURES),)

    def _scores(self, query: Tensor, value: Tensor) -> Tensor:
        """The weights. Where they are not square, or have more axes, Keras is wrong about their shape."""
        queries, values = query.need_rank(3, "batch, steps, features").shape[1], value.shape[1]
        if isinstance(queries, int):
            value.known(1, "because Keras takes the scores to be as wide as they are high")
            if differ(queries, values):
                raise SizesDiffer(query, value, (1, 1))
        columns = None if isinstance(values, int) and not isinstance(queries, int) else values
        return Tensor((query.shape[0], self.num_heads, queries, columns), self.compute_dtype)

    def variables(self, query: Tensor, value: Tensor, key: Tensor | None = None, **ports: Any) -> Iterator[Variable]:
        """A projection into heads for each input, one for the gate, and one out of the heads."""
        key_dim, value_dim = self.head_dims
        inward = [("query", query, key_dim), ("key", value if key is None else key, key_dim)]
        inward += [("gate", query, value_dim)] * self.use_gate + [("value", value, value_dim)]
        for name, one, dim in inward:
            yield from self.projection(name, (one.known(-1, WHY_FEATURES),), (self.num_heads, dim))
        yield from self.projection("attention_output", (self.num_heads, value_dim), self._features(query))

    cases = (
        case("N 5 8", "N 7 6", **SMALL, to="N 5 8", params=256),
        case("N 5 8", "N 7 6", "N 7 3", **SMALL, value_dim=3, to="N 5 8", params=202),
        case("N t 8", "N s 8", **SMALL, use_bias=False, to="N t 8", params=256),
        case("N 5 8", "N 5 8", **SMALL, value_dim=3, use_gate=True, to="N 5 8", params=308),
        case("N 5 8", "N 5 8", **SMALL, output_shape=[3, 2], to="N 5 3 2", params=270),
        case("N ? 8", "N ? 8", **SMALL, call=SCORES, to=("N ? 8", "N 2 ? ?")),
        case("N t 8", "N 7 8", **SMALL, call=SCORES, to=("N t 8", "N 2 t ?")),
        case("N 5 8", "N 5 8", **SMALL, call=SCORES | CAUSAL, to=("N 5 8", "N 2 5 5")),
        case("N 5 6 8", "N 7 9 8", **SMALL, to="N 5 6 8"),
        case("N 5 6 8", "N 7 6 8", **SMALL, attention_axes=1, call=CAUSAL, to="N 5 6 8"),
        case("N 5 6 8", "N 5 9 8", **SMALL, attention_axes=[-2], dropout=0.1, to="N 5 6 8"),
        case("N 5 8:int32", "N 5 8", **SMALL, dtype="mixed_float16", to="N 5 8:float16"),
        case("N 5 8", "N 7 8", ports={"value_mask": "N 7:bool", "attention_mask": "N 5 7"}, **SMALL, to="N 5 8"),
        case("N 5 8", "N 7 8", ports={"attention_mask": "N 2 1 7:bool"}, **SMALL, to="N 5 8"),
        case("N 8", "N 8", **SMALL, fails=WrongRank, late=True),
        case("N 5 ?", "N 5 8", **SMALL, fails=UnknownSize),
        case("N 5 8", "N 5 ?", **SMALL, fails=UnknownSize),
        case("N 5 6 8", "N 7 8", **SMALL, fails=RanksDiffer, late=True),
        case("N 5 8", "N 7 8", "N 6 8", **SMALL, fails=SizesDiffer),
        case("N 5 8", "N ? 8", "N 6 8", **SMALL, fails=UnknownSize),
        case("2 5 8", "3 5 8", **SMALL, fails=SizesDiffer, late=True),
        case("N 5 6 8", "N 7 9 8", **SMALL, attention_axes=1, fails=SizesDiffer, late=True),
        case("N 5 8", "N 5 8", **SMALL, attention_axes=5, fails=AxisOutOfRange),
        case("N 5 8", "N 5 8", **SMALL, attention_axes=3, fails=AxisOutOfRange, silent="the heads would be compared"),
        case("N 5 8", "N 5 8", **SMALL, attention_axes=0, fails=WrongAxis, silent="samples would look at each other"),
        case("N 5 6 8", "N 5 6 8", **SMALL, attention_axes=[1, 1], fails=WrongAxis, late=True),
        case("N 5 6 8", "N 5 6 8", **SMALL, call=CAUSAL, fails=WrongAxis, late=True),
        case("N 5 6 8", "N 5 6 8", **SMALL, sliding_window=2, fails=WrongAxis, late=True),
        case("N 5 8", "N 7 8", **SMALL, ports={"value_mask": "N 5:bool"}, fails=SizesDiffer, late=True),
        case("N 5 8", "N 7 8", **SMALL, ports={"key_mask": "N 7 1:bool"}, fails=WrongRank, late=True),
        case("N 5 8", "N 7 8", **SMALL, ports={"query_mask": "N 7"}, fails=SizesDiffer, silent="it is not looked at"),
        case("N 5 8", "N 7 8", **SMALL, ports={"attention_mask": "N 5 6:bool"}, fails=SizesDiffer, late=True),
        case("N 5 8", "N 7 8", **SMALL, ports={"attention_mask": "N 5 7:string"}, fails=WrongDtype, late=True),
        case("N 5 8", "N 7 8", **SMALL, ports={"attention_mask": "N 7:bool"}, fails=WrongRank, late=True),
        case("N 5 6 8", "N 5 6 8", **SMALL, ports={"value_mask": "N 5:bool"}, fails=WrongRank, late=True),
        case(
            "3 5 8",
            "3 7 8",
            **SMALL,
            ports={"attention_mask": "3 2 5 7:bool", "value_mask": "3 7:bool"},
            fails=WrongRank,
            late=True,
        ),
        case("N 5 8", "N 7 8", **SMALL, call=SCORES, fails=SizesDiffer, silent="Keras reports square scores"),
        case("N 5 8", "N ? 8", **SMALL, call=SCORES, fails=UnknownSize, silent="Keras reports square scores"),
        case("N 5 6 8", "N 5 6 8", **SMALL, call=SCORES, fails=WrongRank, silent="Keras reports four axes"),
        case("N 5 8:string", "N 5 8", **SMALL, fails=WrongDtype, late=True),
    )
