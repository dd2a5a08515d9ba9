"""`ReversibleEmbedding`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from netwright.arguments import PositiveFloat, PositiveInt, choice
from netwright.catalog.families.dtypes import need_numbers, wider
from netwright.layer import Layer
from netwright.misfits import WrongDtype, WrongRank, WrongSize
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.operation import CallArguments, Variable, case
from netwright.tensors import Tensor, differ

Floats = Annotated[str | None, choice("float16", "bfloat16", "float32", "float64", None)]
# For the cases.
SMALL: dict[str, Any] = {"input_dim": 5, "output_dim": 4}
BACK: dict[str, Any] = {"call": {"reverse": True}}
HALF: dict[str, Any] = {"dtype": "mixed_float16"}


class ReverseCall(CallArguments):
    """Call arguments of a layer that goes both ways.

    Arguments:
        reverse: whether vectors come in and go out as scores of all integers
    """

    reverse: bool = False


FORWARDS = ReverseCall()


class ReversibleEmbedding(Layer):
    """Replace each integer by a learned vector, or each vector by a score for each integer: the product of the two.

    Floats that stand for integers are rounded towards zero first.

    Arguments:
        input_dim: number of different integers, from 0
        output_dim: size of the vectors
        tie_weights: whether both ways have the same vectors
        embeddings_initializer: how the vectors start
        embeddings_regularizer: penalty on the vectors, added to the loss
        embeddings_constraint: rule that training must keep for the vectors
        mask_zero: whether 0 is no integer but padding, which layers that know masks leave out
        reverse_dtype: the dtype in which scores are computed; Keras is right about the output only where it is that
            of the layer, or null
        logit_soft_cap: limit that scores approach, but do not reach; null sets none
    """

    input_dim: PositiveInt
    output_dim: PositiveInt
    tie_weights: bool = True
    embeddings_initializer: OptionalInitializer = "uniform"
    embeddings_regularizer: Regularizer = None
    embeddings_constraint: Constraint = None
    mask_zero: bool = False
    reverse_dtype: Floats = None
    logit_soft_cap: PositiveFloat | None = None

    Call = ReverseCall

    @property
    def makes_mask(self) -> bool:
        """Whether 0 is padding."""
        return self.mask_zero

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as it is: the layer casts nothing that comes in."""
        return tensor

    def infer(self, inputs: Tensor, *, call: ReverseCall) -> Tensor:
        """One axis more, the vectors; in reverse, a score for each integer instead of the last axis."""
        need_numbers(inputs)
        if not call.reverse:
            return Tensor((*inputs.shape, self.output_dim), self.compute_dtype)
        inputs.need_rank_at_least(2, "batch, vectors")
        if differ(inputs.shape[-1], self.output_dim):
            raise WrongSize(inputs, -1, f"{self.output_dim}, the size of the vectors", "output_dim")
        if (self.reverse_dtype or wider(inputs.dtype, self.compute_dtype)) != self.compute_dtype:
            argument = "reverse_dtype" if self.reverse_dtype else None
            raise WrongDtype(inputs, f"floats no wider than {self.compute_dtype}, its own dtype", argument)
        return inputs.with_last(self.input_dim).with_dtype(self.compute_dtype)

    def compute_mask(self, mask: Tensor | None, inputs: Tensor, *, call: ReverseCall = FORWARDS) -> Tensor | None:
        """One entry for each integer, if 0 is padding; none in reverse."""
        return inputs.with_dtype("bool") if self.mask_zero and not call.reverse else None

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """The vectors, and others for the way back if they are not the same."""
        yield Variable("embeddings", (self.input_dim, self.output_dim))
        if not self.tie_weights:
            yield Variable("reverse_embeddings", (self.output_dim, self.input_dim))

    def flops(self, inputs: Tensor, *, call: ReverseCall) -> int:
        """Two operations for each integer, which could count from the end; in reverse, two for each product."""
        if not call.reverse:
            return (2 + self.mask_zero) * inputs.each_sample()
        scores = inputs.with_last(self.input_dim).each_sample()
        return (2 * self.output_dim + 2 * (self.logit_soft_cap is not None)) * scores

    cases = (
        case("N 7:int32", **SMALL, to="N 7 4", params=20),
        case("N t", **SMALL, mask_zero=True, tie_weights=False, to="N t 4", params=40),
        case("N 7 4", **SMALL, **BACK, to="N 7 5", params=20),
        case("N t 4", **SMALL, **BACK, logit_soft_cap=30, to="N t 5"),
        case("N 4", **SMALL, **BACK, tie_weights=False, trainable=False, to="N 5", params=40, frozen=40),
        case("N:uint8", **SMALL, **HALF, to="N 4:float16"),
        case("N 4:float16", **SMALL, **HALF, **BACK, to="N 5:float16"),
        case("N 4", **SMALL, **HALF, **BACK, reverse_dtype="float16", to="N 5:float16"),
        case("N 4:int32", **SMALL, **BACK, to="N 5"),
        case("N t ?", **SMALL, **BACK, to="N t 5"),
        case("N 3", **SMALL, **BACK, fails=WrongSize, late=True),
        case("N", **SMALL, **BACK, fails=WrongRank, late=True),
        case("N 4", **SMALL, **HALF, **BACK, fails=WrongDtype, silent="Keras says float16, and gives float32"),
        case("N 4", **SMALL, **BACK, reverse_dtype="float64", fails=WrongDtype, silent="Keras says float32"),
        case("N 7:string", **SMALL, fails=WrongDtype, late=True),
    )
