"""`AdditiveAttention`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from netwright.catalog.families.dtypes import wider
from netwright.catalog.families.scoring import ScoredAttention, added_features, check_alike, is_float, scores_of
from netwright.misfits import RanksDiffer, SizesDiffer, UnknownSize, WrongCount, WrongDtype, WrongRank
from netwright.operation import Variable, case
from netwright.tensors import Tensor

WHY_SIZE = "because each feature of the query has a factor of its own"
# For the cases.
SCORES = {"return_attention_scores": True}
CAUSAL = {"use_causal_mask": True}


class AdditiveAttention(ScoredAttention):
    """Let each step of a query look at all steps of values, and weigh them by a sum over the features.

    The sum is of the `tanh` of query and keys together. The inputs are, in this order, the query, the values, and the
    keys; without keys, the values are the keys. The masks, if there are any, are two: that of the query, and that of
    the values.

    Arguments:
        use_scale: whether each feature has a learned factor
    """

    use_scale: bool = True

    def score_dtype(self, query: Tensor, key: Tensor) -> str:
        """A `tanh` of integers is float32."""
        check_alike(query, key)
        if is_float(query):
            return self.compute_dtype
        return wider("float32", self.compute_dtype) if self.use_scale else "float32"

    def variables(self, inputs: Sequence[Tensor], **ports: Any) -> Iterator[Variable]:
        """A factor for each feature of the query."""
        if self.use_scale:
            yield Variable("scale", (inputs[0].known(-1, WHY_SIZE),))

    def score_flops(self, query: Tensor, key: Tensor) -> int:
        """For each feature two sums and a product, one of them with 1 if nothing is learned."""
        scores = scores_of(query, key).each_sample()
        return scores * (3 * added_features(query, key) - 1)

    cases = (
        case("N 5 8", "N 7 8", to="N 5 8", params=8),
        case("N 5 8", "N 7 6", "N 7 8", dropout=0.5, to="N 5 6", params=8),
        case("N t 8", "N s 8", use_scale=False, to="N t 8", params=0),
        case("N 5 8", "N 7 8", call=SCORES, to=("N 5 8", "N 5 7")),
        case("N ? 8", "N ? ?", "N t 1", call=SCORES | CAUSAL, to=("N ? ?", "N ? t")),
        case("N 5 8", "N 7 8", ports={"mask": ("N 5:bool", "N 7:bool")}, call=CAUSAL, to="N 5 8"),
        case("N 3 5 8", "N 1 7 8", trainable=False, to="N 3 5 8", params=8, frozen=8),
        case("N 5 8", "N 7 8", dtype="mixed_float16", to="N 5 8:float16"),
        case("N 5 8:int32", "N 7 8:int32", to="N 5 8"),
        case("N 5 8", "N 7 8", "N 7 8", "N 7 8", fails=WrongCount),
        case("N 5 ?", "N 7 8", fails=UnknownSize),
        case("N 5 8", "N 7 6", fails=SizesDiffer, late=True),
        case("N 5 8", "N 7 8", "N 6 8", fails=SizesDiffer, late=True),
        case("N 5 8", "N 7 8", ports={"mask": ("N 6", "N 7")}, fails=SizesDiffer, late=True),
        case("N 5 8", "N 7 8", ports={"mask": ("N 5", "N 7 7 7")}, fails=WrongRank, silent="an axis more comes out"),
        case("N 5 6 8", "N 5 8", fails=RanksDiffer, late=True),
        case("N 8", "N 8", fails=WrongRank, silent="samples would look at each other"),
        case("N 5 8:bool", "N 7 8:bool", fails=WrongDtype, late=True),
        case("N 5 8", "N 7 8:int32", fails=WrongDtype, late=True),
        case("N 5 8:int32", "N 7 8:int32", dtype="float16", fails=WrongDtype, silent="float32 comes out"),
    )
