"""Tensors brought to mean 0 and variance 1, or to length 1, by given factors and offsets."""

from __future__ import annotations

from math import prod
from typing import Annotated, Self

from pydantic import model_validator

from netwright.arguments import NonNegativeFloat, Sizes
from netwright.catalog.families.axes import as_tuple, need_some, positions
from netwright.catalog.families.broadcasting import broadcast
from netwright.catalog.families.covering import cover
from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.catalog.families.normalizing import groups_of, unit_variance_flops
from netwright.catalog.families.pairing import check_paired
from netwright.misfits import (
    AxisOutOfRange,
    RanksDiffer,
    SizesDiffer,
    UnknownSize,
    WrongAxis,
    WrongCount,
    WrongDtype,
    WrongRank,
    WrongSize,
)
from netwright.op import Number, Op
from netwright.operation import case
from netwright.tensors import Scalar, Shape, Tensor, count

Axes = Annotated[int | tuple[int, ...], Sizes(None, minimum=None)]


class BatchNormalization(Op):
    """Bring each channel to mean 0 and variance 1, as far as its given `mean` and `variance` are right.

    Arguments:
        axis: the axis of the channels
    """

    axis: int
    epsilon: NonNegativeFloat = 1e-3

    def infer(
        self,
        x: Tensor,
        mean: Tensor,
        variance: Tensor,
        *,
        offset: Tensor | None = None,
        scale: Tensor | None = None,
    ) -> Tensor:
        """The shape and the dtype of the input."""
        axis = need_numbers(x).axis(self.axis)
        if x.dtype == "bool":
            raise WrongDtype(x, "numbers")
        for name, one in {"mean": mean, "variance": variance, "offset": offset, "scale": scale}.items():
            if one is not None:
                check_paired(x, one.need_rank(1, "channels"), (axis, 0), f"`x` or `{name}`")
                if need_floats(one).dtype != mean.dtype:
                    raise WrongDtype(one, f"{mean.dtype} as `{name}`, like `mean`")
        if self.axis != -1:
            x.known(axis, "where `axis` is not -1: Keras can't make a graph of it otherwise")
        if offset is not None and scale is None:
            raise WrongCount("scale", "1", 0)
        return x

    def flops(self, x: Tensor, mean: Tensor, variance: Tensor, **ports: Tensor) -> int:
        """For each channel the inverse root and the offset; for each entry a product and a sum."""
        channels = x.known(x.axis(self.axis), "to count the entries")
        return 2 * x.each_sample() + (4 + ("scale" in ports) + ("offset" in ports)) * channels

    cases = (
        case("N 5 4", "4", "4", axis=-1, to="N 5 4"),
        case("1 5 4", "1", "1", ports={"offset": "1", "scale": "1"}, axis=0, to="1 5 4"),
        case("N 5 4:float16", "5:float64", "5:float64", ports={"scale": "5:float64"}, axis=1, to="N 5 4:float16"),
        case("N 5 ?", "N", "N", axis=-1, to="N 5 ?"),
        case("N 5 4:int32", "4", "4", axis=2, epsilon=0, to="N 5 4:int32"),
        case("N 5 4", "3", "4", axis=-1, fails=SizesDiffer),
        case("N 5 4", "N", "N", axis=-1, fails=UnknownSize),
        case("N 5 ?", "N", "N", axis=2, fails=UnknownSize, silent="Keras can't trace it, only run it eagerly"),
        case("N 5 4", "4 1", "4", axis=-1, fails=WrongRank),
        case("N 5 4", "4", "4", axis=3, fails=AxisOutOfRange),
        case("N 5 4", "4", "4", ports={"offset": "4"}, axis=-1, fails=WrongCount),
        case("N 5 4", "4:string", "4:string", axis=-1, fails=WrongDtype, late=True),
        case("N 5 4:string", "4", "4", axis=-1, fails=WrongDtype, late=True),
    )


