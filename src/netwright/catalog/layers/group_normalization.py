"""`GroupNormalization`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from netwright.arguments import ArgumentType, is_integer, refusal
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.normalizing import WHY_SIZE, Normalization
from netwright.misfits import AxisOutOfRange, UnknownSize, WrongAxis, WrongDtype, WrongSize
from netwright.operation import Variable, case
from netwright.tensors import Tensor


@dataclass(frozen=True)
class GroupCount(ArgumentType):
    """A number of groups, or -1 for as many as possible."""

    def read(self, value: Any) -> int:
        """Return the number, or raise a refusal."""
        if not is_integer(value):
            raise refusal("wrong_type", need="an integer")
        if value < 1 and value != -1:
            raise refusal("out_of_range", need="at least 1, or -1")
        return int(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"const": -1}]}


class GroupNormalization(Normalization):
    """Bring groups of channels, in each sample on their own, to mean 0 and variance 1, then scale and shift them.

    Arguments:
        groups: number of groups that the channels are split into; -1 makes each channel a group
        axis: the axis of the channels
    """

    supports_masking: ClassVar[bool] = True

    groups: Annotated[int, GroupCount()] = 32
    axis: int = -1

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        self._channels(need_numbers(inputs))
        return inputs.with_dtype(self.compute_dtype)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A factor and an offset."""
        yield from self.learned((self._channels(inputs),))

    def flops(self, inputs: Tensor) -> int:
        """Each channel has a factor and an offset of its own."""
        channels = self._channels(inputs)
        return self.flops_of(inputs.each_sample(), channels if self.groups == -1 else self.groups, channels)

    def _channels(self, inputs: Tensor) -> int:
        axis = inputs.axis(self.axis)
        if axis == 0:
            raise WrongAxis(inputs, self.axis, "an axis after the batch axis", "axis")
        channels = inputs.known(axis, WHY_SIZE)
        if channels % self.groups:
            raise WrongSize(inputs, axis, f"divisible by the {self.groups} `groups`", "groups")
        return channels

    cases = (
        case("N 5 6", groups=3, to="N 5 6", params=12),
        case("N 6 t ?", groups=2, axis=1, center=False, to="N 6 t ?", params=6),
        case("N ? ? 64", to="N ? ? 64", params=128),
        case("N 6", groups=-1, scale=False, to="N 6", params=6),
        case("N 6 5", groups=3, axis=-2, center=False, scale=False, to="N 6 5", params=0),
        case("N 5 6", groups=1, trainable=False, to="N 5 6", params=12, frozen=12),
        case("N 5 6:uint8", groups=2, dtype="mixed_float16", to="N 5 6:float16", params=12),
        case("N 6", groups=4, fails=WrongSize),
        case("N 6", fails=WrongSize),
        case("N 5 ?", groups=1, fails=UnknownSize),
        case("N 6", groups=1, axis=2, fails=AxisOutOfRange),
        case("4 6", groups=2, axis=-2, fails=WrongAxis, late=True),
        case("4 6", groups=2, axis=0, fails=WrongAxis, silent="samples would be brought to mean 0 together"),
        case("N 5 6:string", groups=1, fails=WrongDtype, late=True),
    )
