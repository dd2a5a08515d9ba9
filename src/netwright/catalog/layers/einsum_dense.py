"""`EinsumDense`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import PositiveFloat, PositiveInt, Sizes, conflict
from netwright.catalog.families import activating
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.einsum import AxisLetters, Equation, Product, terms_of
from netwright.catalog.families.lora import check_unconstrained, update_flops
from netwright.layer import Activation, Layer, TrainingCall
from netwright.misfits import AxisOutOfRange, SizesDiffer, UnknownSize, WrongDtype, WrongLength, WrongRank, WrongSize
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.operation import Activity, Variable, case
from netwright.tensors import Tensor

# For the cases.
STEPS: dict[str, Any] = {"equation": "abc,cd->abd", "output_shape": [None, 5]}
LAST: dict[str, Any] = {"equation": "...x,xy->...y", "output_shape": 5}


class EinsumDense(Layer):
    """Multiply by a learned tensor, and sum as an equation says.

    In `ab,bc->ac`, letters name the axes of the input, of the kernel and of the output; what is not in the output is
    summed over. Dots stand for any further axes of the input, which are carried through.

    Arguments:
        equation: which axes meet, and which are left
        output_shape: the sizes of the output, without the batch axis and what the dots stand for; null leaves the
            size of an axis of the input open
        bias_axes: letters of the axes for each of whose entries a learned number is added; null adds none
        lora_rank: rank of a trained low-rank update beside a frozen kernel; null trains the kernel itself
        lora_alpha: factor of that update, divided by the rank; null takes the rank
        gptq_unpacked_column_size: always null
    """

    # The profiler does not know what TensorFlow makes of most equations.
    profiled: ClassVar[bool] = False

    equation: Equation
    output_shape: Annotated[int | tuple[int | None, ...], Sizes(None, holes=True)]
    activation: Activation = None
    bias_axes: AxisLetters = None
    kernel_initializer: OptionalInitializer = "glorot_uniform"
    bias_initializer: OptionalInitializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    lora_rank: PositiveInt | None = None
    lora_alpha: PositiveFloat | None = None
    gptq_unpacked_column_size: None = None
    quantization_config: None = None

    Call = TrainingCall

    @model_validator(mode="after")
    def _equation_works(self) -> Self:
        check_unconstrained(self.lora_rank, "kernel_constraint", self.kernel_constraint)
        inputs, kernel, output, *_ = terms_of(self.equation)
        for letter in output:
            if letter not in inputs + kernel:
                raise conflict("equation", f"`{letter}` is in the output, but neither in the input nor in the kernel")
            if output.count(letter) > 1:
                raise conflict("equation", f"`{letter}` is in the output twice")
        for letter in kernel:
            if letter not in inputs + output:
                raise conflict("equation", f"`{letter}` is in the kernel, but neither in the input nor in the output")
        for letter in self.bias_axes or "":
            if letter not in output:
                raise conflict("bias_axes", f"`{letter}` is not in the output of `equation`")
        return self

    @model_validator(mode="after")
    def _activation_keeps_the_dtype(self) -> Self:
        if isinstance(self.activation, Layer) and self.activation.compute_dtype != self.compute_dtype:
            raise conflict("activation", f"the layer must have the `dtype` of the outer one, {self.compute_dtype}")
        return self

    @model_validator(mode="after")
    def _sizes_are_given(self) -> Self:
        terms = terms_of(self.equation)
        most = len(terms.output)
        if len(self._given) not in (most - 1, most if terms.before else most - 1):
            need = f"{most - 1} or {most} sizes" if terms.before else f"{most - 1} sizes"
            raise conflict("output_shape", f"`equation` needs {need} in `output_shape`")
        for letter, size in zip(reversed(terms.output), reversed(self._given), strict=False):
            if size is None and letter in terms.kernel + (self.bias_axes or ""):
                raise conflict("output_shape", f"the size of `{letter}` must be given, for the kernel or the bias")
        return self

    @property
    def _given(self) -> tuple[int | None, ...]:
        return (self.output_shape,) if isinstance(self.output_shape, int) else self.output_shape

    def _product(self, inputs: Tensor) -> Product:
        return Product(terms_of(self.equation), inputs, self._given)

    @property
    def activity(self) -> Activity | None:
        """The activation."""
        return activating.learned_activity(self)

    def infer(self, inputs: Tensor) -> Tensor:
        """The sizes that are given, and those of the axes that are carried through."""
        output = need_numbers(inputs).with_shape(*self._product(inputs).shape).with_dtype(self.compute_dtype)
        return activating.activated(self.activation, output)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel, a bias, and the two factors of a low-rank update."""
        product = self._product(inputs)
        shape = product.kernel
        yield Variable("kernel", shape, trainable=self.lora_rank is None)
        if self.bias_axes is not None:
            yield Variable("bias", product.bias(self.bias_axes))
        if self.lora_rank is not None:
            yield Variable("lora_kernel_a", (*shape[:-1], self.lora_rank))
            yield Variable("lora_kernel_b", (self.lora_rank, shape[-1]))

    def flops(self, inputs: Tensor) -> int:
        """The products, as many as a loop over all letters would make, and one sum for each entry with a bias."""
        product = self._product(inputs)
        output = inputs.with_shape(*product.full_shape)
        total = product.flops + update_flops(self.lora_rank, product.kernel)
        if self.bias_axes is not None:
            total += output.each_sample()
        return total + activating.activation_flops(self.activation, output)

    cases = (
        case("N 8", equation="ab,bc->ac", output_shape=4, bias_axes="c", to="N 4", params=36),
        case("N 3 4", **STEPS, bias_axes="d", activation="relu", to="N ? 5", params=25),
        case("N t 4", **STEPS, to="N t 5", params=20),
        case("N 3 4", equation="abc,cd->abd", output_shape=[3, 5], bias_axes="b", to="N 3 5", params=23),
        case("N 3 4", equation="abc,cde->abde", output_shape=[None, 2, 5], to="N ? 2 5", params=40),
        case("N 3 4", equation="abc,bcd->ad", output_shape=[5], bias_axes="d", to="N 5", params=65),
        case("N t 4", **LAST, bias_axes="y", to="N t 5", params=25),
        case("N 4 3 t", equation="ab...,bc->ac...", output_shape=[5], bias_axes="c", to="N 5 3 t", params=25),
        case("N 4", equation="ab,b->a", output_shape=[], to="N", params=4),
        case("2 4", equation="ab,bc->ac", output_shape=5, bias_axes="a", to="2 5", params=22),
        case("N 3 4", **STEPS, lora_rank=2, lora_alpha=8, to="N ? 5", params=38, frozen=20),
        case("N 3 4:bool", **STEPS, dtype="mixed_float16", trainable=False, to="N ? 5:float16", params=20, frozen=20),
        case("N 4", **STEPS, fails=WrongRank),
        case("N 3 4 6", **STEPS, fails=WrongRank, late=True),
        case("N 3 ?", **STEPS, fails=UnknownSize),
        case("N ? 4", equation="abc,cd->abd", output_shape=[3, 5], fails=UnknownSize),
        case("N 3 4", equation="abc,cd->abd", output_shape=[2, 5], fails=WrongSize),
        case("N 3 3 4", equation="...ax,xy->...ay", output_shape=5, fails=WrongLength),
        case("2 3 4", equation="aab,bc->ac", output_shape=5, fails=SizesDiffer),
        case("N 6 7 4", **LAST, fails=SizesDiffer, silent="Keras says them in reverse, 7 and 6"),
        case("N 3 4", **STEPS, activation={"type": "Softmax", "axis": 4}, fails=AxisOutOfRange, late=True),
        case("N 3 4:string", **STEPS, fails=WrongDtype, late=True),
    )
