"""Queries that look at values, by how well their keys match."""

from __future__ import annotations

from typing import Annotated, ClassVar

from netwright.arguments import choice
from netwright.catalog.families.arrays import FLOAT32
from netwright.catalog.families.covering import cover
from netwright.catalog.families.dtypes import need_numbers
from netwright.misfits import RanksDiffer, SizesDiffer, WrongDtype, WrongNumber, WrongRank, WrongSize
from netwright.op import Number, Op
from netwright.operation import case
from netwright.promotion import result_type
from netwright.tensors import FLOATS, Tensor, differ

AXES = "batch, steps, heads, features"


class DotProductAttention(Op):
    """Let each step of a query look at all steps of values, head by head, by the products of the query with the keys.

    All three have the axes batch, steps, heads and features. Of keys and values there may be several heads fewer, each
    for as many heads of the query.

    Arguments:
        bias: a number in place of what is added to the scores
        mask: true in place of a tensor that says which scores count; a tensor holds booleans
        scale: a number in place of the factor of the scores; without one, it is one by the root of the features
        is_causal: whether each step of the query sees only the steps of the values up to its own
        flash_attention: always false or null: TensorFlow has none
        attn_logits_soft_cap: always null: TensorFlow has none
    """

    # The profiler does not know the products of query, keys and values.
    profiled: ClassVar[bool] = False

    bias: Number = None
    mask: Number = None
    scale: Number = None
    is_causal: bool = False
    flash_attention: Annotated[bool | None, choice(False, None)] = None
    attn_logits_soft_cap: None = None

    def infer(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        *,
        bias: Tensor | None = None,
        mask: Tensor | None = None,
        scale: Tensor | None = None,
    ) -> Tensor:
        """The shape of the query, in the dtype that all three become."""
        for tensor in (query, key, value):
            need_numbers(tensor).need_rank(4, AXES)
        dtype = result_type(query.dtype, key.dtype, value.dtype)
        if dtype not in FLOATS:
            raise WrongDtype(query, "floats, or else as keys or as values")
        _check_heads(query, key, value)
        _check_sizes(query, key, value)
        self._check_numbers(dtype)
        if mask is not None and mask.dtype != "bool":
            raise WrongDtype(mask, "booleans as `mask`")
        for one in (bias, mask, scale):
            if one is not None:
                cover(scores_of(query, key), need_numbers(one))
        return query.with_dtype(dtype)

    def _check_numbers(self, dtype: str) -> None:
        """Refuse numbers that TensorFlow can't turn into what they stand beside.

        Raises:
            WrongNumber: one of them is of another kind, or too large.
        """
        if not isinstance(self.mask, bool | None):
            raise WrongNumber("mask", self.mask, "a boolean")
        if isinstance(self.bias, bool) and dtype == "bfloat16":
            raise WrongNumber("bias", self.bias, "a number beside bfloat16")
        if isinstance(self.scale, float) and abs(self.scale) > FLOAT32 and dtype != "float64":
            raise WrongNumber("scale", self.scale, "a number of 32 bits")

    def flops(self, query: Tensor, key: Tensor, value: Tensor, *, bias: Tensor | None = None, **ports: Tensor) -> int:
        """Products with the keys, the factor, what is added, probabilities, and their products with the values."""
        scores = scores_of(query, key).each_sample()
        features = query.known(3, "to count the products") + value.known(3, "to count the products")
        return scores * (2 * features + 1 + (bias is not None) + 5)

    cases = (
        case("N 5 2 8", "N 7 2 8", "N 7 2 8", to="N 5 2 8"),
        case("N 5 4 8", "N 7 2 8", "N 7 2 8", is_causal=True, to="N 5 4 8"),
        case("N t 3 c", "N s 3 ?", "N s 3 c", flash_attention=False, to="N t 3 c"),
        case("N 5 2 8", "N 7 2 8", "N 7 2 8", ports={"bias": "N 1 5 7:int32", "mask": "5 7:bool"}, to="N 5 2 8"),
        case("N 5 2 8", "N 7 2 8", "N 7 2 8", ports={"scale": "2 1 1:float64"}, bias=1, mask=True, to="N 5 2 8"),
        case("N 5 2 8", "N 7 2 8", "N 7 2 8", scale=0.5, to="N 5 2 8"),
        case("N 5 2 8:int32", "N 7 2 8:float16", "N 7 2 8:bfloat16", to="N 5 2 8:float32"),
        case("N 5 8", "N 7 8", "N 7 8", fails=WrongRank, late=True),
        case("N 5 2 8", "N 7 2 6", "N 7 2 8", fails=SizesDiffer, late=True),
        case("N 5 2 8", "N 7 2 8", "N 6 2 8", fails=SizesDiffer, late=True),
        case("2 5 2 8", "3 7 2 8", "3 7 2 8", fails=SizesDiffer, late=True),
        case("N 5 4 8", "N 7 1 8", "N 7 1 8", fails=SizesDiffer, late=True),
        case("N 5 4 8", "N 7 2 8", "N 7 4 8", fails=SizesDiffer, late=True),
        case("N 5 5 8", "N 7 2 8", "N 7 2 8", fails=WrongSize, late=True),
        case("N 5 2 8", "N 7 2 8", "N 7 2 6", fails=SizesDiffer, silent="the output has 6 where Keras says 8"),
        case("N 5 2 8", "N 7 2 8", "N 7 2 8", ports={"bias": "N 2 7 5"}, fails=SizesDiffer, late=True),
        case("N 5 2 8", "N 7 2 8", "N 7 2 8", ports={"mask": "1 1 1 5 7:bool"}, fails=RanksDiffer, late=True),
        case(
            "N 1 2 8",
            "N 7 2 8",
            "N 7 2 8",
            ports={"bias": "N 2 ? 7"},
            fails=SizesDiffer,
            silent="the output has more steps than Keras says",
        ),
        case("N 5 2 8", "N 7 2 8", "N 7 2 8", ports={"mask": "N 2 5 7:string"}, fails=WrongDtype, late=True),
        case("N 5 2 8", "N 7 2 8", "N 7 2 8", mask=1, fails=WrongNumber, late=True),
        case("N 5 2 8", "N 7 2 8", "N 7 2 8", scale=1e39, fails=WrongNumber, late=True),
        case(
            "N 5 2 8:int32",
            "N 7 2 8:int32",
            "N 7 2 8:int32",
            fails=WrongDtype,
            silent="the weights are below 1, and as integers 0",
        ),
    )


