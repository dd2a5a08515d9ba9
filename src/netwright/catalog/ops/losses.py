"""How far outputs are from their targets, sample by sample."""

from __future__ import annotations

from netwright.arguments import PositiveFloat
from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.catalog.families.pairing import check_paired, paired
from netwright.misfits import (
    AxisOutOfRange,
    RanksDiffer,
    SizesDiffer,
    UnknownSize,
    WrongAxis,
    WrongDtype,
    WrongRank,
    WrongSize,
)
from netwright.op import Op
from netwright.operation import case
from netwright.tensors import Tensor, plain

NAMES = "`target` or `output`"
# What TensorFlow computes to bring an axis to the end, once for any input.
MOVING = 3


class Crossentropy(Op):
    """A crossentropy.

    Arguments:
        from_logits: whether the output still lacks the function that makes probabilities of it
    """

    from_logits: bool = False


class BinaryCrossentropy(Crossentropy):
    """The crossentropy of two classes, entry by entry: the output is the probability of the second."""

    def infer(self, target: Tensor, output: Tensor) -> Tensor:
        """The shape and the dtype of both."""
        shape = paired(target, output, NAMES)
        need_same_dtype(target, need_floats(output))
        return output.with_shape(*shape)

    def flops(self, target: Tensor, output: Tensor) -> int:
        """Two logarithms and what is around them; from logits, half as much."""
        return (5 if self.from_logits else 10) * self.infer(target, output).each_sample()

    cases = (
        case("N 4", "N 4", to="N 4"),
        case("N t 1", "N t 1", from_logits=True, to="N t 1"),
        case("N ?:float16", "N t:float16", to="N t:float16"),
        case("N", "N", to="N"),
        case("N 4", "N 1", fails=SizesDiffer),
        case("N 4", "N ?", fails=UnknownSize),
        case("2 4", "N 4", fails=UnknownSize),
        case("N 4", "4", fails=RanksDiffer),
        case("N 4:float16", "N 4:float64", fails=WrongDtype, late=True),
        case("N 4:string", "N 4", fails=WrongDtype, late=True),
    )


class CategoricalCrossentropy(Crossentropy):
    """The crossentropy of several classes, of which target and output each have a probability.

    Arguments:
        axis: the axis of the classes; Keras always says the shape that is left without the last
    """

    axis: int = -1

    def infer(self, target: Tensor, output: Tensor) -> Tensor:
        """The shape without the classes, and the dtype of the output."""
        shape = paired(target, need_floats(output).need_rank_at_least(1), NAMES)
        if self.from_logits:
            need_numbers(target)
        else:
            need_same_dtype(target, output)
        axis = output.axis(self.axis)
        if self.from_logits and self.axis < -1:
            raise WrongAxis(output, self.axis, f"-1, or counted from the start: {axis}", "axis")
        left = shape[:axis] + shape[axis + 1 :]
        if plain(left) != plain(shape[:-1]):
            raise WrongAxis(output, self.axis, "-1, as Keras gets the shape wrong otherwise", "axis")
        return output.with_shape(*left)

    def flops(self, target: Tensor, output: Tensor) -> int:
        """Probabilities that add up to 1, their logarithms, products and sums; from logits, TensorFlow counts nothing.

        It counts how it brings the axis of the classes to the end.
        """
        if self.from_logits:
            return MOVING
        groups = self.infer(target, output).with_shape(None, *self.infer(target, output).shape)
        return 7 * output.each_sample() - groups.each_sample()

    cases = (
        case("N 4", "N 4", to="N"),
        case("1 3 4", "1 3 4", to="1 3"),
        case("1 4 4:int32", "1 4 4", from_logits=True, axis=1, to="1 4"),
        case("N t ?:float16", "N t ?:float16", axis=2, to="N t:float16"),
        case("N ? ?", "N ? ?", axis=1, to="N ?"),
        case("N 4", "N 3", fails=SizesDiffer),
        case("N 4", "N ?", fails=UnknownSize),
        case("N 4", "N 3 4", fails=RanksDiffer),
        case("N 3 4", "N 3 4", axis=3, fails=AxisOutOfRange, late=True),
        case("N 3 4", "N 3 4", axis=1, fails=WrongAxis, silent="the output has 4 where Keras says 3"),
        case("N 4 4", "N 4 4", from_logits=True, axis=-2, fails=WrongAxis, late=True),
        case("N 4:float16", "N 4:float64", fails=WrongDtype, late=True),
        case("N 4:string", "N 4", from_logits=True, fails=WrongDtype, late=True),
    )


