"""What the normalizations share: a learned factor, `gamma`, and a learned offset, `beta`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from netwright.arguments import NonNegativeFloat
from netwright.layer import Layer
from netwright.objects import Constraint, OptionalInitializer, Regularizer
from netwright.operation import Activity, Variable
from netwright.tensors import Tensor

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

    @property
    def activity(self) -> Activity | None:
        """Any number, if the layer learns."""
        return Activity("linear", fresh=True) if self.trainable else None

    def learned(self, shape: tuple[int, ...]) -> Iterator[Variable]:
        """The factor and the offset."""
        if self.scale:
            yield Variable("gamma", shape)
        if self.center:
            yield Variable("beta", shape)

    def flops_of(self, entries: int, groups: int, factors: int) -> int:
        """The cost of bringing `groups` of together `entries` to mean 0 and variance 1, with `factors` in between."""
        return unit_variance_flops(entries, groups, factors * self.scale, factors * self.center)


def groups_of(inputs: Tensor, axes: Iterable[int]) -> int:
    """How many groups of entries a sample has, if those along `axes` make one group.

    Raises:
        Misfit: a size is not known.
    """
    for axis in axes:
        inputs = inputs.with_size(axis, 1)
    return inputs.each_sample()


def unit_flops(inputs: Tensor, axes: Iterable[int]) -> int:
    """The cost of bringing `inputs` to length 1 along `axes`: squares, sums, inverse roots and products.

    Raises:
        Misfit: a size is not known.
    """
    return 3 * inputs.each_sample() + 2 * groups_of(inputs, axes)


def unit_variance_flops(entries: int, groups: int, scaled: int = 0, shifted: int = 0) -> int:
    """The cost of bringing `groups` of together `entries` to mean 0 and variance 1.

    In between, `scaled` products with a factor and `shifted` sums with an offset are made, if there are these.
    """
    # Mean and variance; their inverse root, and its product with the mean; a product and a sum for each entry.
    return 4 * entries + 3 * groups + (groups + (scaled or groups)) + scaled + shifted + 2 * entries
