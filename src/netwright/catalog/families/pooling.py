"""What the poolings share: those over windows, and those over whole axes."""

from __future__ import annotations

from math import prod
from typing import Annotated, ClassVar, TypeAlias

from netwright.arguments import DataFormat, Padding, Pair, Sizes
from netwright.catalog.families.dtypes import need_floats, need_numbers, need_volume_floats
from netwright.catalog.families.windows import Windows, layout, need_layout
from netwright.layer import Stateless
from netwright.misfits import WrongDtype
from netwright.tensors import Dim, Tensor

Strides1D: TypeAlias = Annotated[tuple[int] | None, Sizes(1, nullable=True)]
Strides2D: TypeAlias = Annotated[Pair | None, Sizes(2, nullable=True)]
Strides3D: TypeAlias = Annotated[tuple[int, int, int] | None, Sizes(3, nullable=True)]


class Pooling(Stateless):
    """A pooling over windows. The window says how many spatial axes there are."""

    pool_size: tuple[int, ...]
    strides: tuple[int, ...] | None = None
    padding: Padding = "valid"
    data_format: DataFormat = None

    def infer(self, inputs: Tensor) -> Tensor:
        """Each spatial axis as the window leaves it; the channels stay."""
        need = need_volume_floats if len(self.pool_size) == 3 else need_floats
        need_layout(need(inputs), self.data_format, len(self.pool_size))
        strides = self.strides or self.pool_size
        windows = Windows(self.pool_size, strides, self.padding, self.data_format, "pool_size")
        return windows.slid(inputs).with_dtype(self.compute_dtype)

    def flops(self, inputs: Tensor) -> int:
        """One for each entry of the window, for each entry of the output."""
        return prod(self.pool_size) * self.infer(inputs).each_sample()


class GlobalPooling(Stateless):
    """A pooling over all spatial axes, however long they are."""

    # How many spatial axes the input has.
    spatial_axes: ClassVar[int]

    data_format: DataFormat = None
    keepdims: bool = False

    def infer(self, inputs: Tensor) -> Tensor:
        """The batch axis and the channels; the others go, or are 1 with `keepdims`."""
        return self.reduced(need_floats(inputs))

    def reduced(self, inputs: Tensor) -> Tensor:
        """The output, whatever the dtype of the input.

        Raises:
            WrongRank: the input has not `spatial_axes` spatial axes, a batch and a channel axis.
        """
        need_layout(inputs, self.data_format, self.spatial_axes)
        spatial, channel = layout(self.data_format, self.spatial_axes)
        shape: tuple[Dim, ...] = (inputs.shape[0], inputs.shape[channel])
        if self.keepdims:
            shape = tuple(1 if axis in spatial else size for axis, size in enumerate(inputs.shape))
        return inputs.with_shape(*shape).with_dtype(self.compute_dtype)


class GlobalMean(GlobalPooling):
    """The mean over all spatial axes."""

    def infer(self, inputs: Tensor) -> Tensor:
        """The batch axis and the channels; the others go, or are 1 with `keepdims`."""
        return self.reduced(self.need_mean(inputs, "float32"))

    def need_mean(self, inputs: Tensor, mean: str) -> Tensor:
        """Return `inputs` if Keras takes their mean in the layer's dtype; that of integers is in `mean`, always.

        Raises:
            WrongDtype: it does not, or they are strings.
        """
        if not need_numbers(inputs).holds_floats and self.compute_dtype != mean:
            raise WrongDtype(inputs, f"integers only where it computes in {mean}", "dtype" if self.dtype else None)
        return inputs

    def flops(self, inputs: Tensor) -> int:
        """A sum over the input, and its division: one for each entry."""
        return inputs.each_sample()
