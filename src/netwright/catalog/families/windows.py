"""The arithmetic of sliding windows: convolutions, poolings and their transposes.

Formulas after V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning" (2016), with
Keras' paddings: `valid` adds nothing, `same` keeps ceil(n / stride) steps, `causal` pads on the left only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Annotated, Any, TypeAlias

from netwright.arguments import Pair, Sizes, refusal
from netwright.misfits import NothingLeft, WrongLength
from netwright.tensors import Dim, Tensor

WHY_PLACES = "to count the places of the kernel"

# One positive size for each spatial axis.
Sizes1D: TypeAlias = Annotated[tuple[int], Sizes(1)]
Sizes2D: TypeAlias = Annotated[Pair, Sizes(2)]
Sizes3D: TypeAlias = Annotated[tuple[int, int, int], Sizes(3)]


@dataclass(frozen=True)
class SizesOnAll(Sizes):
    """Sizes where the tensor says how many spatial axes there are. A list of one entry is that entry, for all axes."""

    length: int | None = None

    def read(self, value: Any) -> Any:
        """Return the sizes, or raise a refusal."""
        sizes = super().read(value)
        if sizes == ():
            raise refusal("wrong_type", need="an integer, or a list of one for each spatial axis")
        return sizes[0] if isinstance(sizes, tuple) and len(sizes) == 1 else sizes


SizesAny: TypeAlias = Annotated[int | tuple[int, ...], SizesOnAll()]


def layout(data_format: str | None, axes: int) -> tuple[tuple[int, ...], int]:
    """The positions of the `axes` spatial axes and of the channel axis; null is `channels_last`."""
    if data_format == "channels_first":
        return tuple(range(2, 2 + axes)), 1
    return tuple(range(1, 1 + axes)), axes + 1


def axes_of(data_format: str | None, axes: int) -> str:
    """What the axes of an input are called, for messages."""
    spatial = {1: ["steps"], 2: ["height", "width"], 3: ["depth", "height", "width"]}[axes]
    inner = ["channels", *spatial] if data_format == "channels_first" else [*spatial, "channels"]
    return ", ".join(["batch", *inner])


def need_layout(tensor: Tensor, data_format: str | None, axes: int) -> Tensor:
    """Return `tensor` if it has a batch axis, `axes` spatial axes and a channel axis.

    Raises:
        WrongRank: it has another number of axes.
    """
    return tensor.need_rank(axes + 2, axes_of(data_format, axes))


def on_each(sizes: int | tuple[int, ...], tensor: Tensor, argument: str) -> tuple[int, ...]:
    """The value of `argument` on each spatial axis of `tensor`, which has a batch and a channel axis too.

    Raises:
        WrongLength: it has not one entry for each.
    """
    axes = tensor.rank - 2
    if isinstance(sizes, int):
        return (sizes,) * axes
    if len(sizes) != axes:
        raise WrongLength(tensor, str(axes), argument)
    return sizes


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows that slide over the spatial axes of a tensor, with an entry for each axis.

    `argument` is where their sizes are written, or None if they are those of another tensor.
    """

    sizes: tuple[int, ...]
    strides: tuple[int, ...]
    padding: str
    data_format: str | None
    argument: str | None
    dilation: tuple[int, ...] = ()

    @property
    def spatial(self) -> tuple[int, ...]:
        """The positions of the spatial axes."""
        return layout(self.data_format, len(self.sizes))[0]

    @property
    def channel(self) -> int:
        """The position of the channel axis."""
        return layout(self.data_format, len(self.sizes))[1]

    @property
    def _each(self) -> Iterator[tuple[int, int, int, int]]:
        """For each spatial axis its position, and what the size, the stride and the dilation are there."""
        return zip(self.spatial, self.sizes, self.strides, self.dilation or (1,) * len(self.sizes), strict=True)

    def slid(self, inputs: Tensor) -> Tensor:
        """The input with each spatial axis as the windows leave it.

        Raises:
            NothingLeft: a window is longer than the axis.
        """
        shape: list[Dim] = list(inputs.shape)
        for axis, window, stride, dilation in self._each:
            shape[axis] = slide(inputs, axis, window, stride, self.padding, dilation, self.argument)
        return inputs.with_shape(*shape)

    def places(self, inputs: Tensor, outputs: Tensor) -> int:
        """On how many places of one sample a window is laid.

        Raises:
            UnknownSize: a size is not known.
        """
        if max(self.dilation, default=1) == 1:
            return prod(outputs.known(axis, WHY_PLACES) for axis in self.spatial)
        return prod(
            places(inputs.known(axis, WHY_PLACES), window, stride, self.padding, dilation)
            for axis, window, stride, dilation in self._each
        )


def slide(
    tensor: Tensor, axis: int, window: int, stride: int, padding: str, dilation: int, argument: str | None
) -> Dim:
    """The size of `axis` after a window of `window` entries, `dilation` apart, slid over it by `stride`.

    Raises:
        NothingLeft: the window is longer than the axis.
    """
    size = tensor.shape[axis]
    if not isinstance(size, int):
        return size if stride == 1 and (padding != "valid" or window == 1) else None
    if padding != "valid":
        return -(-size // stride)
    span = dilation * (window - 1) + 1
    if span > size:
        raise NothingLeft(tensor, axis, span, argument)
    return (size - span) // stride + 1


def places(size: int, window: int, stride: int, padding: str, dilation: int) -> int:
    """How often TensorFlow computes a window on an axis where it is dilated on some axis.

    It deals the entries out to `dilation` axes, all as long as the longest, slides by 1 over each, and drops what is
    too much.
    """
    if padding != "valid":
        size = max(size, (-(-size // stride) - 1) * stride + dilation * (window - 1) + 1)
    return dilation * (-(-size // dilation) - window + 1)


def spread(size: Dim, window: int, stride: int, padding: str, dilation: int, extra: int | None) -> Dim:
    """A size from which `slide` comes to `size`. There are several: `extra` chooses, or null Keras."""
    span = dilation * (window - 1) + 1
    if padding == "same":
        rest = 0 if extra is None else span % 2 + extra - stride
    else:
        rest = max(span, stride) - stride if extra is None else span + extra - stride
    if isinstance(size, int):
        return size * stride + rest
    return size if stride == 1 and rest == 0 else None
