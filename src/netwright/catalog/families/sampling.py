"""What it costs to read images between their pixels, and to smooth them, as TensorFlow's profiler counts."""

from __future__ import annotations

# What it costs to bring one position back into the image, by what stands beyond the borders.
BEYOND = {"constant": 4, "nearest": 2, "wrap": 0, "reflect": 3}


def sampling_flops(points: int, axes: int, order: int, fill_mode: str) -> int:
    """Those of reading `points` values of a tensor of `axes` axes: the nearest entry, or all around, weighed.

    Of the nearest entry all weights are one number.
    """
    if order == 0:
        return points * (BEYOND[fill_mode] * axes + 1) + axes - 1
    around = 1 << axes
    return points * (axes * (2 * BEYOND[fill_mode] + 3) + axes * around + around - 1)


def kernel_flops(size: int) -> int:
    """Those of the kernel for smoothing by `size` pixels each way."""
    return 2 * size**2 + 12 * size + 2
