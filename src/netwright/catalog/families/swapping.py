"""A softmax over another axis than the last, for which TensorFlow lets the two change places."""

from __future__ import annotations


def swap_flops(axis: int, rank: int) -> int:
    """What TensorFlow's profiler counts for the places of the axes; `axis` as it is written."""
    if axis in (-1, rank - 1):
        return 0
    return 5 if axis < 0 else 2
