"""Activations as functions, with the arguments that a name of an activation has not."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from netwright.arguments import NonNegativeFloat, conflict
from netwright.catalog.families.entrywise import Activation, NotOfBooleans, OfFloats
from netwright.misfits import AxisOutOfRange, UnknownSize, WrongDtype, WrongSize
from netwright.operation import Activity, case
from netwright.tensors import Tensor


class Relu(NotOfBooleans):
    """Keep what is positive; zero otherwise."""

    @property
    def activity(self) -> Activity | None:
        """The function itself."""
        return Activity(self.kind())

    cases = (
        case("N 4", to="N 4"),
        case("N t ? 4:int32", to="N t ? 4:int32"),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4:string", fails=WrongDtype, late=True),
    )


class Relu6(NotOfBooleans):
    """Keep what is positive, up to 6; zero otherwise."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:uint8", to="N 4:uint8"),
        case("N 4:bool", fails=WrongDtype, late=True),
    )


class LeakyRelu(Activation):
    """Keep what is positive and scale down what is negative.

    Arguments:
        negative_slope: factor of what is negative
    """

    negative_slope: float = 0.2

    cases = (
        case("N 4", to="N 4"),
        case("N 4:float64", negative_slope=-1, to="N 4:float64"),
        case("N 4:bool", fails=WrongDtype, late=True),
        case("N 4:int32", fails=WrongDtype, silent="Keras calls the output int32, and gives float32"),
    )


class Elu(Activation):
    """Keep what is positive, and let what is negative approach a lower bound.

    Arguments:
        alpha: how far below zero that bound lies
    """

    alpha: float = 1.0

    def flops(self, x: Tensor) -> int:
        """A comparison and a factor for each entry, if there is a factor."""
        return 0 if self.alpha == 1 else 2 * x.each_sample()

    cases = (
        case("N 4", to="N 4"),
        case("N t ? 4:float16", alpha=0.5, to="N t ? 4:float16"),
        case("N 4", alpha=-2, to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
        case("N 4:bool", fails=WrongDtype, late=True),
    )


class Celu(Activation):
    """Keep what is positive, and let what is negative approach a lower bound, without a bend at zero.

    Arguments:
        alpha: how far below zero that bound lies
    """

    alpha: float = 1.0

    @model_validator(mode="after")
    def _can_divide(self) -> Self:
        if self.alpha == 0:
            raise conflict("alpha", "entries are divided by `alpha`, so it can't be 0")
        return self

    cases = (
        case("N 4", to="N 4"),
        case("N 4:float64", alpha=2, to="N 4:float64"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Selu(Activation):
    """An `elu` scaled so that deep chains of layers keep mean 0 and variance 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Gelu(Activation):
    """Each entry times the share of a normal distribution that lies below it.

    Arguments:
        approximate: whether a hyperbolic tangent stands for that share
    """

    approximate: bool = True

    def flops(self, x: Tensor) -> int:
        """What the activation of the name costs, which is the exact one; seven for each entry otherwise."""
        return 7 * x.each_sample() if self.approximate else super().flops(x)

    cases = (
        case("N 4", to="N 4"),
        case("N 4", approximate=False, to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Glu(OfFloats):
    """One half of an axis times the sigmoid of the other.

    Arguments:
        axis: the axis that is cut in half
    """

    axis: int = -1

    def infer(self, x: Tensor) -> Tensor:
        """Half the size on the axis."""
        axis = x.axis(self.axis)
        size = super().infer(x).known(axis, "to be cut in half")
        if size % 2:
            raise WrongSize(x, axis, "even", "axis")
        return x.with_size(axis, size // 2)

    def flops(self, x: Tensor) -> int:
        """A multiplication for each entry of the result."""
        return self.infer(x).each_sample()

    cases = (
        case("N 4", to="N 2"),
        case("N t 4 3:float16", axis=2, to="N t 2 3:float16"),
        case("4 3", axis=0, to="2 3"),
        case("N 3", fails=WrongSize),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N ?", fails=UnknownSize, silent="it fails in a graph"),
        case("N 4", axis=0, fails=UnknownSize, silent="it fails in a graph"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Sigmoid(Activation):
    """An S-shaped curve from 0 to 1: the probability of yes, from its log-odds."""

    cases = (
        case("N 4", to="N 4"),
        case("N t ?:bfloat16", to="N t ?:bfloat16"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class HardSigmoid(Activation):
    """A sigmoid of three straight lines: 0 below -3, 1 above 3."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class LogSigmoid(Activation):
    """The logarithm of the sigmoid."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class SparseSigmoid(Activation):
    """A sigmoid of straight lines: 0 below -1, 1 above 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Silu(Activation):
    """Each entry times its sigmoid."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class HardSilu(Activation):
    """Each entry times its hard sigmoid."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Softplus(Activation):
    """A smooth `relu`: the logarithm of 1 + e to the power of the entry."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class SparsePlus(Activation):
    """A `relu` with a quadratic bend from -1 to 1."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Squareplus(Activation):
    """A smooth `relu` made of a square root.

    Arguments:
        b: how far around zero it is bent
    """

    b: NonNegativeFloat = 4

    cases = (
        case("N 4", to="N 4"),
        case("N 4:float16", b=0.5, to="N 4:float16"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Softsign(Activation):
    """Each entry divided by 1 + its absolute value."""

    cases = (
        case("N 4", to="N 4"),
        case("N 4:int32", fails=WrongDtype, late=True),
    )
