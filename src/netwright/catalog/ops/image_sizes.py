"""Images of another size: resized, with a frame put around them or taken off."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import NonNegativeInt, PositiveInt, choice, conflict
from netwright.catalog.families.dtypes import need_plain_numbers
from netwright.catalog.families.entries import PlainNumber, need_fit
from netwright.catalog.families.image_ops import BatchOp
from netwright.catalog.families.resizing import WAYS, computes_scales, size_flops
from netwright.catalog.families.windows import Sizes2D
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Dim, Tensor


class Resize(BatchOp):
    """Resize images to one height and width. Integers stay integers: they are rounded.

    Arguments:
        size: height and width of the output: one number, or a list of two
        interpolation: how a value between pixels is computed
        antialias: whether an image that gets smaller is smoothed; `nearest` and `area` take no notice
        crop_to_aspect_ratio: whether what is too wide or too high is cut off first, so that nothing is distorted
        pad_to_aspect_ratio: whether the image is enlarged by `fill_value` first, so that nothing is distorted
        fill_mode: always `constant`
        fill_value: what the image is enlarged by with `pad_to_aspect_ratio`: for integers it must be one
    """

    size: Sizes2D
    interpolation: Annotated[str, choice(*WAYS)] = "bilinear"
    antialias: bool = False
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_mode: Annotated[str, choice("constant")] = "constant"
    fill_value: Annotated[int | float, PlainNumber()] = 0.0

    @model_validator(mode="after")
    def _crops_or_pads(self) -> Self:
        if self.crop_to_aspect_ratio and self.pad_to_aspect_ratio:
            raise conflict("pad_to_aspect_ratio", "Keras either crops or pads, not both")
        return self

    def infer(self, images: Tensor) -> Tensor:
        """The chosen height and width; channels and dtype stay."""
        need_plain_numbers(self.need_images(images))
        if self.pad_to_aspect_ratio:
            need_fit(images, images.dtype, self.fill_value, "fill_value")
        for axis, size in zip(self.spatial, self.size, strict=True):
            images = images.with_size(axis, size)
        return images

    def flops(self, images: Tensor) -> int:
        """Limits to what the dtype can hold, and a few operations on sizes; the interpolation itself is not counted."""
        smooth = computes_scales(self.interpolation, antialias=self.antialias)
        sizes = size_flops(crop=self.crop_to_aspect_ratio, pad=self.pad_to_aspect_ratio, smooth=smooth)
        cast = self.interpolation != "nearest" and images.dtype != "float32"
        return (2 * self.infer(images).each_sample() if cast else 0) + sizes

    cases = (
        case("N 8 8 3", size=[4, 6], to="N 4 6 3"),
        case("N ? w 3:uint8", size=4, to="N 4 4 3:uint8"),
        case("N h 8 c", size=[4, 6], crop_to_aspect_ratio=True, antialias=True, to="N 4 6 c"),
        case("N 3 5 9:int16", size=[4, 6], data_format="channels_first", interpolation="area", to="N 3 4 6:int16"),
        case("N 9 5 3:uint8", size=[4, 6], pad_to_aspect_ratio=True, fill_value=255, to="N 4 6 3:uint8"),
        case("N 9 5 3", size=[4, 6], pad_to_aspect_ratio=True, fill_value=0.5, to="N 4 6 3"),
        case("N 9 5 1:bfloat16", size=[4, 6], interpolation="lanczos5", to="N 4 6 1:bfloat16"),
        case("N 9 5 1:int64", size=[4, 6], interpolation="nearest", to="N 4 6 1:int64"),
        case("2 8 8 3:float64", size=[4, 6], interpolation="bicubic", antialias=True, to="2 4 6 3:float64"),
        case("N 8 8 3:bool", size=4, fails=WrongDtype, late=True),
        case("N 8 8 3:uint8", size=[4, 6], pad_to_aspect_ratio=True, fails=WrongDtype, late=True),
        case(
            "N 8 8 3:uint8",
            size=[4, 6],
            pad_to_aspect_ratio=True,
            fill_value=256,
            fails=WrongDtype,
            silent="it becomes 255",
        ),
        case("N 8 3", size=4, fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", size=4, fails=WrongRank),
    )


class Framing(BatchOp):
    """A frame of rows and columns. For each axis two of three numbers are given: before it, behind it, the new size.

    Arguments:
        target_height: height of the output
        target_width: width of the output
    """

    target_height: PositiveInt | None = None
    target_width: PositiveInt | None = None

    # How the arguments for the ends are called.
    word: ClassVar[str]

    @property
    def _sides(self) -> tuple[tuple[str, str, str], ...]:
        """For height and width the names of the three numbers."""
        height = (f"top_{self.word}", f"bottom_{self.word}", "target_height")
        return height, (f"left_{self.word}", f"right_{self.word}", "target_width")

    @model_validator(mode="after")
    def _two_of_three(self) -> Self:
        for names in self._sides:
            given = [name for name in names if getattr(self, name) is not None]
            if len(given) != 2:
                first, second, third = names
                raise conflict(given[-1] if given else third, f"give two of `{first}`, `{second}` and `{third}`")
        return self

    def infer(self, images: Tensor) -> Tensor:
        """The new height and width."""
        found = self.need_images(images)
        for axis, names in zip(self.spatial, self._sides, strict=True):
            found = found.with_size(axis, self._framed(images, axis, names))
        return found

    def _framed(self, images: Tensor, axis: int, names: tuple[str, str, str]) -> Dim:
        before, behind, target = (getattr(self, name) for name in names)
        if target is None:
            return self.moved(images, axis, before + behind, names)
        end, taken = (names[0], before) if behind is None else (names[1], behind)
        self.check_target(images, axis, target, taken, (end, names[2]))
        size: int = target
        return size

    def moved(self, images: Tensor, axis: int, ends: int, names: tuple[str, str, str]) -> Dim:
        """The size of `axis` where both `ends` are given.

        Raises:
            Misfit: the axis can't be changed by so much.
        """
        raise NotImplementedError

    def check_target(self, images: Tensor, axis: int, target: int, end: int, names: tuple[str, str]) -> None:
        """Refuse an axis that can't become `target` with one `end` given; `names` are those of the end and the target.

        Raises:
            Misfit: it can't.
        """
        raise NotImplementedError


class CropImages(Framing):
    """Cut off the borders of images.

    Arguments:
        top_cropping: how many rows are cut off at the top
        left_cropping: how many columns are cut off on the left
        bottom_cropping: how many rows are cut off at the bottom
        right_cropping: how many columns are cut off on the right
    """

    word: ClassVar[str] = "cropping"

    top_cropping: NonNegativeInt | None = None
    left_cropping: NonNegativeInt | None = None
    bottom_cropping: NonNegativeInt | None = None
    right_cropping: NonNegativeInt | None = None

    def moved(self, images: Tensor, axis: int, ends: int, names: tuple[str, str, str]) -> Dim:
        """The size less both ends."""
        size = images.known(axis, f"if there is no `{names[2]}`")
        if size <= ends:
            raise WrongSize(images, axis, f"more than {ends}, `{names[0]}` and `{names[1]}` together", names[1])
        return size - ends

    def check_target(self, images: Tensor, axis: int, target: int, end: int, names: tuple[str, str]) -> None:
        """The target and the end must be there."""
        size = images.shape[axis]
        if isinstance(size, int):
            if size < target + end:
                raise WrongSize(
                    images, axis, f"at least {target + end}, `{names[0]}` and `{names[1]}` together", names[1]
                )
        elif names[0].startswith(("bottom", "right")):
            raise UnknownSize(images, axis, f"because `{names[0]}` counts from the end")

    cases = (
        case("N 8 9 3", top_cropping=1, left_cropping=2, bottom_cropping=0, right_cropping=3, to="N 7 4 3"),
        case("N h ? c:uint8", top_cropping=1, left_cropping=2, target_height=2, target_width=1, to="N 2 1 c:uint8"),
        case(
            "N 3 8 9",
            bottom_cropping=1,
            right_cropping=2,
            target_height=4,
            target_width=7,
            data_format="channels_first",
            to="N 3 4 7",
        ),
        case("N 8 9 3:string", top_cropping=4, left_cropping=0, target_height=4, target_width=9, to="N 4 9 3:string"),
        case("N ? 9 3", top_cropping=0, left_cropping=0, bottom_cropping=0, target_width=5, fails=UnknownSize),
        case(
            "N h 9 3",
            bottom_cropping=0,
            left_cropping=0,
            target_height=4,
            target_width=5,
            fails=UnknownSize,
            silent="it fails in a graph",
        ),
        case("N 8 9 3", top_cropping=4, left_cropping=0, target_height=5, target_width=5, fails=WrongSize),
        case(
            "N 8 9 3",
            top_cropping=4,
            left_cropping=0,
            bottom_cropping=4,
            target_width=5,
            fails=WrongSize,
            silent="nothing is left of the image",
        ),
        case("N 8 9 3", top_cropping=4, left_cropping=9, bottom_cropping=5, right_cropping=1, fails=WrongSize),
        case(
            "N 8 3",
            top_cropping=0,
            left_cropping=0,
            target_height=4,
            target_width=5,
            fails=WrongRank,
            silent="the batch would be taken for one image",
        ),
        case("N 2 8 8 3", top_cropping=0, left_cropping=0, target_height=4, target_width=5, fails=WrongRank),
    )


class PadImages(Framing):
    """Put rows and columns of zeros around images.

    Arguments:
        top_padding: how many rows are put at the top
        left_padding: how many columns are put on the left
        bottom_padding: how many rows are put at the bottom
        right_padding: how many columns are put on the right
    """

    word: ClassVar[str] = "padding"

    top_padding: NonNegativeInt | None = None
    left_padding: NonNegativeInt | None = None
    bottom_padding: NonNegativeInt | None = None
    right_padding: NonNegativeInt | None = None

    def moved(self, images: Tensor, axis: int, ends: int, names: tuple[str, str, str]) -> Dim:
        """The size and both ends."""
        size = images.shape[axis]
        return size + ends if isinstance(size, int) else size if ends == 0 else None

    def check_target(self, images: Tensor, axis: int, target: int, end: int, names: tuple[str, str]) -> None:
        """The image and the end must fit into the target."""
        if images.known(axis, f"to know how much is missing to `{names[1]}`") > target - end:
            raise WrongSize(images, axis, f"at most {target - end}, `{names[1]}` less `{names[0]}`", names[1])

    cases = (
        case("N 8 9 3", top_padding=1, left_padding=2, bottom_padding=0, right_padding=3, to="N 9 14 3"),
        case("N h ? c:uint8", top_padding=0, left_padding=2, bottom_padding=0, right_padding=0, to="N h ? c:uint8"),
        case("N 8 9 c:bool", top_padding=1, left_padding=2, target_height=9, target_width=12, to="N 9 12 c:bool"),
        case(
            "N 3 8 9",
            bottom_padding=1,
            right_padding=2,
            target_height=10,
            left_padding=1,
            data_format="channels_first",
            to="N 3 10 12",
        ),
        case(
            "N h 9 3",
            bottom_padding=0,
            left_padding=0,
            target_height=4,
            right_padding=0,
            fails=UnknownSize,
            silent="it fails in a graph",
        ),
        case("N 8 9 3", top_padding=4, left_padding=0, target_height=11, right_padding=5, fails=WrongSize),
        case(
            "N 8 3",
            top_padding=0,
            left_padding=0,
            bottom_padding=0,
            right_padding=0,
            fails=WrongRank,
            silent="the batch would be taken for one image",
        ),
        case("N 2 8 8 3", top_padding=0, left_padding=0, bottom_padding=0, right_padding=0, fails=WrongRank),
    )
