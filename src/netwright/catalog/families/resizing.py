"""Images made larger or smaller: the ways to do it, and what TensorFlow does around it."""

from __future__ import annotations

# How a value between pixels is computed.
WAYS = ("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5", "area")


def size_flops(*, crop: bool, pad: bool, smooth: bool) -> int:
    """The operations on sizes, however large an image is: the aspect ratio is kept, the scales are computed."""
    return (14 if crop else 12 if pad else 0) + (2 if smooth else 0)


def computes_scales(interpolation: str, *, antialias: bool) -> bool:
    """Whether TensorFlow computes by how much an image gets larger or smaller before it resizes it."""
    return interpolation.startswith("lanczos") or (antialias and interpolation in ("bilinear", "bicubic"))
