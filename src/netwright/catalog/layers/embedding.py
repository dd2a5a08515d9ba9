"""`Embedding`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import PositiveFloat, PositiveInt, conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.lora import check_lora, update_flops
from netwright.catalog.families.rows import Matrix, Rows
from netwright.layer import Layer
from netwright.misfits import WrongDtype
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.operation import Variable, case
from netwright.tensors import Tensor


class Embedding(Layer):
    """Replace each integer by a learned vector. Floats are rounded towards zero first.

    Arguments:
        input_dim: number of different integers, from 0
        output_dim: size of the vectors
        embeddings_initializer: how the vectors start
        embeddings_regularizer: penalty on the vectors, added to the loss
        embeddings_constraint: rule that training must keep for the vectors
        mask_zero: whether 0 is no integer but padding, which layers that know masks leave out
        weights: the vectors to start from, one list of numbers for each integer
        lora_rank: rank of a trained low-rank update beside frozen vectors; null trains the vectors themselves
        lora_alpha: factor of that update, divided by the rank; null takes the rank
    """

    # The rows are found by integers.
    has_gradient: ClassVar[bool] = False

    input_dim: PositiveInt
    output_dim: PositiveInt
    embeddings_initializer: OptionalInitializer = "uniform"
    embeddings_regularizer: Regularizer = None
    embeddings_constraint: Constraint = None
    mask_zero: bool = False
    weights: Annotated[Rows | None, Matrix()] = None
    lora_rank: PositiveInt | None = None
    lora_alpha: PositiveFloat | None = None
    quantization_config: None = None

    @model_validator(mode="after")
    def _weights_fit(self) -> Self:
        if self.weights is not None:
            if (len(self.weights), len(self.weights[0])) != (self.input_dim, self.output_dim):
                raise conflict("weights", f"`weights` must be {self.input_dim} lists of {self.output_dim} numbers")
            if self.lora_rank is not None:
                raise conflict("lora_rank", "Keras can't start a low-rank update from given `weights`")
        return self

    @model_validator(mode="after")
    def _update_works(self) -> Self:
        check_lora(self.lora_rank, self.lora_alpha, "embeddings_constraint", self.embeddings_constraint)
        return self

    @property
    def makes_mask(self) -> bool:
        """Whether 0 is padding."""
        return self.mask_zero

    @property
    def most_ids(self) -> int | None:
        """One for each row."""
        return self.input_dim

    def infer(self, inputs: Tensor) -> Tensor:
        """One axis more: the vectors."""
        need_numbers(inputs)
        return Tensor((*inputs.shape, self.output_dim), self.compute_dtype)

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> Tensor:
        """One entry for each integer, whatever mask the input has."""
        return inputs.with_dtype("bool")

    def flops(self, inputs: Tensor) -> int:
        """Two operations for each integer, which could count from the end, and one for its mask."""
        update = update_flops(self.lora_rank, (self.input_dim, self.output_dim))
        return (2 + self.mask_zero) * inputs.each_sample() + update

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """The vectors, and the two factors of a low-rank update."""
        yield Variable("embeddings", (self.input_dim, self.output_dim), trainable=self.lora_rank is None)
        if self.lora_rank is not None:
            yield Variable("lora_embeddings_a", (self.input_dim, self.lora_rank))
            yield Variable("lora_embeddings_b", (self.lora_rank, self.output_dim))

    cases = (
        case("N 7:int32", input_dim=2, output_dim=3, weights=[[0, 1, 2.5], [3, 4, 5]], to="N 7 3", params=6),
        case("N 7:int32", input_dim=5, output_dim=4, to="N 7 4", params=20),
        case("N t:int64", input_dim=5, output_dim=4, mask_zero=True, to="N t 4", params=20),
        case("N ? 3", input_dim=5, output_dim=4, to="N ? 3 4", params=20),
        case("N:uint8", input_dim=5, output_dim=4, to="N 4", params=20),
        case("N 7:bool", input_dim=2, output_dim=4, dtype="mixed_float16", to="N 7 4:float16", params=8),
        case("N 7", input_dim=5, output_dim=4, lora_rank=2, to="N 7 4", params=38, frozen=20),
        case("N 7", input_dim=5, output_dim=4, trainable=False, to="N 7 4", params=20, frozen=20),
        case("N 7:string", input_dim=5, output_dim=4, fails=WrongDtype, late=True),
    )
