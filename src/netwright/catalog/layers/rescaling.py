"""`Rescaling`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from netwright.catalog.families.arrays import Nested, check_size, shape_of
from netwright.catalog.families.dtypes import need_numbers
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class Rescaling(Stateless):
    """Multiply by one number and add another.

    Arguments:
        scale: the factor: one number, or a list with one for each entry of the last axis, or nested lists for
            the last axes
        offset: what is added after that, written like `scale`
    """

    supports_masking: ClassVar[bool] = True

    scale: Annotated[Any, Nested()]
    offset: Annotated[Any, Nested()] = 0.0

    def infer(self, inputs: Tensor) -> Tensor:
        """The same shape."""
        self._fits(need_numbers(inputs), self.scale, "scale")
        self._fits(inputs, self.offset, "offset")
        return inputs.with_dtype(self.compute_dtype)

    def _fits(self, inputs: Tensor, value: Any, argument: str) -> None:
        # Keras broadcasts. Where that makes the output larger than the input, it promises another shape.
        # Where it gives each sample a number of its own, batches of another size fail.
        shape = shape_of(value) or ()
        many = shape[:1] > (1,) and not isinstance(inputs.shape[0], int)
        inputs.need_rank_at_least(len(shape) + (1 if many else 0))
        for back, need in enumerate(reversed(shape), start=1):
            check_size(inputs, inputs.rank - back, need, argument)

    def flops(self, inputs: Tensor) -> int:
        """A product and a sum for each entry."""
        return 2 * inputs.each_sample()

    cases = (
        case("N 28 28 3", scale=0.5, to="N 28 28 3", params=0),
        case("N 28 28 3:uint8", scale=2, offset=-1, to="N 28 28 3"),
        case("N ? 3", scale=[1, 2.5, 3], offset=[0.5], to="N ? 3"),
        case("N 4 3", scale=[[1], [2], [3], [4]], offset=[[0, 0, 1]], to="N 4 3"),
        case("N t c", scale=[1, 2, 3], to="N t c"),
        case("N 3", scale=2, dtype="mixed_float16", to="N 3:float16"),
        case("N:bool", scale=2, to="N"),
        case("N 3", scale=[1, 2], fails=WrongSize, late=True),
        case("N 3", scale=1, offset=[1, 2], fails=WrongSize, late=True),
        case("N 4 1", scale=[1, 2, 3], fails=WrongSize, silent="the last axis becomes 3, though Keras says 1"),
        case("2 3", scale=[[1], [2]], to="2 3"),
        case("N 3", scale=[[1], [2]], fails=WrongRank, silent="only batches of 2 samples would do"),
        case("N 3", scale=[[[1]]], fails=WrongRank, silent="the output has an axis more than Keras says"),
        case("N 3:string", scale=2, fails=WrongDtype, late=True),
    )