class SparseCategoricalCrossentropy(Crossentropy):
    """The crossentropy of several classes, of which the target has the number and the output the probabilities.

    Arguments:
        axis: the axis of the classes, which must be the last
    """

    axis: int = -1

    def infer(self, target: Tensor, output: Tensor) -> Tensor:
        """The shape without the classes, and the dtype of the output."""
        axis = need_floats(output).axis(self.axis)
        if self.axis not in (-1, output.rank - 1):
            raise WrongAxis(output, self.axis, f"-1 or {output.rank - 1}", "axis")
        if need_numbers(target).rank == output.rank and output.rank:
            if target.known(-1, "because it may be dropped if it is 1") != 1:
                raise WrongSize(target, -1, "1, or be left out")
        else:
            target.need_rank(axis, "those of the output but the last")
        for i in range(axis):
            check_paired(target, output, (i, i), NAMES)
        return output.with_shape(*output.shape[:axis])

    def flops(self, target: Tensor, output: Tensor) -> int:
        """Logarithms within bounds; from logits, TensorFlow counts nothing but how it lays the samples in one row."""
        rows = 2 if output.rank > 2 else 0
        return rows if self.from_logits else rows + 3 * output.each_sample()

    cases = (
        case("N:int32", "N 4", to="N"),
        case("N 1:int64", "N 4", from_logits=True, to="N"),
        case("N 3 1:uint8", "N 3 4", to="N 3"),
        case("N t", "N t ?:float16", axis=2, to="N t:float16"),
        case("N 2:int32", "N 3 4", fails=SizesDiffer),
        case("N ?:int32", "N 3 4", fails=UnknownSize),
        case("N 3 ?:int32", "N 3 4", fails=UnknownSize),
        case("N 3 2:int32", "N 3 4", fails=WrongSize),
        case("N:int32", "N 3 4", fails=WrongRank),
        case("N 3:int32", "N 3 4", axis=3, fails=AxisOutOfRange),
        case("N 4:int32", "N 4 4", axis=1, fails=WrongAxis, late=True),
        case("N:int32", "N 4:int32", fails=WrongDtype, late=True),
        case("N:string", "N 4", fails=WrongDtype, late=True),
    )


class Psnr(Op):
    """How strong a signal is beside the difference of two tensors, over all entries of all samples, in decibels.

    Arguments:
        max_val: the greatest value that an entry can have
    """

    max_val: PositiveFloat

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """One number for all samples."""
        paired(x1, x2, "`x1` or `x2`")
        if x2.dtype not in {"float32", "int32", "int64"}:
            raise WrongDtype(x2, "float32, int32 or int64")
        need_same_dtype(x1, x2)
        return Tensor(())

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """A difference, a square and a sum for each entry; the mean and two logarithms."""
        return 3 * x1.each_sample() + 9

    cases = (
        case("N 8 8 3", "N 8 8 3", max_val=255, to=":float32"),
        case("1 4", "1 4", max_val=0.5, to=":float32"),
        case("N t:int32", "N ?:int32", max_val=255, to=":float32"),
        case("N 4", "N 3", max_val=1, fails=SizesDiffer, late=True),
        case("N 4", "N ?", max_val=1, fails=UnknownSize, late=True),
        case("N 4", "N 4 1", max_val=1, fails=RanksDiffer),
        case("N 4:float16", "N 4:float16", max_val=1, fails=WrongDtype, silent="float16 comes out"),
        case("N 4:uint8", "N 4:uint8", max_val=1, fails=WrongDtype, silent="TensorFlow fails in a graph"),
        case("N 4:string", "N 4:string", max_val=1, fails=WrongDtype, late=True),
    )


def need_same_dtype(first: Tensor, second: Tensor) -> None:
    """Refuse two tensors that TensorFlow can't subtract.

    Raises:
        WrongDtype: they have different dtypes.
    """
    if first.dtype != second.dtype:
        raise WrongDtype(first, f"{second.dtype}, as the other tensor is")
