"""Connectionist temporal classification: rows of labels, each of which may take several steps of a longer row."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import Field, model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.pairing import check_paired
from netwright.misfits import SizesDiffer, UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.op import Op
from netwright.operation import CallArguments, case
from netwright.promotion import result_type
from netwright.tensors import Tensor, differ

ClassIndex: TypeAlias = Annotated[int, Field(ge=-(2**31), lt=2**31)]
Count: TypeAlias = Annotated[int, Field(ge=1, lt=2**31)]
WHY_STEPS = "to count the sums"
SHORT_INTEGERS = frozenset({"uint8", "int8", "uint16", "int16", "int32", "int64"})


class CtcLoss(Op):
    """How unlikely the output, a row of steps, makes a shorter row of labels, whatever steps it spends on each.

    Arguments:
        mask_index: the class of the output that stands for no label; negative ones count from the end
    """

    # The profiler counts what is repeated only once.
    profiled: ClassVar[bool] = False

    mask_index: ClassIndex = 0

    def infer(self, target: Tensor, output: Tensor, target_length: Tensor, output_length: Tensor) -> Tensor:
        """One number for each sample."""
        need_numbers(target).need_rank(2, "batch, labels")
        need_numbers(output).need_rank(3, "batch, steps, classes")
        if target_length.dtype not in SHORT_INTEGERS:
            raise WrongDtype(target_length, "integers other than uint32 and uint64 as `target_length`")
        for one in (target_length, need_numbers(output_length)):
            one.need_rank(1, "batch")
        for one, other in ((target, output), (target, target_length), (output, output_length)):
            check_paired(one, other, (0, 0), "the tensor")
        check_class(output, self.mask_index)
        return Tensor(target.shape[:1], "float64" if output.dtype == "float64" else "float32")

    def flops(self, target: Tensor, output: Tensor, **ports: Tensor) -> int:
        """Probabilities of the classes; then, forth and back, three sums for each label, before and behind it."""
        steps = output.known(1, WHY_STEPS)
        states = 2 * target.known(1, WHY_STEPS) + 1
        return 5 * output.each_sample() + 6 * steps * states

    cases = (
        case("N 3:int32", "N 7 5", "N:int32", "N:int32", to="N"),
        case("2 s", "2 t ?:float64", "2:uint8", "2", mask_index=-1, to="2:float64"),
        case("N 3:bool", "N 7 5:int32", "N:int64", "N:bool", mask_index=4, to="N"),
        case("N 3:int32", "N 7 5", "2:int32", "N:int32", fails=UnknownSize),
        case("2 3:int32", "3 7 5", "2:int32", "3:int32", fails=SizesDiffer),
        case("N 3:int32", "N 7", "N:int32", "N:int32", fails=WrongRank, late=True),
        case("N 3:int32", "N 7 5", "N 1:int32", "N:int32", fails=WrongRank, late=True),
        case("N 3:int32", "N 7 5", "N:int32", "N 1:int32", fails=WrongRank, late=True),
        case(
            "N 3:int32",
            "N 7 5",
            "N:int32",
            "N:int32",
            mask_index=5,
            fails=WrongSize,
            silent="TensorFlow takes another class without a word",
        ),
        case("N 3:string", "N 7 5", "N:int32", "N:int32", fails=WrongDtype, late=True),
        case("N 3:int32", "N 7 5", "N:string", "N:int32", fails=WrongDtype, late=True),
    )


class CtcDecode(Op):
    """The rows of labels that are most likely behind an output, a row of steps. After its end, a row has -1.

    Arguments:
        strategy: `greedy` takes the most likely class of each step; `beam_search` compares many rows of labels
        beam_width: how many rows of labels `beam_search` compares at each step
        top_paths: how many rows of labels `beam_search` gives for each sample
        merge_repeated: whether `greedy` takes the same label in consecutive steps for one
        mask_index: the class of the output that stands for no label; negative ones count from the end, null is the last
    """

    has_gradient: ClassVar[bool] = False

    strategy: Annotated[str, choice("greedy", "beam_search")] = "greedy"
    beam_width: Count = 100
    top_paths: Count = 1
    merge_repeated: bool = True
    mask_index: ClassIndex | None = 0

    @model_validator(mode="after")
    def _beams_suffice(self) -> Self:
        if self._paths > self.beam_width:
            raise conflict("top_paths", "`top_paths` can't be more than `beam_width`")
        return self

    @property
    def _paths(self) -> int:
        return self.top_paths if self.strategy == "beam_search" else 1

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The labels, and how likely each row of them is."""
        return ("decoded", "scores")

    def infer(self, inputs: Tensor, sequence_lengths: Tensor) -> tuple[Tensor, ...]:
        """The labels as (rows, batch, steps), and the scores as (batch, rows)."""
        need_numbers(inputs).need_rank(3, "batch, steps, classes")
        need_numbers(sequence_lengths).need_rank(1, "batch")
        if differ(inputs.shape[0], sequence_lengths.shape[0]):
            raise SizesDiffer(inputs, sequence_lengths, (0, 0))
        if self.mask_index is not None:
            check_class(inputs, self.mask_index)
        if isinstance(inputs.last, int) and inputs.last < self._paths:
            raise WrongSize(inputs, 2, f"at least {self._paths}, for as many `top_paths`", "top_paths")
        batch, steps, _ = inputs.shape
        scores = Tensor((batch, self._paths), result_type(inputs.dtype, "float32"))
        return Tensor((self._paths, batch, steps), "int32"), scores

    def flops(self, inputs: Tensor, sequence_lengths: Tensor) -> int:
        """A search is free, as lookups are; its labels are counted anew, but for those before the class of none."""
        if self.strategy == "greedy" or self.mask_index is None:
            return 0
        return 2 * self._paths * inputs.known(1, WHY_STEPS) + (self.mask_index < 0)

    cases = (
        case("N 7 5", "N:int32", to=("1 N 7:int32", "N 1")),
        case("2 t 5:float64", "2:uint8", strategy="beam_search", top_paths=3, to=("3 2 t:int32", "2 3:float64")),
        case("N 7 ?:int8", "N", mask_index=None, merge_repeated=False, top_paths=3, to=("1 N 7:int32", "N 1")),
        case("N 7 5", "N:int32", strategy="beam_search", mask_index=-1, to=("1 N 7:int32", "N 1")),
        case("N 7", "N:int32", fails=WrongRank, late=True),
        case("N 7 5", "N 1:int32", fails=WrongRank, late=True),
        case("2 7 5", "3:int32", fails=SizesDiffer, late=True),
        case("N 7 5", "N:int32", mask_index=5, fails=WrongSize, late=True),
        case(
            "N 7 5",
            "N:int32",
            strategy="beam_search",
            mask_index=5,
            fails=WrongSize,
            silent="TensorFlow takes another class without a word",
        ),
        case(
            "N 7 2",
            "N:int32",
            strategy="beam_search",
            top_paths=3,
            fails=WrongSize,
            silent="TensorFlow fails at a sequence of one step, which has as many rows of labels as classes",
        ),
        case("N 7 5", "N:string", fails=WrongDtype, late=True),
    )


def check_class(output: Tensor, index: int) -> None:
    """Refuse a class, the value of `mask_index`, that the last axis does not have.

    Raises:
        WrongSize: there are fewer classes.
    """
    if isinstance(output.last, int) and not -output.last <= index < output.last:
        raise WrongSize(output, -1, "greater, for there is no such class", "mask_index")
