"""Series of numbers between two ends, along a new axis."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from netwright.arguments import PositiveInt, choice
from netwright.catalog.families.arrays import FLOAT32
from netwright.catalog.families.beside import alone, check_said, joined, numbers_of
from netwright.catalog.families.broadcasting import broadcast
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.ranks import new_axis
from netwright.misfits import SizesDiffer, WrongAxis, WrongDtype, WrongNumber
from netwright.op import Number, Op
from netwright.operation import case
from netwright.promotion import result_type
from netwright.tensors import FLOATS, Scalar, Tensor


class Series(Op):
    """Numbers from a start to a stop, of which one may be a number.

    Arguments:
        start: a number in place of the tensor of starts
        stop: a number in place of the tensor of stops
        num: how many numbers each series has
        endpoint: whether the stop is the last of them; if not, they end one step before
        dtype: dtype of the output; null is that of the floats that start and stop become
        axis: where the new axis stands in the output; 0 is before the batch axis
    """

    start: Number = None
    stop: Number = None
    num: PositiveInt = 50
    endpoint: bool = True
    dtype: Annotated[str | None, choice(*sorted(FLOATS), None)] = None
    axis: int = 0

    def infer(self, start: Tensor, stop: Tensor) -> Tensor:
        """The shape over which both can be spread, with the new axis."""
        spread = Tensor(broadcast(start, stop), self.dtype_of(start, stop))
        axis = new_axis(spread, self.axis)
        return spread.with_shape(*spread.shape[:axis], self.num, *spread.shape[axis:])

    def dtype_of(self, start: Tensor, stop: Tensor) -> str:
        """What is asked for; or the floats that both become together, where Keras says it before: it sees the start.

        Raises:
            WrongDtype: the stop makes it another.
            WrongNumber: a number can't be put into it, or Keras says another because of it.
        """
        ports = {"start": start, "stop": stop}
        given = joined("float", **ports)
        if self.dtype:
            for port, one in numbers_of(ports).items():
                if isinstance(one.value, bool) and self.dtype == "bfloat16":
                    raise WrongNumber(port, one.value, "a number where bfloat16 is asked for")
            return self.dtype
        said = result_type("float32" if isinstance(start, Scalar) else start.dtype, "float")
        if said != given and not isinstance(start, Scalar):
            raise WrongDtype(stop, f"a `stop` that goes into {said}, unless it has a `dtype`")
        return check_said(said, given, **ports)

    def entries(self, start: Tensor, stop: Tensor) -> int:
        """How many series there are for each sample."""
        return Tensor(broadcast(start, stop)).each_sample()

    def even(self, start: Tensor, stop: Tensor) -> int:
        """The cost of even steps: of the step, found twice, and of two operations for each number between the ends."""
        entries, rank = self.entries(start, stop), max(start.rank, stop.rank)
        step = 3 * entries if not self.endpoint else 2 * entries + 1
        if self.num == 1:
            step = 0 if self.endpoint else 2 * entries
        return 8 + rank + 2 * entries + step + 2 * entries * max(self.num - 2, 0)


class Linspace(Series):
    """Numbers in even steps.

    Arguments:
        retstep: always false; Keras promises no tensor for the step
    """

    retstep: Annotated[bool, choice(False)] = False

    def flops(self, start: Tensor, stop: Tensor) -> int:
        """Two for each number between the ends, and what leads to the step."""
        return self.even(start, stop)

    cases = (
        case("N 4", "N 4", num=5, to="5 N 4"),
        case("N t", stop=1, num=5, axis=-1, to="N t 5"),
        case("N 3 4", "N 1 4", num=5, axis=1, endpoint=False, to="N 5 3 4"),
        case("N 4:int32", "N 4:float64", dtype="float16", num=1, axis=2, to="N 4 1:float16"),
        case("N 4", start=0, to="50 N 4"),
        case("N 4", start=0, num=2, axis=1, to="N 2 4"),
        case("N 4:float16", "N 4:int32", num=5, endpoint=False, to="5 N 4:float16"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4", "N 4", axis=3, fails=WrongAxis),
        case("N 4:string", "N 4", fails=WrongDtype),
        case("N 4", "N 4:float64", fails=WrongDtype, silent="Keras says float32 and gives float64"),
        case("N 4:float16", start=0, fails=WrongNumber, silent="Keras says float32 and gives float16"),
        case("N 4", stop=True, dtype="bfloat16", fails=WrongNumber, late=True),
    )


# TensorFlow makes float32 of it first.
Base = Annotated[float, Field(gt=0, le=FLOAT32)]


class Logspace(Series):
    """Powers of one base, whose exponents go in even steps.

    Arguments:
        base: what is raised to the powers
    """

    base: Base = 10

    def flops(self, start: Tensor, stop: Tensor) -> int:
        """The even steps, and a power for each number."""
        return self.even(start, stop) + self.num * self.entries(start, stop)

    cases = (
        case("N 4", "N 4", num=5, to="5 N 4"),
        case("N 4", stop=3, num=5, base=2, axis=-1, to="N 4 5"),
        case("N 4", "N 4", num=1, endpoint=False, dtype="float64", to="1 N 4:float64"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4", "N 4", axis=3, fails=WrongAxis),
        case("N 4", "N 4:float64", fails=WrongDtype, silent="Keras says float32 and gives float64"),
        case("N 4:float16", start=0, fails=WrongNumber, silent="Keras says float32 and gives float16"),
    )


class Geomspace(Series):
    """Numbers of which each is the same multiple of the one before it.

    Arguments:
        dtype: dtype of the output; null is float32
    """

    # What TensorFlow takes no absolute value of.
    unsigned: ClassVar[frozenset[str]] = frozenset({"bool", "uint8", "uint16", "uint32", "uint64"})

    def infer(self, start: Tensor, stop: Tensor) -> Tensor:
        """As for all series; Keras lays the signs of the starts over the output, which fits if they are its last axes.

        Raises:
            WrongAxis: the new axis stands among those of the start.
        """
        result = super().infer(start, stop)
        if self.axis % result.rank and start.rank:
            raise WrongAxis(start, self.axis, "0, for the signs of `start` are spread over the output", "axis")
        return result

    def dtype_of(self, start: Tensor, stop: Tensor) -> str:
        """What is asked for, or float32."""
        for port, one in (("start", start), ("stop", stop)):
            if alone(port, need_numbers(one)) in self.unsigned:
                if isinstance(one, Scalar):
                    raise WrongNumber(port, one.value, "a number")
                raise WrongDtype(one, "floats and integers with a sign")
        said = "float32" if isinstance(start, Scalar) else result_type(start.dtype, "float")
        if not self.dtype and said != "float32":
            raise WrongDtype(start, "float32 or integers at `start`, unless it has a `dtype`")
        return self.dtype or "float32"

    def flops(self, start: Tensor, stop: Tensor) -> int:
        """Those of `logspace`; a logarithm and a quotient for both ends; a sign for each number."""
        ends, numbers = start.each_sample() + stop.each_sample(), self.num * self.entries(start, stop)
        return self.even(start, stop) + 2 * ends + 1 + 2 * numbers

    cases = (
        case("N 4", "N 4", num=5, to="5 N 4"),
        case("N t 4", "N 1 4", num=5, endpoint=False, to="5 N t 4"),
        case("N 4", start=1, num=5, axis=-1, to="N 4 5"),
        case("N 4:int32", stop=100, num=5, to="5 N 4"),
        case("N 4:float16", "N 4", dtype="float16", to="50 N 4:float16"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4:uint8", "N 4", fails=WrongDtype, late=True),
        case("N 4:float16", "N 4", fails=WrongDtype, silent="Keras says float16 and gives float32"),
        case("N 4", start=True, fails=WrongNumber, late=True),
        case("N 4", stop=1e300, fails=WrongNumber, late=True),
        case("N 3", "N 3", axis=1, num=5, fails=WrongAxis, late=True),
        case("N 1", "N 4", axis=1, num=5, fails=WrongAxis, silent="Keras runs it for one sample"),
    )