class LayerNormalization(Op):
    """Bring each sample, on its own, to mean 0 and variance 1, then scale and shift it.

    Arguments:
        axis: the axis, or the axes together, over which mean and variance are taken
        gamma: a number in place of the factor
        beta: a number in place of the offset
        epsilon: small number added to the variance, so that nothing is divided by zero; null is Keras' own
    """

    gamma: Number = None
    beta: Number = None
    axis: Axes = -1
    epsilon: NonNegativeFloat | None = None

    @model_validator(mode="after")
    def _has_an_axis(self) -> Self:
        need_some(self.axis, "axis")
        return self

    def infer(self, x: Tensor, gamma: Tensor | None = None, beta: Tensor | None = None) -> Tensor:
        """The shape and the dtype of the input."""
        axes = positions(need_numbers(x), self.axis)
        for name, one in {"gamma": gamma, "beta": beta}.items():
            if one is not None:
                x = x.with_shape(*self._met(x, axes, need_numbers(one), name))
        return x

    def _met(self, x: Tensor, axes: tuple[int, ...], learned: Tensor, name: str) -> Shape:
        """The shape after a factor or an offset. Keras lays it along the axes, or spreads it as it is.

        It looks at the axis as it is written: -1 is not the last.

        Raises:
            Misfit: it does not fit.
        """
        if self._is_spread(x, learned):
            return cover(x, learned)
        need = prod(x.known(axis, f"because Keras lays `{name}` along it") for axis in axes)
        have = count(learned.shape)
        if have is None or have == need:
            return x.shape
        if isinstance(learned, Scalar):
            raise WrongAxis(x, axes[0], f"{x.rank - 1}, written so, where `{name}` is a number", "axis")
        raise WrongSize(learned, 0, f"such that it has {need} entries, one for each entry along `axis`", "axis")

    def flops(self, x: Tensor, gamma: Tensor | None = None, beta: Tensor | None = None) -> int:
        """Mean and variance; products with the factor and sums with the offset, where these have been spread so far."""
        axes = positions(x, self.axis)
        reduced = [x.with_shape(*(1 if axis in axes else size for axis, size in enumerate(x.shape)))]
        made = []
        for one in (gamma, beta):
            if one is not None:
                reduced.append(self._laid(x, axes, one))
            made.append(0 if one is None else x.with_shape(*broadcast(*reduced)).each_sample())
        return unit_variance_flops(x.each_sample(), groups_of(x, axes), *made)

    def _is_spread(self, x: Tensor, learned: Tensor) -> bool:
        """Whether Keras leaves a factor or an offset as it is, to be spread over the input."""
        return learned.rank == x.rank or as_tuple(self.axis) == (x.rank - 1,)

    def _laid(self, x: Tensor, axes: tuple[int, ...], learned: Tensor) -> Tensor:
        """A factor or an offset as it meets the input."""
        if self._is_spread(x, learned):
            return learned
        return x.with_shape(*(size if axis in axes else 1 for axis, size in enumerate(x.shape)))

    cases = (
        case("N 5 4", to="N 5 4"),
        case("N 5 4", "4", "4", to="N 5 4"),
        case("1 5 4", "1 1 4", "1 5 4", axis=1, to="1 5 4"),
        case("N 5 4", "5 4", ports={"beta": "20"}, axis=[2, 1], epsilon=0, to="N 5 4"),
        case("N 5 4", gamma=2, beta=0.5, axis=2, to="N 5 4"),
        case("N 5 ?", to="N 5 ?"),
        case("N 5 3:int32", "N:bool", to="N 5 3:int32"),
        case("N ?", "4", axis=1, to="N ?"),
        case("N 5 4", axis=3, fails=AxisOutOfRange, late=True),
        case("N 5 4", axis=[1, -2], fails=WrongAxis, late=True),
        case("N 5 4", gamma=2, fails=WrongAxis, late=True),
        case("N 5 4", "5", fails=WrongSize, late=True),
        case("N 5 4", "3", axis=2, fails=SizesDiffer, late=True),
        case("N 5 4", "1 1 5 4", axis=2, fails=RanksDiffer, silent="the output has an axis more than Keras says"),
        case("N 5 ?", "4", fails=UnknownSize, silent="Keras can't trace it, only run it eagerly"),
        case("N 5 4:string", fails=WrongDtype, late=True),
        case("N 5 4", "4:string", fails=WrongDtype, late=True),
    )


class RmsNormalization(Op):
    """Divide each sample, on its own, by the root of its mean square, then scale it.

    Arguments:
        scale: a number in place of the factor; a tensor is spread over the input, from its last axis on
        axis: the axis, or the axes together, over which the mean is taken
        epsilon: small number added to the mean square, so that nothing is divided by zero; null is Keras' own
    """

    scale: Number = None
    axis: Axes = -1
    epsilon: NonNegativeFloat | None = None

    @model_validator(mode="after")
    def _has_an_axis(self) -> Self:
        need_some(self.axis, "axis")
        return self

    def infer(self, x: Tensor, scale: Tensor | None = None) -> Tensor:
        """The shape and the dtype of the input."""
        positions(need_numbers(x), self.axis)
        return x if scale is None else x.with_shape(*cover(x, need_numbers(scale)))

    def flops(self, x: Tensor, scale: Tensor | None = None) -> int:
        """Squares, means, inverse roots and one or two products."""
        return (3 + (scale is not None)) * x.each_sample() + 3 * groups_of(x, positions(x, self.axis))

    cases = (
        case("N 5 4", to="N 5 4"),
        case("1 5 4", "1 5 1", axis=[1, 2], to="1 5 4"),
        case("N 5 4", scale=2, axis=1, epsilon=0, to="N 5 4"),
        case("N t ?", "N", to="N t ?"),
        case("N t 4", "3 4", to="N ? 4"),
        case("N 5 4:int8", "4:float64", to="N 5 4:int8"),
        case("N 5 4", axis=3, fails=AxisOutOfRange, late=True),
        case("N 5 4", axis=[1, 1], fails=WrongAxis, late=True),
        case("N 5 4", "5", fails=SizesDiffer, late=True),
        case("N 5 1", "4", fails=SizesDiffer, silent="the last axis becomes 4, though Keras says 1"),
        case("N 5 1", "N", fails=SizesDiffer, silent="the last axis becomes longer than Keras says"),
        case("N 5 4", "1 1 5 4", fails=RanksDiffer, silent="the output has an axis more than Keras says"),
        case("N 5 4:string", fails=WrongDtype, late=True),
    )
