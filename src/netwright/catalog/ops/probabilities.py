"""Activations that look at all entries of an axis together."""

from __future__ import annotations

from netwright.catalog.families.entrywise import Activation
from netwright.catalog.families.swapping import swap_flops
from netwright.misfits import AxisOutOfRange, WrongDtype
from netwright.operation import Activity, case
from netwright.tensors import Tensor


class OverAxis(Activation):
    """Probabilities over an axis.

    Arguments:
        axis: the axis over which the probabilities sum to 1; null takes all entries of the batch together
    """

    # Keras' own function takes several axes; what a model makes of it fails when it runs.
    axis: int | None = -1

    @property
    def activity(self) -> Activity | None:
        """The function itself."""
        return Activity(self.kind(), self.axis)

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        if self.axis is not None:
            x.axis(self.axis)
        return super().infer(x)

    def flops(self, x: Tensor) -> int:
        """What the activation costs, and a few to swap axes."""
        return super().flops(x) + (0 if self.axis is None else swap_flops(self.axis, x.rank))


class Softmax(OverAxis):
    """Probabilities that sum to 1 over an axis, from their unnormalized logarithms."""

    cases = (
        case("N 4", to="N 4"),
        case("N t ? 4:float16", axis=1, to="N t ? 4:float16"),
        case("N 3 4", axis=-2, to="N 3 4"),
        case("N 3 4", axis=None, to="N 3 4"),
        case("N 3 4", axis=0, to="N 3 4"),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 4", axis=-3, fails=AxisOutOfRange),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class LogSoftmax(OverAxis):
    """The logarithms of probabilities that sum to 1 over an axis."""

    cases = (
        case("N 4", to="N 4"),
        case("N 3 4", axis=1, to="N 3 4"),
        case("N 3 4", axis=None, to="N 3 4"),
        case("N 4", axis=2, fails=AxisOutOfRange),
        case("N 4:int32", fails=WrongDtype, late=True),
    )


class Sparsemax(Activation):
    """Probabilities that sum to 1 over an axis, many of them exactly 0.

    Arguments:
        axis: the axis over which the probabilities sum to 1
    """

    axis: int = -1

    def infer(self, x: Tensor) -> Tensor:
        """The shape of the input."""
        x.axis(self.axis)
        return super().infer(x)

    def dtype_of(self, x: Tensor) -> str:
        """That of the input."""
        if x.dtype == "float16":
            raise WrongDtype(x, "floats other than float16")
        return super().dtype_of(x)

    def flops(self, x: Tensor) -> int:
        """What the activation costs, and one for the end of the axis."""
        return super().flops(x) + 1

    cases = (
        case("N 4", to="N 4"),
        case("N 3 4", axis=1, to="N 3 4"),
        case("N t 4:bfloat16", axis=-2, to="N t 4:bfloat16"),
        case("N 4", axis=-3, fails=AxisOutOfRange),
        case("N 4:int32", fails=WrongDtype, late=True),
        case("N 4:float16", fails=WrongDtype, silent="it fails in a graph"),
    )
