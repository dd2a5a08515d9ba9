"""Numbers beside tensors: which can stand there, and the dtype that all become together."""

from __future__ import annotations

from netwright.catalog.families.arrays import FLOAT32
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.entries import RANGES
from netwright.misfits import WrongDtype, WrongNumber
from netwright.promotion import result_type
from netwright.tensors import Scalar, Tensor


def joined(*weak: str, **ports: Tensor) -> str:
    """The dtype that what is at the ports becomes together; numbers take the width of what they meet.

    Args:
        weak: further dtypes that have a part in it, as `float`.
        ports: a tensor or number for each port.

    Raises:
        WrongDtype: one holds text.
        WrongNumber: a number is beyond what the dtype holds.
    """
    dtype = result_type(*(need_numbers(one).dtype for one in ports.values()), *weak)
    for port, one in numbers_of(ports).items():
        check_range(port, one, dtype)
        if isinstance(one.value, bool) and dtype == "bfloat16":
            raise WrongNumber(port, one.value, "a number beside bfloat16")
    return dtype


def check_range(port: str, number: Scalar, dtype: str) -> None:
    """Refuse an integer that `dtype` does not have, if that is one of integers.

    Raises:
        WrongNumber: Keras would make another of it.
    """
    if dtype not in RANGES:
        return
    low, high = RANGES[dtype]
    if not low <= number.value <= high:
        raise WrongNumber(port, number.value, f"from {low} to {high} beside {dtype}")


def numbers_of(ports: dict[str, Tensor]) -> dict[str, Scalar]:
    """The ports that numbers fill."""
    return {port: one for port, one in ports.items() if isinstance(one, Scalar)}


def holds_integers(dtype: str) -> bool:
    """Whether it is a dtype of integers; booleans are none."""
    return dtype in RANGES and dtype != "bool"


def alone(port: str, one: Tensor) -> str:
    """The dtype of what is at a port, where a number becomes a tensor before it meets others.

    Raises:
        WrongNumber: the number is beyond the range of such a tensor.
    """
    if not isinstance(one, Scalar):
        return one.dtype
    if isinstance(one.value, float):
        if abs(one.value) > FLOAT32:
            raise WrongNumber(port, one.value, "within the range of float32")
        return "float32"
    if isinstance(one.value, bool):
        return "bool"
    low, high = RANGES["int32"]
    return "int32" if low <= one.value <= high else "int64"


def joined_alone(*weak: str, **ports: Tensor) -> str:
    """The dtype that what is at the ports becomes together, where numbers become tensors first; see `joined`.

    Raises:
        WrongDtype: one holds text.
        WrongNumber: see `alone`.
    """
    return result_type(*(alone(port, need_numbers(one)) for port, one in ports.items()), *weak)


def check_said(said: str, given: str, **ports: Tensor) -> str:
    """The dtype that comes out, if Keras says the same.

    Raises:
        WrongNumber: it says another, for the sake of a number.
    """
    for port, one in numbers_of(ports).items():
        if said != given:
            raise WrongNumber(port, one.value, f"fed by an edge: Keras says {said}, and {given} comes out")
    return given


def need_more_than_booleans(dtype: str, *tensors: Tensor) -> str:
    """The dtype that the tensors become together, if it is another than bool.

    Raises:
        WrongDtype: all are booleans.
    """
    if dtype == "bool":
        raise WrongDtype(fed(*tensors), "numbers, or booleans beside numbers")
    return dtype


def fed(*tensors: Tensor) -> Tensor:
    """The last that comes by an edge."""
    return next(one for one in reversed(tensors) if not isinstance(one, Scalar))
