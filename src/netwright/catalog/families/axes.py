"""Arguments that name axes: one, or several that must not repeat."""

from __future__ import annotations

from netwright.arguments import conflict
from netwright.misfits import WrongAxis
from netwright.tensors import Tensor


def as_tuple(axis: int | tuple[int, ...]) -> tuple[int, ...]:
    """One axis or several, as several."""
    return (axis,) if isinstance(axis, int) else axis


def need_some(axis: int | tuple[int, ...] | None, argument: str) -> None:
    """Refuse an empty list of axes.

    Raises:
        PydanticCustomError: it is empty.
    """
    if axis == ():
        raise conflict(argument, f"`{argument}` must name at least one axis")


def positions(tensor: Tensor, axis: int | tuple[int, ...], argument: str = "axis") -> tuple[int, ...]:
    """The positions from 0 of the axes, in the order in which they are written.

    Raises:
        AxisOutOfRange: there is no such axis.
        WrongAxis: two of them are the same.
    """
    found: list[int] = []
    for one in as_tuple(axis):
        if (position := tensor.axis(one, argument)) in found:
            raise WrongAxis(tensor, one, "another axis than the others", argument)
        found.append(position)
    return tuple(found)
