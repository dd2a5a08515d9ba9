"""What many entries are like: how far apart, where their middle is, how often each comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.quantiles import (
    Method,
    OneOrMoreShares,
    Shares,
    check_shares,
    need_shares,
    quantile_flops,
)
from netwright.catalog.families.ranks import MOST, need_rank_at_most
from netwright.catalog.families.reducing import (
    Averaging,
    Axes,
    Reduction,
    floats_of,
    left,
    reduced,
)
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
from netwright.operation import CallArguments, case
from netwright.promotion import result_type
from netwright.tensors import FLOATS, Tensor, differ


class Spread(Averaging):
    """How far the entries lie from their mean."""

    def flops(self, x: Tensor) -> int:
        """A mean, and the mean of the squares of the differences from it."""
        return 4 * x.each_sample()


class Var(Spread):
    """The variance of the entries: the mean square of their distance from their mean."""

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4", axis=[1, 2], keepdims=True, to="N 1 1"),
        case("N 3:int64", axis=1, to="N"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3:string", axis=1, fails=WrongDtype),
    )


class Std(Spread):
    """The standard deviation of the entries: the root of their variance."""

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N 3 4:bfloat16", axis=1, to="N 4:bfloat16"),
        case("N 3:string", axis=1, fails=WrongDtype, late=True),
    )


class Ptp(Reduction):
    """The distance from the least entry to the greatest."""

    def dtype_of(self, x: Tensor) -> str:
        """That of the tensor."""
        if need_numbers(x).dtype == "bool":
            raise WrongDtype(x, "numbers other than booleans")
        return x.dtype

    def flops(self, x: Tensor) -> int:
        """A difference for each entry that is left."""
        return left(x, self.axis)

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4:uint8", axis=[1, 2], keepdims=True, to="N 1 1:uint8"),
        case("N 3:bool", axis=1, fails=WrongDtype, late=True),
    )


class Median(Averaging):
    """The median of the entries: as many are less as are greater."""

    most_axes = MOST

    def flops(self, x: Tensor) -> int:
        """That of the quantile in the middle."""
        spread = 2 if self.keepdims and self.axis is None else 0
        return quantile_flops(x, self.axis, 1, "linear") + spread

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N t 4:int32", axis=[1, 2], keepdims=True, to="N 1 1"),
        case("N 3", keepdims=True, to="1 1"),
    )


class Shared(Op):
    """Numbers below which shares of the entries lie.

    Arguments:
        axis: the axis or axes along which they are counted; null counts along all, the batch axis too
        keepdims: whether these axes stay, with size 1
        method: what is taken if a share falls between two entries: one of them, their mean, or what lies on the line
            between them
    """

    q: Shares = None
    axis: Axes = None
    method: Method = "linear"
    keepdims: bool = False

    @property
    def given(self) -> Mapping[str, Tensor]:
        """The shares that stand in the spec."""
        return {"q": Tensor((len(self.q),), "float")} if isinstance(self.q, tuple) else super().given

    def infer(self, x: Tensor, q: Tensor) -> Tensor:
        """The input without the axes; before them an axis with the shares, if there are several."""
        need_rank_at_most(x)
        kept = reduced(x, self.axis, keepdims=self.keepdims)
        return Tensor((*need_shares(q, 1).shape, *kept), floats_of(x))

    def flops(self, x: Tensor, q: Tensor) -> int:
        """That of quantiles."""
        shares = q.shape[0] if q.rank and isinstance(q.shape[0], int) else 1
        spread = 1 + shares if self.keepdims and self.axis is None else 0
        return quantile_flops(x, self.axis, shares, self.method) + spread


class Quantile(Shared):
    """The numbers below which the shares `q` of the entries lie.

    Arguments:
        q: the share, from 0 to 1, or a list of two or more, in place of a tensor
        method: always `linear`, as Keras takes no other in a model: what lies on the line between two entries, if a
            share falls between them
    """

    q: OneOrMoreShares = None

    @model_validator(mode="after")
    def _is_a_share(self) -> Self:
        check_shares(self.q, 1)
        if self.method != "linear":
            raise conflict("method", "`quantile` is always `linear` in a model; `percentile` can do it")
        return self

    cases = (
        case("N 3 4", "2", axis=-1, to="2 N 3"),
        case("N 3 4", q=0.5, axis=-1, to="N 3"),
        case("N t 4:int32", q=[0.1, 0.9], axis=[1, 2], keepdims=True, to="2 N 1 1"),
        case("N 3", q=1, to=":float32"),
        case("N 3:float16", q=[0, 0.5, 1], keepdims=True, to="3 1 1:float16"),
        case("N 3", "M:float64", axis=1, to="M N"),
        case("N 3", axis=2, q=0.5, fails=AxisOutOfRange),
        case("N 3", "2 2", axis=1, fails=WrongRank, silent="more comes out than Keras says"),
        case("N 3:string", q=0.5, axis=1, fails=WrongDtype),
    )


class Percentile(Shared):
    """The numbers below which `q` percent of the entries lie.

    Arguments:
        q: the percentage, from 0 to 100, or a list of them, in place of a tensor
    """

    @model_validator(mode="after")
    def _is_a_percentage(self) -> Self:
        check_shares(self.q, 100)
        return self

    def flops(self, x: Tensor, q: Tensor) -> int:
        """That of quantiles, and the division of the percentages."""
        shares = q.shape[0] if q.rank and isinstance(q.shape[0], int) else 1
        return super().flops(x, q) + shares

    cases = (
        case("N 3 4", "2", axis=-1, to="2 N 3"),
        case("N 3 4", q=50, axis=-1, method="nearest", to="N 3"),
        case("N t 4:int32", q=[10, 90], axis=[1, 2], method="midpoint", keepdims=True, to="2 N 1 1"),
        case("N 3", q=[50], axis=1, to="1 N"),
        case("N 3", "2 2", axis=1, fails=WrongRank, silent="more comes out than Keras says"),
    )


class Average(Op):
    """The mean of the entries, each as often as its weight says.

    Arguments:
        axis: the axis along which it is done; null takes all, the batch axis too
    """

    axis: int | None = None

    def infer(self, x: Tensor, *, weights: Tensor | None = None) -> Tensor:
        """The input without the axis. The weights are those of its entries, or of the places on the axis."""
        kept = reduced(x, self.axis)
        if weights is None:
            return Tensor(kept, floats_of(x))
        self._check_weights(x, weights)
        return Tensor(kept, floats_of(x, weights))

    def _check_weights(self, x: Tensor, weights: Tensor) -> None:
        if weights.rank == x.rank:
            pairs = [(axis, axis) for axis in range(x.rank)]
        elif weights.rank == 1 and self.axis is not None:
            pairs = [(x.axis(self.axis), 0)]
        else:
            raise RanksDiffer(x, weights)
        for axes in pairs:
            if differ(x.shape[axes[0]], weights.shape[axes[1]]):
                raise SizesDiffer(x, weights, axes)

    def flops(self, x: Tensor, *, weights: Tensor | None = None) -> int:
        """A mean; with weights the sums of the weights and of the products, and a division."""
        each, kept = x.each_sample(), left(x, self.axis)
        if weights is None:
            return each
        if weights.rank == x.rank:
            return 3 * each - kept
        # TensorFlow works out at run time which axes the product sums over.
        places = each // kept
        return places - 1 + 2 * each + kept + 4

    cases = (
        case("N 3 4", axis=-1, to="N 3"),
        case("N 3 4", axis=1, ports={"weights": "N 3 4"}, to="N 4"),
        case("N t 4", axis=1, ports={"weights": "N ? 4"}, to="N 4"),
        case("N 3 4:int32", axis=-1, ports={"weights": "4:float16"}, to="N 3:float16"),
        case("N 3 4", to=":float32"),
        case("N 3", axis=2, fails=AxisOutOfRange),
        case("N 3 4", axis=1, ports={"weights": "N 3 1"}, fails=SizesDiffer),
        case("N 3 4", axis=1, ports={"weights": "4"}, fails=SizesDiffer),
        case("N 3 4", ports={"weights": "3"}, fails=RanksDiffer),
        case("N 3:string", axis=1, fails=WrongDtype),
    )


class Moments(Op):
    """Mean and variance of the entries.

    Arguments:
        axes: the axis or axes along which they are taken; null takes all, the batch axis too
        keepdims: whether these axes stay, with size 1
        synchronized: whether they are those of all devices together, where a model is trained on several
    """

    axes: Axes
    keepdims: bool = False
    synchronized: bool = False

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """Both."""
        return ("mean", "variance")

    def infer(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Twice the input without the axes."""
        if x.dtype not in FLOATS and self.synchronized:
            raise WrongDtype(x, "floats where it is `synchronized`", "synchronized")
        if x.dtype not in {*FLOATS, "int32", "int64"}:
            raise WrongDtype(x, "floats, int32 and int64")
        one = x.with_shape(*reduced(x, self.axes, keepdims=self.keepdims, argument="axes"))
        return one, one

    def flops(self, x: Tensor) -> int:
        """Two means, squares and differences; halves are kept within their range."""
        clipped = 4 * left(x, self.axes) if x.dtype in {"float16", "bfloat16"} else 0
        return 4 * x.each_sample() + clipped

    cases = (
        case("N 3 4", axes=-1, to=("N 3", "N 3")),
        case("N t 4:float16", axes=[1, 2], keepdims=True, to=("N 1 1:float16", "N 1 1:float16")),
        case("N 3 4", axes=[0, 1], synchronized=True, to=("4", "4")),
        case("N 3:int32", axes=1, to=("N:int32", "N:int32")),
        case("N 3", axes=None, to=(":float32", ":float32")),
        case("N 3", axes=2, fails=AxisOutOfRange),
        case("N 3 4", axes=[1, -2], fails=WrongAxis, late=True),
        case("N 3:uint8", axes=1, fails=WrongDtype, late=True),
    )


