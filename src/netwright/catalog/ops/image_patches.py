"""Images and volumes cut into patches."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Annotated, Any, Self, TypeAlias

from pydantic import model_validator

from netwright.arguments import DataFormat, Padding, Sizes, conflict, refusal
from netwright.catalog.families.convolution import check_layout, strides_or_dilation
from netwright.catalog.families.image_ops import ImageOp
from netwright.catalog.families.windows import Sizes3D, SizesAny, Windows, need_layout
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


@dataclass(frozen=True)
class PatchSizes(Sizes):
    """One integer, which stays one, or a list of two or three."""

    length: None = None

    def read(self, value: Any) -> Any:
        """Return the integer or the tuple, or raise a refusal."""
        sizes = super().read(value)
        if isinstance(sizes, tuple) and len(sizes) not in (2, 3):
            raise refusal("wrong_length", need="2 or 3", got=len(sizes), scalar=True)
        return sizes

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the type."""
        item = {"type": "integer", "minimum": 1}
        return {"anyOf": [item, {"type": "array", "items": item, "minItems": 2, "maxItems": 3}]}


StridesAny: TypeAlias = Annotated[int | tuple[int, ...] | None, Sizes(None, nullable=True)]


class Patches(ImageOp):
    """Windows on a grid, whose entries become channels.

    Arguments:
        strides: how far the window moves at a time on each spatial axis; null is `size`
        dilation_rate: distance between the entries of the window on each spatial axis; 1 leaves no gaps
    """

    size: int | tuple[int, ...]
    strides: StridesAny = None
    dilation_rate: SizesAny = 1
    padding: Padding = "valid"
    data_format: DataFormat = None

    @property
    def window(self) -> tuple[int, ...]:
        """The size of the window on each axis."""
        return (self.size, self.size) if isinstance(self.size, int) else self.size

    @model_validator(mode="after")
    def _one_for_each_axis(self) -> Self:
        axes = len(self.window)
        for name in ("strides", "dilation_rate"):
            value = getattr(self, name)
            if isinstance(value, tuple) and len(value) != axes:
                raise conflict(name, f"the windows have {axes} axes, but `{name}` has {len(value)} entries")
        strides_or_dilation(self.windows.strides, self.windows.dilation)
        return self

    @property
    def windows(self) -> Windows:
        """The window, as it slides."""
        strides, dilation = (self._each(one) for one in (self.strides or self.window, self.dilation_rate))
        return Windows(self.window, strides, self.padding, self.data_format, "size", dilation)

    def _each(self, sizes: int | tuple[int, ...]) -> tuple[int, ...]:
        return (sizes,) * len(self.window) if isinstance(sizes, int) else sizes

    def cut(self, images: Tensor) -> Tensor:
        """The images in patches: on the channel axis all channels of the first pixel, of the next, and so on.

        Raises:
            WrongRank: they have not a batch axis, an axis for each of the window's, and channels.
            WrongDtype: TensorFlow has no convolution for them, by which Keras cuts.
            UnknownSize: the number of channels is not known.
            NothingLeft: the window is longer than an axis.
        """
        axes, windows = len(self.window), self.windows
        need_layout(images, self.data_format, axes)
        if not images.holds_floats and (axes > 2 or images.dtype != "int32"):
            raise WrongDtype(images, "floats" if axes > 2 else "floats or int32")
        check_layout(images, images.dtype, windows)
        return windows.slid(images).with_size(windows.channel, prod(self.window) * self._channels(images))

    def _channels(self, images: Tensor) -> int:
        return images.known(self.windows.channel, "because every entry of a window becomes a channel")

    def cut_flops(self, images: Tensor) -> int:
        """Those of a convolution with a filter for each entry of a window."""
        entries = prod(self.window) * self._channels(images)
        return 2 * entries**2 * self.windows.places(images, self.cut(images))


