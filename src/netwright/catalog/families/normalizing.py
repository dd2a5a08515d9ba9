"""What the normalizations share: a learned factor, `gamma`, and a learned offset, `beta`."""

from __future__ import annotations

from collections.abc import Iterator

from netwright.arguments import NonNegativeFloat
from netwright.layer import Layer, Variable
from netwright.objects import Constraint, OptionalInitializer, Regularizer

WHY_SIZE = "because each of its entries has a factor and an offset of its own"


class Normalization(Layer):
    """The arguments that normalizations with a factor and an offset have."""

    # A negative `epsilon` passes Keras, and gives NaN where the variance is small.
    epsilon: NonNegativeFloat = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: OptionalInitializer = "zeros"
    gamma_initializer: OptionalInitializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None

    def learned(self, shape: tuple[int, ...]) -> Iterator[Variable]:
        """The factor and the offset."""
        if self.scale:
            yield Variable("gamma", shape)
        if self.center:
            yield Variable("beta", shape)
