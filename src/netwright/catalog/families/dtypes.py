"""Which dtypes a layer can compute with, where Keras only finds out when the first batch arrives."""

from __future__ import annotations

from netwright.misfits import WrongDtype
from netwright.tensors import FLOATS, Tensor

# The dtypes for which TensorFlow slides windows and resizes images.
PLAIN_NUMBERS = FLOATS | {"int8", "uint8", "int16", "uint16", "int32", "int64"}


def need_floats(tensor: Tensor) -> Tensor:
    """Return `tensor` if it holds floats.

    Raises:
        WrongDtype: it holds something else, which Keras would not cast.
    """
    if not tensor.holds_floats:
        raise WrongDtype(tensor, "floats")
    return tensor


def need_volume_floats(tensor: Tensor, argument: str | None = "dtype") -> Tensor:
    """Return `tensor` if it holds floats for which TensorFlow slides windows over volumes without a GPU too.

    `argument` is the one that would make other floats of them.

    Raises:
        WrongDtype: it holds something else.
    """
    if tensor.dtype not in {"float32", "bfloat16"} or tensor.integers:
        # Floats have been cast, so that it is the policy that makes them what they are.
        raise WrongDtype(tensor, "float32 or bfloat16", argument if tensor.holds_floats else None)
    return tensor


def need_plain_numbers(tensor: Tensor) -> Tensor:
    """Return `tensor` if it holds floats or one of the usual integers.

    Raises:
        WrongDtype: it holds something else.
    """
    if tensor.dtype not in PLAIN_NUMBERS:
        raise WrongDtype(tensor, "floats, and integers other than uint32 and uint64")
    return tensor


def need_numbers(tensor: Tensor) -> Tensor:
    """Return `tensor` if it holds anything but text. Booleans count as 0 and 1.

    Raises:
        WrongDtype: it holds strings.
    """
    if tensor.dtype == "string":
        raise WrongDtype(tensor, "numbers")
    return tensor


def need_text(tensor: Tensor) -> Tensor:
    """Return `tensor` if it holds text.

    Raises:
        WrongDtype: it holds something else.
    """
    if tensor.dtype != "string":
        raise WrongDtype(tensor, "text")
    return tensor


def wider(one: str, other: str) -> str:
    """The dtype of what Keras computes from two dtypes, of which `other` is one of floats."""
    if one == other or one not in FLOATS:
        return other
    halves = {"float16", "bfloat16"}
    if {one, other} <= halves:
        return "float32"
    return other if one in halves or other == "float64" else one
