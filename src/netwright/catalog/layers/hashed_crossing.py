"""`HashedCrossing`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.encoding import EXACT, LONGEST, Dense, check_saving
from netwright.layer import Stateless
from netwright.misfits import RanksDiffer, SizesDiffer, UnknownSize, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import FLOATS, Tensor

WHY_ONE = "because there is one value for each sample"


class HashedCrossing(Stateless):
    """Replace each pair of values by the number of a bin that a hash chooses; other pairs may share it.

    Arguments:
        num_bins: how many bins there are
        output_mode: what is made of the numbers of the bins: `int` nothing, `one_hot` an axis with a one at the bin
        sparse: always false
        dtype: the dtype of the output; null is `int64` for `int`, whatever the model's
        trainable: always true
        activity_regularizer: always null
    """

    num_bins: Annotated[int, Field(ge=1, lt=2**63)]
    output_mode: Annotated[str, choice("int", "one_hot")] = "int"
    sparse: Dense = False
    # Keras saves a mixed policy as the dtype of its variables.
    dtype: Annotated[str | None, choice("int32", "int64", "float16", "bfloat16", "float32", "float64", None)] = None

    @model_validator(mode="after")
    def _bins_fit(self) -> Self:
        most = EXACT[self.compute_dtype] + 1 if self.output_mode == "int" else LONGEST
        if self.num_bins > most:
            raise conflict("num_bins", f"there can't be more than {most} bins")
        return self

    @model_validator(mode="after")
    def _is_kept(self) -> Self:
        if not self.trainable:
            raise conflict("trainable", "Keras drops `trainable`: there is nothing to train")
        if self.activity_regularizer is not None:
            raise conflict("activity_regularizer", "Keras drops the `activity_regularizer` of this layer")
        return self

    @property
    def compute_dtype(self) -> str:
        """The dtype of the output."""
        if self.dtype is None and self.output_mode == "int":
            return "int64"
        return super().compute_dtype

    def under(self, policy: str | None) -> Self:
        """The layer itself if numbers come out, for which Keras asks for no dtype but its own."""
        return self if self.output_mode == "int" else super().under(policy)

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as it is: Keras casts nothing for it."""
        return tensor

    def infer(self, inputs: Sequence[Tensor]) -> Tensor:
        """The shape of both inputs; with `one_hot`, the axis of the bins after the batch axis."""
        if len(inputs) != 2:
            raise WrongCount("inputs", "2", len(inputs))
        for one in inputs:
            _check_values(one)
        first, second = inputs
        if first.rank != second.rank:
            raise RanksDiffer(first, second)
        if isinstance(first.shape[0], int) != isinstance(second.shape[0], int) or first.shape[0] != second.shape[0]:
            raise SizesDiffer(first, second, (0, 0))
        if self.output_mode == "int":
            return first.with_dtype(self.compute_dtype)
        check_saving(first, self.dtype)
        if first.shape == (1,):
            raise WrongSize(first, 0, "another than 1: Keras would leave it out of the shape")
        return first.with_shape(first.shape[0], self.num_bins).with_dtype(self.compute_dtype)

    cases = (
        case("N 1:string", "N 1:string", num_bins=4, to="N 1:int64", params=0),
        case("N:string", "N:int32", num_bins=4, output_mode="one_hot", to="N 4"),
        case("N 1:int64", "N 1:uint8", num_bins=4, output_mode="one_hot", dtype="float16", to="N 4:float16"),
        case("2:string", "2:string", num_bins=4, dtype="int32", to="2:int32"),
        case("1 1:string", "1 1:string", num_bins=4, output_mode="one_hot", to="1 4"),
        case("N:string", "N:string", num_bins=4, dtype="float64", to="N:float64"),
        case("N 5:string", "N 5:string", num_bins=4, fails=WrongSize, late=True),
        case("N ?:string", "N ?:string", num_bins=4, fails=UnknownSize, late=True),
        case("N 1 1:string", "N 1 1:string", num_bins=4, fails=WrongRank, late=True),
        case("N 1:float32", "N 1:string", num_bins=4, fails=WrongDtype, late=True),
        case("N 1:bool", "N 1:string", num_bins=4, fails=WrongDtype, late=True),
        case("N:string", "N 1:string", num_bins=4, fails=RanksDiffer),
        case("N:string", "2:string", num_bins=4, fails=SizesDiffer),
        case("N 1:string", "2 1:string", num_bins=4, fails=SizesDiffer, silent="it fails in a graph"),
        case("N 1:string", num_bins=4, fails=WrongCount),
        case("N 1:string", "N 1:string", "N 1:string", num_bins=4, fails=WrongCount),
        case(
            "1:string",
            "1:string",
            num_bins=4,
            output_mode="one_hot",
            fails=WrongSize,
            silent="Keras says another shape",
        ),
    )


def _check_values(one: Tensor) -> None:
    """Refuse what is not one word or integer for each sample."""
    if one.dtype in FLOATS or one.dtype == "bool":
        raise WrongDtype(one, "text or integers")
    if one.rank > 2:
        raise WrongRank(one, "1 or 2", "batch, value")
    if one.rank == 2 and one.known(1, WHY_ONE) != 1:
        raise WrongSize(one, 1, "1, the value of each sample")
