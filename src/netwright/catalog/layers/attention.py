"""`Attention`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from netwright.arguments import Seed, choice
from netwright.catalog.families.dtypes import wider
from netwright.catalog.families.scoring import ScoredAttention, added_features, check_alike, is_float, scores_of
from netwright.misfits import RanksDiffer, SizesDiffer, WrongCount, WrongDtype, WrongRank
from netwright.operation import Variable, case
from netwright.tensors import Tensor, differ

# For the cases.
SCORES = {"return_attention_scores": True}
CAUSAL = {"use_causal_mask": True}
CONCAT: dict[str, Any] = {"score_mode": "concat"}


class Attention(ScoredAttention):
    """Let each step of a query look at all steps of values, and take from them by how well their keys match.

    The inputs are, in this order, the query, the values, and the keys; without keys, the values are the keys. The
    masks, if there are any, are two: that of the query, and that of the values.

    Arguments:
        score_mode: how query and keys are compared: `dot` multiplies them; `concat` sums the `tanh` of their sum
    """

    score_mode: Annotated[str, choice("dot", "concat")] = "dot"
    seed: Seed | None = None

    def score_dtype(self, query: Tensor, key: Tensor) -> str:
        """Products of integers stay integers; a `tanh` of them is float32, if no factor made floats of them first."""
        if self.score_mode == "concat":
            check_alike(query, key)
            return self.compute_dtype if self.use_scale or is_float(query) else wider("float32", self.compute_dtype)
        if differ(query.last, key.last):
            raise SizesDiffer(query, key, (query.rank - 1, key.rank - 1))
        if not self.use_scale and not is_float(query, key):
            raise WrongDtype(query, "floats, as query or as keys")
        return self.compute_dtype

    def variables(self, inputs: Sequence[Tensor], **ports: Any) -> Iterator[Variable]:
        """One factor of what is compared, and with `concat` one of the scores."""
        if self.use_scale:
            yield Variable("scale", ())
        if self.score_mode == "concat":
            yield Variable("concat_score_weight", ())

    def score_flops(self, query: Tensor, key: Tensor) -> int:
        """Products and sums; with `concat`, two sums for each feature, and a factor for each score."""
        scores = scores_of(query, key).each_sample()
        if self.score_mode == "dot":
            return scores * (2 * query.known(-1, "to count the products") + self.use_scale)
        return scores * (2 + self.use_scale) * added_features(query, key)

    cases = (
        case("N 5 8", "N 7 8", to="N 5 8", params=0),
        case("N 5 8", "N 7 6", "N 7 8", use_scale=True, dropout=0.5, to="N 5 6", params=1),
        case("N t 8", "N s 8", **CONCAT, use_scale=True, to="N t 8", params=2),
        case("N 5 8", "N 7 8", call=SCORES, to=("N 5 8", "N 5 7")),
        case("N ? 8", "N ? ?", "N t 1", **CONCAT, call=SCORES | CAUSAL, to=("N ? ?", "N ? t")),
        case("N 5 8", "N 7 8", ports={"mask": ("N 5:bool", "N 7:bool")}, call=CAUSAL, to="N 5 8"),
        case("N 5 8", "N 7 8", ports={"mask": ("N 1", "N 5 7:int32")}, to="N 5 8"),
        case("N 3 5 8", "N 1 7 8", use_scale=True, trainable=False, to="N 3 5 8", params=1, frozen=1),
        case("N 5 8", "N 7 8:int32", dtype="mixed_float16", to="N 5 8:float16"),
        case("N 5 8:int32", "N 7 8:int32", **CONCAT, to="N 5 8"),
        case("N 5 8:uint8", "N 7 8:bool", use_scale=True, to="N 5 8"),
        case("N 5 8", fails=WrongCount),
        case("N 5 8", "N 7 8", ports={"mask": ("N 5:bool",)}, fails=WrongCount),
        case("N 5 8", "N 7 8", ports={"mask": ("N 5", "N 7", "N 7")}, fails=WrongCount, silent="the last is ignored"),
        case("N 5 8", "N 7 6", fails=SizesDiffer, late=True),
        case("N 5 8", "N 7 8", "N 6 8", fails=SizesDiffer, late=True),
        case("N 1 5 8", "N 3 7 8", fails=SizesDiffer, silent="the output has 3 where Keras says 1"),
        case("N 5 8", "N 7 8", ports={"mask": ("N 5", "N 6")}, fails=SizesDiffer, late=True),
        case("N 5 8", "N 7 8", ports={"mask": ("N 5 1", "N 7")}, fails=WrongRank, silent="an axis more comes out"),
        case("N 3 5 8", "N 7 8", fails=RanksDiffer, late=True),
        case("N 8", "N 8", fails=WrongRank, silent="samples would look at each other"),
        case("N 5 8:int32", "N 7 8:int32", fails=WrongDtype, late=True),
        case("N 5 8:int32", "N 7 8", **CONCAT, fails=WrongDtype, late=True),
        case("N 5 8:int8", "N 7 8:int8", **CONCAT, dtype="float16", fails=WrongDtype, silent="float32 comes out"),
    )
