"""`GroupQueryAttention`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from pydantic import model_validator

from netwright.arguments import PositiveInt, conflict
from netwright.catalog.families.attending import Attention, AttentionCall, check_inputs, check_together
from netwright.catalog.families.heads import WHY_FEATURES, HeadAttention
from netwright.catalog.families.masks import check_mask
from netwright.misfits import RanksDiffer, SizesDiffer, UnknownSize, WrongDtype, WrongRank
from netwright.operation import Variable, case
from netwright.tensors import Tensor, differ

AXES = "batch, steps, features"
# For the cases.
SMALL: dict[str, Any] = {"head_dim": 4, "num_query_heads": 6, "num_key_value_heads": 2}
SCORES = {"return_attention_scores": True}
CAUSAL = {"use_causal_mask": True}


class GroupQueryAttention(HeadAttention):
    """Let each step of the query look at all steps of the values, with several heads of the query for one of the keys.

    Without `key`, the values are also the keys. Query and values must have equally many features.

    Arguments:
        head_dim: number of features in each head
        num_query_heads: number of heads of the query
        num_key_value_heads: number of heads of keys and values, each for as many heads of the query
    """

    head_dim: PositiveInt
    num_query_heads: PositiveInt
    num_key_value_heads: PositiveInt

    @model_validator(mode="after")
    def _heads_fit(self) -> Self:
        if self.num_query_heads % self.num_key_value_heads:
            message = f"{self.num_query_heads} `num_query_heads` can't be split into {self.num_key_value_heads} groups"
            raise conflict("num_key_value_heads", message)
        return self

    @property
    def head_dims(self) -> tuple[int, int]:
        """The number of features in each head, twice."""
        return self.head_dim, self.head_dim

    def attention(self, query: Tensor, value: Tensor) -> Attention:
        """Steps attend to steps."""
        return Attention(query, value, (1,), self.num_query_heads)

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
        """The shape of the query; the weights as (batch, heads of the query, queries, values)."""
        check_inputs(query.need_rank(3, AXES), value, value if key is None else key)
        if differ(query.last, value.last):
            raise SizesDiffer(query, value, (2, 2))
        attention = self.attention(query, value)
        self._check_masks(attention, query_mask, (value_mask, key_mask), attention_mask)
        output = query.with_dtype(self.compute_dtype)
        return (output, attention.scores.with_dtype(self.compute_dtype)) if call.return_attention_scores else (output,)

    def _check_masks(
        self,
        attention: Attention,
        query_mask: Tensor | None,
        others: tuple[Tensor | None, ...],
        attention_mask: Tensor | None,
    ) -> None:
        """Refuse masks that can't be laid over the scores."""
        masks = [mask for mask in others if mask is not None]
        for mask in masks:
            attention.check_values_mask(mask)
        if query_mask is not None:
            check_mask(query_mask.need_rank(2, "batch, steps"), attention.query, (0, 1))
        if attention_mask is not None:
            attention.check_mask(attention_mask)
        check_together(attention_mask, masks, () if query_mask is None else (query_mask,))

    def variables(self, query: Tensor, value: Tensor, key: Tensor | None = None, **ports: Any) -> Iterator[Variable]:
        """A projection into heads for each input, one for the gate, and one out of the heads."""
        ahead, behind = (self.num_query_heads, self.head_dim), (self.num_key_value_heads, self.head_dim)
        inward = [("query", query, ahead), ("key", value if key is None else key, behind)]
        inward += [("gate", query, ahead)] * self.use_gate + [("value", value, behind)]
        for name, one, columns in inward:
            yield from self.projection(name, (one.known(-1, WHY_FEATURES),), columns)
        yield from self.projection("attention_output", ahead, (query.known(-1, WHY_FEATURES),))

    cases = (
        case("N 5 8", "N 7 8", **SMALL, to="N 5 8", params=560),
        case("N 5 8", "N 7 8", "N 7 3", **SMALL, use_bias=False, to="N 5 8", params=472),
        case("N t 8", "N s 8", **SMALL, use_gate=True, dropout=0.1, to="N t 8", params=776),
        case("N 5 8", "N 7 8", **SMALL, call=SCORES, to=("N 5 8", "N 6 5 7")),
        case("N t 8", "N ? 8", **SMALL, call=SCORES | CAUSAL, to=("N t 8", "N 6 t ?")),
        case("N 5 8:int32", "N 5 8", **SMALL, dtype="mixed_float16", sliding_window=2, to="N 5 8:float16"),
        case("N 5 8", "N 7 8", ports={"query_mask": "N 5", "attention_mask": "N 5 7"}, **SMALL, to="N 5 8"),
        case("N 5 8", "N 7 8", ports={"value_mask": "N 7:bool", "key_mask": "N 7:bool"}, **SMALL, to="N 5 8"),
        case("N 5 8", "N 7 8", ports={"attention_mask": "N 6 1 7:bool"}, **SMALL, to="N 5 8"),
        case("N 5 8", "N 7 6", **SMALL, fails=SizesDiffer),
        case("N 5 8", "N 7 8", "N 6 8", **SMALL, fails=SizesDiffer),
        case("2 5 8", "3 5 8", **SMALL, fails=SizesDiffer, late=True),
        case("N 5 8", "N ? 8", "N 6 8", **SMALL, fails=UnknownSize),
        case("N 5 ?", "N 5 ?", **SMALL, fails=UnknownSize),
        case("N 5 6 8", "N 5 6 8", **SMALL, fails=WrongRank, late=True),
        case("N 5 8", "N 5 6 8", **SMALL, fails=RanksDiffer, late=True),
        case("N 5 8", "N 7 8", **SMALL, ports={"query_mask": "N 7:bool"}, fails=SizesDiffer, late=True),
        case("N 5 8", "N 7 8", **SMALL, ports={"value_mask": "N 7 1:bool"}, fails=WrongRank, late=True),
        case(
            "N 5 8",
            "N ? 8",
            **SMALL,
            ports={"value_mask": "N 3:bool", "key_mask": "N 7:bool"},
            fails=SizesDiffer,
            late=True,
        ),
        case(
            "N 5 8",
            "N 7 8",
            **SMALL,
            ports={"value_mask": "N:bool", "key_mask": "N 7:bool"},
            fails=WrongRank,
            silent="samples would be taken for steps",
        ),
        case("N 5 8", "N 7 8", **SMALL, ports={"attention_mask": "N 5 6:bool"}, fails=SizesDiffer, late=True),
        case("N 5 8", "N 7 8", **SMALL, ports={"attention_mask": "N 5 7:string"}, fails=WrongDtype, late=True),
        case("N 5 8:string", "N 5 8", **SMALL, fails=WrongDtype, late=True),
    )