class Bincount(Op):
    """How often each integer from 0 on is among the entries of the last axis. Floats lose their fractions.

    Arguments:
        weights: always null; Keras takes no tensor for it in a model
        minlength: how many integers are counted at least, though the greatest may be less
        sparse: always false; sparse tensors are none of the language's
    """

    weights: None = None
    minlength: Annotated[int, Field(ge=0, lt=2**31)] = 0
    sparse: Annotated[bool, choice(False)] = False

    def infer(self, x: Tensor) -> Tensor:
        """As many counts as the greatest entry says, in place of the last axis."""
        need_rank_at_most(need_numbers(x), 2)
        return Tensor((*x.shape[:-1], None), "int32")

    def flops(self, x: Tensor) -> int:
        """What finds the number of counts."""
        return 4

    cases = (
        case("N 5:int32", to="N ?:int32"),
        case("N 5", minlength=10, to="N ?:int32"),
        case("N:uint8", to="?:int32"),
        case("N 3 5:int32", fails=WrongRank, late=True),
        case("N 5:string", fails=WrongDtype, late=True),
    )


class Correlate(Op):
    """How alike two sequences are at each shift of the second along the first: the sums of their products.

    Arguments:
        mode: which shifts count: where the second lies within the first, as many as the longer has entries, or all
            where they meet
    """

    mode: Annotated[str, choice("valid", "same", "full")] = "valid"

    def infer(self, x1: Tensor, x2: Tensor) -> Tensor:
        """One entry for each shift."""
        dtype = result_type(need_numbers(x1.need_rank(1)).dtype, need_numbers(x2.need_rank(1)).dtype)
        if dtype == "int64":
            dtype = "float64"
        return Tensor((self._shifts(x1, x2),), dtype if dtype in FLOATS else "float32")

    def _shifts(self, x1: Tensor, x2: Tensor) -> int:
        first, second = (one.known(0, "to count the shifts") for one in (x1, x2))
        if self.mode == "full":
            return first + second - 1
        if self.mode == "same":
            return max(first, second)
        if second > first:
            raise WrongSize(x1, 0, f"at least {second}, as many as the second has", "mode")
        return first - second + 1

    def flops(self, x1: Tensor, x2: Tensor) -> int:
        """A product and a sum for each shift and entry of the second; `same` is cut out of `full`."""
        first, second = (one.known(0, "to count the shifts") for one in (x1, x2))
        if self.mode == "valid":
            return 2 * self._shifts(x1, x2) * second
        return 2 * (first + second - 1) * second + (self.mode == "same")

    cases = (
        case("5", "3", to="3"),
        case("5", "3", mode="same", to="5"),
        case("3:int32", "5:int64", mode="full", to="7:float64"),
        case("5:float16", "5:bfloat16", to="1"),
        case("3", "5", fails=WrongSize, late=True),
        case("N", "3", fails=UnknownSize),
        case("5 1", "3", fails=WrongRank),
        case("5:string", "3:string", fails=WrongDtype, late=True),
    )
