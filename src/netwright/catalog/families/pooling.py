"""What the poolings share."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from netwright.arguments import DataFormat, Padding, Pair, Sizes
from netwright.catalog.families.windows import layout, need_layout, slide
from netwright.layer import Stateless
from netwright.tensors import Dim, Tensor

Strides1D: TypeAlias = Annotated[tuple[int] | None, Sizes(1, nullable=True)]
Strides2D: TypeAlias = Annotated[Pair | None, Sizes(2, nullable=True)]


class Pooling(Stateless):
    """The arguments that every pooling over windows has. The window says how many spatial axes there are."""

    pool_size: tuple[int, ...]
    strides: tuple[int, ...] | None = None
    padding: Padding = "valid"
    data_format: DataFormat = None


class GlobalPooling(Stateless):
    """The arguments that every pooling over whole axes has."""

    data_format: DataFormat = None
    keepdims: bool = False


def pooled(layer: Pooling, inputs: Tensor) -> Tensor:
    """The output of a pooling over windows.

    Raises:
        WrongRank: the input has not one axis for each entry of `pool_size`, a batch and a channel axis.
        NothingLeft: the window is longer than an axis.
    """
    need_layout(inputs, layer.data_format, len(layer.pool_size))
    spatial, _ = layout(layer.data_format, len(layer.pool_size))
    shape: list[Dim] = list(inputs.shape)
    for axis, window, stride in zip(spatial, layer.pool_size, layer.strides or layer.pool_size, strict=True):
        shape[axis] = slide(inputs, axis, window, stride, layer.padding, 1, "pool_size")
    return inputs.with_shape(*shape)


def reduced(layer: GlobalPooling, inputs: Tensor, axes: int) -> Tensor:
    """The output of a pooling over all `axes` spatial axes.

    Raises:
        WrongRank: the input has not `axes` spatial axes, a batch and a channel axis.
    """
    need_layout(inputs, layer.data_format, axes)
    spatial, channel = layout(layer.data_format, axes)
    if not layer.keepdims:
        return inputs.with_shape(inputs.shape[0], inputs.shape[channel])
    return inputs.with_shape(*(1 if axis in spatial else size for axis, size in enumerate(inputs.shape)))