class ExtractPatches(Patches):
    """Cut images into patches, and lay the entries of each out as channels.

    Keras does it by a convolution, whose kernel grows with the square of the entries of a patch.

    Arguments:
        size: how large a patch is on each spatial axis: one number for both, or a list of two; of three for volumes
    """

    size: Annotated[int | tuple[int, ...], PatchSizes()]

    def infer(self, images: Tensor) -> Tensor:
        """The grid of the patches, with their entries."""
        return self.cut(images)

    def flops(self, images: Tensor) -> int:
        """A product and a sum for each entry of a patch with each, on each place."""
        return self.cut_flops(images)

    cases = (
        case("N 8 9 3", size=2, to="N 4 4 12"),
        case("N ? 9 3:int32", size=[2, 3], strides=1, padding="same", to="N ? 9 18:int32"),
        case("N h 9 1", size=3, strides=[1, 2], padding="same", to="N h 5 9"),
        case("N 9 9 1:float64", size=3, strides=1, dilation_rate=[2, 4], to="N 5 1 9:float64"),
        case("N 3 8 9:float16", size=2, data_format="channels_first", to="N 12 4 4:float16"),
        case("N 4 6 8 3", size=[2, 3, 4], to="N 2 2 2 72"),
        case("N 4 6 8 1", size=[2, 2, 2], strides=1, dilation_rate=2, to="N 2 4 6 8"),
        # A batch of its own size keeps the row from the profiler, which does not look into what is compiled.
        case("2 3 4 6 8", size=[2, 3, 4], strides=2, data_format="channels_first", to="2 72 2 2 3"),
        case("N 8 9 ?", size=2, fails=UnknownSize),
        case("N 8 9 3", size=9, fails=NothingLeft),
        case("N 8 9 3:uint8", size=2, fails=WrongDtype, late=True),
        case("N 4 8 9 3:int32", size=[2, 2, 2], fails=WrongDtype, late=True),
        case("N 3 8 9:int32", size=2, data_format="channels_first", fails=WrongDtype, late=True),
        case("N 3 8 9:float64", size=2, data_format="channels_first", fails=WrongDtype, late=True),
        case("N 8 3", size=2, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 8 8 3", size=[2, 2, 2], fails=WrongRank, silent="the batch would be taken for one volume"),
        case("N 8 8 8 3", size=2, fails=WrongRank),
    )


class ExtractPatches3D(Patches):
    """Cut volumes into patches, and lay the entries of each out as channels.

    Keras does it by a convolution, whose kernel grows with the square of the entries of a patch.

    Arguments:
        size: how large a patch is: one number for depth, height and width, or a list of three
    """

    size: Sizes3D

    @classmethod
    def kind(cls) -> str:
        """The name of the function."""
        return "image.extract_patches_3d"

    def infer(self, volumes: Tensor) -> Tensor:
        """The grid of the patches, with their entries."""
        return self.cut(volumes)

    def flops(self, volumes: Tensor) -> int:
        """A product and a sum for each entry of a patch with each, on each place."""
        return self.cut_flops(volumes)

    cases = (
        case("N 4 6 8 3", size=2, to="N 2 3 4 24"),
        case("N ? h 8 1", size=[2, 1, 4], strides=[2, 1, 1], padding="same", to="N ? h 8 8"),
        case("N 4 6 8 1:bfloat16", size=2, strides=1, dilation_rate=[3, 2, 1], to="N 1 4 7 8:bfloat16"),
        case("2 3 4 6 8:float64", size=2, data_format="channels_first", to="2 24 2 3 4:float64"),
        case("N 4 6 8 ?", size=2, fails=UnknownSize),
        case("N 4 6 8 3", size=[2, 7, 2], fails=NothingLeft),
        case("N 4 6 8 3:int32", size=2, fails=WrongDtype, late=True),
        case("N 8 8 3", size=2, fails=WrongRank, silent="the batch would be taken for one volume"),
        case("N 2 8 8 8 3", size=2, fails=WrongRank),
    )