def scores_of(query: Tensor, key: Tensor) -> Tensor:
    """The weights that each step of the query gives to each step of the keys, by heads."""
    return query.with_shape(query.shape[0], query.shape[2], query.shape[1], key.shape[1])


def _check_heads(query: Tensor, key: Tensor, value: Tensor) -> None:
    """Refuse heads that do not meet. Keras repeats those of keys and values if there are fewer, but more than one.

    Raises:
        WrongSize: the heads of the query can't be split into as many groups as there are keys.
        SizesDiffer: two of the numbers of heads differ.
    """
    heads, keys, values = (one.shape[2] for one in (query, key, value))
    if differ(keys, values):
        raise SizesDiffer(key, value, (2, 2))
    if isinstance(heads, int) and isinstance(keys, int) and heads > keys > 1:
        if heads % keys:
            raise WrongSize(query, 2, f"divisible by the {keys} heads of `key`")
        return
    for one in (key, value):
        if differ(heads, one.shape[2]):
            raise SizesDiffer(query, one, (2, 2))


def _check_sizes(query: Tensor, key: Tensor, value: Tensor) -> None:
    """Refuse batches, steps and features that do not meet.

    Raises:
        SizesDiffer: two sizes differ.
    """
    meetings = (
        (query, key, 0),
        (query, value, 0),
        (key, value, 0),
        (key, value, 1),
        (query, key, 3),
        (query, value, 3),
    )
    for one, other, axis in meetings:
        if differ(one.shape[axis], other.shape[axis]):
            raise SizesDiffer(one, other, (axis, axis))
