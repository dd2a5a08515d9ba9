"""Layers that take images: where their axes are, what their random changes are drawn from, what they need to know.

Keras takes one image without a batch axis too. Here the first axis always is the batch axis, so that it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, DataFormat, Sizes, is_integer, refusal, refused
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.values import is_number
from netwright.catalog.families.windows import layout, need_layout
from netwright.layer import Stateless, TrainingCall
from netwright.misfits import WrongDtype, WrongSize
from netwright.tensors import FLOATS, Tensor, differ

Factor: TypeAlias = float | tuple[float, float]


@dataclass(frozen=True)
class FactorOf(ArgumentType):
    """What a random number is drawn from: one number, or a list of two, each from `low` to `high`.

    With `above`, `low` itself will not do; with `whole`, only integers will. A list becomes a tuple; what one number
    means is up to the layer.
    """

    low: int
    high: int
    above: bool = False
    scalar: bool = True
    nullable: bool = False
    whole: bool = False

    def read(self, value: Any) -> Any:
        """Return the number or the two, or raise a refusal."""
        if value is None and self.nullable:
            return None
        if is_number(value) and self.scalar:
            if fault := self._fault(value):
                raise fault
            return value
        if not isinstance(value, list):
            raise refusal("wrong_type", need="a number or a list of 2" if self.scalar else "a list of 2 numbers")
        if len(value) != 2:
            raise refusal("wrong_length", need=2, got=len(value), scalar=self.scalar)
        errors = [((i,), error, item) for i, item in enumerate(value) if (error := self._fault(item))]
        if errors:
            raise refused("FactorOf", errors)
        return tuple(value)

    def _fault(self, item: Any) -> PydanticCustomError | None:
        if not (is_integer(item) if self.whole else is_number(item)):
            return refusal("wrong_type", need="an integer" if self.whole else "a number")
        if self.low < item <= self.high or (item == self.low and not self.above):
            return None
        return refusal("out_of_range", need=f"{'above' if self.above else 'from'} {self.low} to {self.high}")

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        low = "exclusiveMinimum" if self.above else "minimum"
        item: dict[str, Any] = {"type": "integer" if self.whole else "number", low: self.low, "maximum": self.high}
        array = {"type": "array", "items": item, "minItems": 2, "maxItems": 2}
        options = [item] * self.scalar + [array] + [{"type": "null"}] * self.nullable
        return options[0] if len(options) == 1 else {"anyOf": options}


@dataclass(frozen=True)
class OddSizes(Sizes):
    """Sizes that have a middle."""

    def _fault(self, item: Any) -> PydanticCustomError | None:
        if fault := super()._fault(item):
            return fault
        return refusal("out_of_range", need="odd") if item % 2 == 0 else None

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        item = {"type": "integer", "minimum": self.minimum, "not": {"multipleOf": 2}}
        array = {"type": "array", "items": item, "minItems": self.length, "maxItems": self.length}
        return {"anyOf": [item, array]}


# So that the width of a range, too, is an integer of which TensorFlow makes a tensor.
GREATEST = 2**62 - 1


class RangeType(ArgumentType):
    """A list of two numbers, the first less than the second; a tuple once read."""

    def read(self, value: Any) -> Any:
        """Return the two numbers, or raise a refusal."""
        if not isinstance(value, list) or not all(is_number(item) for item in value):
            raise refusal("wrong_type", need="a list of 2 numbers")
        if len(value) != 2:
            raise refusal("wrong_length", need=2, got=len(value), scalar=False)
        errors = [
            ((i,), refusal("out_of_range", need=f"from {-GREATEST} to {GREATEST}"), item)
            for i, item in enumerate(value)
            if abs(item) > GREATEST
        ]
        if errors:
            raise refused("RangeType", errors)
        if value[0] >= value[1]:
            raise refused("RangeType", [((1,), refusal("out_of_range", need=f"greater than {value[0]}"), value[1])])
        return tuple(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type; it can't say which number is greater."""
        item = {"type": "number", "minimum": -GREATEST, "maximum": GREATEST}
        return {"type": "array", "items": item, "minItems": 2, "maxItems": 2}


ValueRange: TypeAlias = Annotated[tuple[float, float], RangeType()]


# What a penalty can be computed from: the sum of smaller integers has another dtype, and can't be weighed.
SUMMED = FLOATS | {"int32", "uint32", "int64", "uint64"}


class AnyImageLayer(Stateless):
    """A layer that takes images and gives images, and that takes the channels to be last or does not mind."""

    Call = TrainingCall
    # Whether integers stay what they are where the layer is called directly, and not in a compiled model.
    keeps_integers: ClassVar[bool] = False

    @property
    def channels_at(self) -> str | None:
        """Where the channels are: a data format."""
        return None

    def images(self, data: Tensor) -> Tensor:
        """The images as the layer computes with them: integers and booleans become floats."""
        if self.keeps_integers and self.activity_regularizer is not None and data.dtype not in SUMMED:
            raise WrongDtype(data, "floats, or integers of 32 bits or more", "activity_regularizer")
        return need_layout(need_numbers(data), self.channels_at, 2).with_dtype(self.compute_dtype)

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        return self.images(data)


class ImageLayer(AnyImageLayer):
    """A layer that takes images and gives images, with the channels where it is told."""

    data_format: DataFormat = None

    @property
    def channels_at(self) -> str | None:
        """Where the channels are: a data format."""
        return self.data_format

    @property
    def spatial(self) -> tuple[int, ...]:
        """The axes of height and width."""
        return layout(self.data_format, 2)[0]

    @property
    def channel(self) -> int:
        """The axis of the channels."""
        return layout(self.data_format, 2)[1]

    def resized(self, images: Tensor, height: int, width: int) -> Tensor:
        """The images with another height and width."""
        rows, columns = self.spatial
        return images.with_size(rows, height).with_size(columns, width)

    def need_gray_or_color(self, images: Tensor) -> Tensor:
        """Return `images` if they have one channel or three.

        Raises:
            UnknownSize: the number of channels is not known.
            WrongSize: it is another.
        """
        if images.known(self.channel, "because training changes colors") not in (1, 3):
            raise WrongSize(images, self.channel, "1 or 3, gray or red, green and blue")
        return images

    def need_color(self, images: Tensor, argument: str | None = None) -> Tensor:
        """Return `images` if they may have three channels; `argument` asks for them.

        Raises:
            WrongSize: they have another number.
        """
        if differ(images.shape[self.channel], 3):
            raise WrongSize(images, self.channel, "3: red, green and blue", argument)
        return images

    def need_size(self, images: Tensor) -> Tensor:
        """Return `images` if their height and width are known.

        Raises:
            UnknownSize: they are not.
        """
        for axis in self.spatial:
            images.known(axis, "because training counts the pixels before there are any")
        return images

    def need_ranges(self, images: Tensor) -> Tensor:
        """Return `images` if TensorFlow can count in their dtype, in a graph too.

        Raises:
            WrongDtype: it can't.
        """
        if images.dtype == "float16":
            raise WrongDtype(images, "floats other than float16", "dtype")
        return images
