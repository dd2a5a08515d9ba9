"""`Dense`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import model_validator

from netwright.arguments import PositiveFloat, PositiveInt
from netwright.catalog.families.activating import activated_alike, activation_flops, learned_activity
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.lora import check_lora, update_flops
from netwright.layer import Activation, Layer, TrainingCall
from netwright.misfits import UnknownSize, VariableRank, WrongDtype, WrongRank
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.operation import Activity, Variable, case
from netwright.tensors import Tensor


class Dense(Layer):
    """Multiply the last axis by a learned matrix.

    Every other axis is carried through unchanged, so a `Dense` after a sequence acts on each step on its own.

    Arguments:
        units: size of the last axis of the output
        lora_rank: rank of a trained low-rank update beside a frozen kernel; null trains the kernel itself
        lora_alpha: factor of that update, divided by the rank; null takes the rank, and Keras takes nothing else
    """

    supports_masking: ClassVar[bool] = True

    units: PositiveInt
    activation: Activation = None
    use_bias: bool = True
    kernel_initializer: OptionalInitializer = "glorot_uniform"
    bias_initializer: OptionalInitializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    lora_rank: PositiveInt | None = None
    lora_alpha: PositiveFloat | None = None
    quantization_config: None = None

    Call = TrainingCall

    @model_validator(mode="after")
    def _alpha_is_kept(self) -> Self:
        check_lora(self.lora_rank, self.lora_alpha, "kernel_constraint", self.kernel_constraint)
        return self

    @property
    def activity(self) -> Activity | None:
        """The activation."""
        return learned_activity(self)

    def infer(self, inputs: Tensor) -> Tensor:
        """Replace the last axis by `units`."""
        need_numbers(inputs).need_rank_at_least(2).known(-1, "because the kernel has a row for each of its entries")
        return activated_alike(self.activation, inputs.with_last(self.units).with_dtype(self.compute_dtype))

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel, a bias, and the two factors of a low-rank update."""
        size = inputs.known(-1, "because the kernel has a row for each of its entries")
        yield Variable("kernel", (size, self.units), trainable=self.lora_rank is None)
        if self.use_bias:
            yield Variable("bias", (self.units,))
        if self.lora_rank is not None:
            yield Variable("lora_kernel_a", (size, self.lora_rank))
            yield Variable("lora_kernel_b", (self.lora_rank, self.units))

    def flops(self, inputs: Tensor) -> int:
        """A product and a sum for each entry of the kernel at each place, the bias, and the activation."""
        size, outputs = inputs.known(-1, "to count the products"), inputs.with_last(self.units)
        each = (2 * size + self.use_bias) * outputs.each_sample()
        return each + update_flops(self.lora_rank, (size, self.units)) + activation_flops(self.activation, outputs)

    cases = (
        case("N 8:string", units=4, fails=WrongDtype, late=True),
        case("N 8", units=4, to="N 4", params=36),
        case("N 8", units=4, use_bias=False, to="N 4", params=32),
        case("N 7 8", units=4, to="N 7 4", params=36),
        case("N ? t 8", units=4, activation="relu", to="N ? t 4", params=36),
        case("N 8:int32", units=4, to="N 4", params=36),
        case("N 8", units=4, dtype="mixed_float16", to="N 4:float16", params=36),
        case("N 8", units=4, lora_rank=2, to="N 4", params=60, frozen=32),
        case("N 8", units=4, trainable=False, to="N 4", params=36, frozen=36),
        case("N 8", units=4, activation={"type": "ELU", "alpha": 0.5}, to="N 4"),
        case("N 8", units=4, activation={"type": "ELU", "dtype": "float16"}, fails=WrongDtype, silent="it comes out"),
        case("N", units=4, fails=WrongRank),
        case("N 8", units=4, bias_initializer="orthogonal", fails=VariableRank),
        case("N 8", units=4, kernel_initializer="orthogonal", to="N 4"),
        case("N ?", units=4, fails=UnknownSize),
    )
