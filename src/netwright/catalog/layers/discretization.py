"""`Discretization`."""

from __future__ import annotations

from math import prod
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import NonNegativeInt, choice, conflict, refusal
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.encoding import (
    COUNTING,
    Dense,
    OutputMode,
    check_counting,
    check_saving,
    counted,
    encoded,
)
from netwright.catalog.families.lookup import Weights
from netwright.layer import Stateless
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor

# For the cases.
BINS: dict[str, Any] = {"bin_boundaries": [0, 0.5, 2]}


class Discretization(Stateless):
    """Replace each number by that of the bin it falls into.

    Arguments:
        bin_boundaries: where one bin ends and the next begins, in ascending order; a number on a boundary falls into
            the next
        num_bins: always null: the boundaries are given
        epsilon: always 0.01, which nothing depends on
        output_mode: what is made of the numbers of the bins: `int` nothing; `one_hot` an axis with a one at the bin;
            `multi_hot` the same for all values on the axis after the batch axis together; `count` how many values fall
            into each bin
        sparse: always false
        trainable: always left out
        activity_regularizer: always left out
    """

    has_gradient: ClassVar[bool] = False

    bin_boundaries: Weights = None
    num_bins: NonNegativeInt | None = None
    epsilon: float = 0.01
    output_mode: OutputMode = "int"
    sparse: Dense = False
    # Keras saves a mixed policy as the dtype of its variables.
    dtype: Annotated[str | None, choice("float16", "bfloat16", "float32", "float64", None)] = None

    @model_validator(mode="after")
    def _has_bins(self) -> Self:
        if self.num_bins is not None:
            raise conflict("num_bins", "nothing in a spec learns bins from data: give their `bin_boundaries`")
        if self.bin_boundaries is None:
            raise conflict("bin_boundaries", "`bin_boundaries` must be given: nothing in a spec learns them from data")
        pairs = zip(self.bin_boundaries, self.bin_boundaries[1:], strict=False)
        for i, (before, after) in enumerate(pairs, 1):
            if after < before:
                raise refusal("conflict", at=("bin_boundaries", i), message=f"a boundary after {before} can't be less")
        return self

    @model_validator(mode="after")
    def _is_kept(self) -> Self:
        if self.epsilon != type(self).model_fields["epsilon"].default:
            raise conflict("epsilon", "`epsilon` is for bins that are learned from data")
        for argument in ("trainable", "activity_regularizer"):
            if argument in self.model_fields_set:
                raise conflict(argument, f"Keras' `Discretization` has no `{argument}`")
        return self

    @property
    def depth(self) -> int:
        """The number of bins."""
        return len(self.bin_boundaries or ()) + 1

    @property
    def ids(self) -> int | None:
        """A number for each bin."""
        return len(self.bin_boundaries or ()) + 1 if self.output_mode == "int" else None

    def infer(self, inputs: Tensor) -> Tensor:
        """The numbers, or what `output_mode` makes of them."""
        if need_numbers(inputs).dtype == "uint64":
            raise WrongDtype(inputs, "numbers other than uint64")
        check_saving(inputs, self.dtype)
        if self.output_mode == "int":
            return inputs.with_dtype("int32")
        if self.output_mode == "one_hot":
            output = encoded(inputs, "one_hot", self.depth)
        elif inputs.rank > 2:
            output = inputs.with_shape(inputs.shape[0], *inputs.shape[2:], self.depth)
        else:
            output = counted(inputs, self.depth)
            check_counting(inputs, self.dtype)
        return output.with_dtype(self.compute_dtype)

    def flops(self, inputs: Tensor) -> int:
        """What counting needs: with more axes than one, a sum over all zeros and ones."""
        if self.output_mode in ("multi_hot", "count") and inputs.rank == 2:
            return COUNTING
        if self.output_mode != "count":
            return 0
        first, *others = (inputs.known(axis, "to count the entries") for axis in range(1, inputs.rank))
        return (first - 1) * prod(others) * self.depth

    cases = (
        case("N 5", **BINS, to="N 5:int32", params=0),
        case("N 1", **BINS, output_mode="one_hot", to="N 4"),
        case("N 5 2 3", **BINS, output_mode="count", to="N 2 3 4"),
        case("N ?:int64", **BINS, output_mode="multi_hot", to="N 4"),
        case("N t 5:uint32", **BINS, output_mode="one_hot", dtype="bfloat16", to="N t 5 4:bfloat16"),
        case("N:bool", bin_boundaries=[1, 1], to="N:int32"),
        case("N 5 t", **BINS, output_mode="multi_hot", dtype="float16", to="N t 4:float16"),
        case("N 5", **BINS, output_mode="count", dtype="float64", to="N 4:float64"),
        case("N ?", **BINS, output_mode="one_hot", fails=UnknownSize, silent="it fails in a graph"),
        case("N", **BINS, output_mode="count", fails=WrongRank, silent="the batch is taken for one sample"),
        case("N 5", **BINS, output_mode="count", dtype="float16", fails=WrongDtype, late=True),
        case("N 5:uint64", **BINS, fails=WrongDtype, late=True),
        case("N 5:string", **BINS, fails=WrongDtype, late=True),
    )
