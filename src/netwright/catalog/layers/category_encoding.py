"""`CategoryEncoding`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.encoding import COUNTING, EXACT, LONGEST, Dense, check_counting, counted, encoded
from netwright.layer import Stateless
from netwright.misfits import RanksDiffer, SizesDiffer, UnknownSize, WrongCount, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import FLOATS, Tensor, differ

COUNTABLE = FLOATS | {"int32", "int64", "bool"}


class CategoryEncoding(Stateless):
    """Make zeros and ones of integers, or count them.

    Arguments:
        num_tokens: how many integers there are, from 0
        output_mode: `one_hot` makes an axis with a one at the integer; `multi_hot` the same for all integers of a
            sample together; `count` counts how often each occurs
        sparse: always false
    """

    has_gradient: ClassVar[bool] = False

    num_tokens: Annotated[int, Field(ge=1, le=LONGEST)] | None = None
    output_mode: Annotated[str, choice("multi_hot", "one_hot", "count")] = "multi_hot"
    sparse: Dense = False

    @model_validator(mode="after")
    def _has_a_number(self) -> Self:
        if self.num_tokens is None:
            raise conflict("num_tokens", "`num_tokens` must be given: its default, null, is nothing that Keras takes")
        return self

    @property
    def depth(self) -> int:
        """The size of the axis of the encoding."""
        return self.num_tokens or 0

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as it is: Keras casts it only in a graph."""
        return tensor

    def infer(self, inputs: Tensor, *, count_weights: Tensor | None = None) -> Tensor:
        """An axis for the encoding, in place of an axis of size 1, of that of the values, or after all others."""
        self._check_exact(need_numbers(inputs))
        if (self.dtype or "").startswith("mixed_"):
            raise WrongDtype(
                inputs, f"a `dtype` of its own, because it gives float32, not {self.compute_dtype}", "dtype"
            )
        if self.output_mode == "one_hot":
            output = encoded(inputs, "one_hot", self.depth)
        else:
            output = counted(inputs, self.depth)
            if inputs.dtype not in COUNTABLE:
                raise WrongDtype(inputs, "int32, int64, floats or booleans")
            check_counting(inputs, self.dtype)
        if count_weights is not None:
            self._check_weights(inputs, count_weights)
        return output.with_dtype(self.compute_dtype)

    def _check_exact(self, inputs: Tensor) -> None:
        # In a graph, Keras casts the integers to the dtype that it computes in.
        most = EXACT[self.compute_dtype] + 1
        if self.depth > most:
            raise WrongDtype(inputs, f"at most {most} tokens in {self.compute_dtype}", "num_tokens")

    def _check_weights(self, inputs: Tensor, weights: Tensor) -> None:
        if self.output_mode != "count":
            raise WrongCount("count_weights", "no", 1)
        need_numbers(weights)
        if weights.rank != inputs.rank:
            raise RanksDiffer(inputs, weights)
        for axis, (one, other) in enumerate(zip(inputs.shape, weights.shape, strict=True)):
            if differ(one, other):
                raise SizesDiffer(inputs, weights, (axis, axis))

    def flops(self, inputs: Tensor, count_weights: Tensor | None = None) -> int:
        """What counting needs."""
        return 0 if self.output_mode == "one_hot" else COUNTING

    cases = (
        case("N 5:int32", num_tokens=4, to="N 4", params=0),
        case("N 1:int64", num_tokens=4, output_mode="one_hot", to="N 4"),
        case("N ?", num_tokens=4, output_mode="count", to="N 4"),
        case("N t 5:uint8", num_tokens=4, output_mode="one_hot", to="N t 5 4"),
        case("N:int32", num_tokens=4, output_mode="one_hot", dtype="bfloat16", to="N 4:bfloat16"),
        case("N 5:int32", num_tokens=4, output_mode="count", ports={"count_weights": "N 5:bool"}, to="N 4"),
        case("N 5:bool", num_tokens=2049, dtype="float64", to="N 2049:float64"),
        case("N:int32", num_tokens=2049, output_mode="one_hot", dtype="float16", to="N 2049:float16"),
        case("N 5:int32", num_tokens=4, dtype="mixed_float16", fails=WrongDtype, silent="floats of 32 bits come out"),
        case("N t:int32", num_tokens=4, output_mode="one_hot", fails=UnknownSize, silent="it fails in a graph"),
        case("N:int32", num_tokens=4, fails=WrongRank, silent="the batch is taken for one sample"),
        case("N 5 2:int32", num_tokens=4, fails=WrongRank, silent="another axis is counted than said"),
        case(
            "N:int32",
            num_tokens=2050,
            output_mode="one_hot",
            dtype="float16",
            fails=WrongDtype,
            silent="graphs round the integers",
        ),
        case("N 5:uint8", num_tokens=4, fails=WrongDtype, late=True),
        case("N 5:int32", num_tokens=4, dtype="float16", fails=WrongDtype, late=True),
        case("N 5:string", num_tokens=4, output_mode="one_hot", fails=WrongDtype, late=True),
        case("N 5:int32", num_tokens=4, ports={"count_weights": "N 5"}, fails=WrongCount, late=True),
        case(
            "N 5:int32",
            num_tokens=4,
            output_mode="count",
            ports={"count_weights": "N 1"},
            fails=SizesDiffer,
            late=True,
        ),
        case(
            "N 5:int32", num_tokens=4, output_mode="count", ports={"count_weights": "N"}, fails=RanksDiffer, late=True
        ),
        case(
            "N 5:int32",
            num_tokens=4,
            output_mode="count",
            dtype="float16",
            ports={"count_weights": "N 5"},
            fails=WrongDtype,
            late=True,
        ),
    )
