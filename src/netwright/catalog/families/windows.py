"""The arithmetic of sliding windows: convolutions, poolings and their transposes.

Formulas after V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning" (2016), with
Keras' paddings: `valid` adds nothing, `same` keeps ceil(n / stride) steps, `causal` pads on the left only.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from netwright.arguments import Pair, Sizes
from netwright.misfits import NothingLeft
from netwright.tensors import Dim, Tensor

# One positive size for each spatial axis.
Sizes1D: TypeAlias = Annotated[tuple[int], Sizes(1)]
Sizes2D: TypeAlias = Annotated[Pair, Sizes(2)]
Sizes3D: TypeAlias = Annotated[tuple[int, int, int], Sizes(3)]


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


def slide(tensor: Tensor, axis: int, window: int, stride: int, padding: str, dilation: int, argument: str) -> Dim:
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
