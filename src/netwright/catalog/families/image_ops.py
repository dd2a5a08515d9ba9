"""What the functions of `keras.ops.image` share: where the axes of images are, and what goes for a number on each.

Keras takes one image without a batch axis too. Here the first axis always is the batch axis, so that it is refused.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic_core import PydanticCustomError

from netwright.arguments import ArgumentType, DataFormat, refusal, refused
from netwright.catalog.families.values import is_number
from netwright.catalog.families.windows import layout, need_layout
from netwright.misfits import WrongDtype, WrongSize
from netwright.op import Op
from netwright.tensors import Tensor, differ


class ImageOp(Op):
    """A function of `keras.ops.image`."""

    module: ClassVar[str] = "image."


class BatchOp(ImageOp):
    """A function that takes a batch of images, with the channels where it is told."""

    data_format: DataFormat = None

    @property
    def spatial(self) -> tuple[int, ...]:
        """The axes of height and width."""
        return layout(self.data_format, 2)[0]

    @property
    def channel(self) -> int:
        """The axis of the channels."""
        return layout(self.data_format, 2)[1]

    def need_images(self, images: Tensor) -> Tensor:
        """Return `images` if they have a batch axis, height, width and channels.

        Raises:
            WrongRank: they have another number of axes.
        """
        return need_layout(images, self.data_format, 2)

    def need_color(self, images: Tensor) -> Tensor:
        """Return `images` if they may have three channels.

        Raises:
            WrongSize: they have another number.
        """
        if differ(images.shape[self.channel], 3):
            raise WrongSize(images, self.channel, "3")
        return images


def need_ranges(tensor: Tensor) -> Tensor:
    """Return `tensor` if TensorFlow can count in its dtype, in a graph too.

    Raises:
        WrongDtype: it can't.
    """
    if tensor.dtype == "float16":
        raise WrongDtype(tensor, "floats other than float16")
    return tensor


class SpansType(ArgumentType):
    """A number above 0 for both of two axes, or a list of two; a tuple once read."""

    def read(self, value: Any) -> tuple[float, float]:
        """Return the two numbers, or raise a refusal."""
        if not isinstance(value, list):
            return (self._checked(value),) * 2
        if len(value) != 2:
            raise refusal("wrong_length", need=2, got=len(value), scalar=True)
        errors = [((i,), error, item) for i, item in enumerate(value) if (error := _fault(item))]
        if errors:
            raise refused("SpansType", errors)
        return float(value[0]), float(value[1])

    def _checked(self, value: Any) -> float:
        if not is_number(value):
            raise refusal("wrong_type", need="a number or a list of 2")
        if fault := _fault(value):
            raise fault
        return float(value)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        item = {"type": "number", "exclusiveMinimum": 0}
        return {"anyOf": [item, {"type": "array", "items": item, "minItems": 2, "maxItems": 2}]}


def _fault(item: Any) -> PydanticCustomError | None:
    if not is_number(item):
        return refusal("wrong_type", need="a number")
    return None if item > 0 else refusal("out_of_range", need="above 0")


Spans: TypeAlias = Annotated[tuple[float, float], SpansType()]
