"""Values read between the entries of images, and of any tensors."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from netwright.arguments import PositiveFloat, Seed, Sizes, choice, conflict
from netwright.catalog.families.dtypes import need_floats, need_numbers
from netwright.catalog.families.image_ops import BatchOp, ImageOp, need_ranges
from netwright.catalog.families.sampling import BEYOND, kernel_flops, sampling_flops
from netwright.catalog.families.values import Numbers
from netwright.catalog.families.warping import BETWEEN
from netwright.misfits import UnknownSize, WrongDtype, WrongLength, WrongRank, WrongSize
from netwright.operation import case
from netwright.promotion import result_type
from netwright.tensors import FLOATS, Dim, Tensor, differ


class MapCoordinates(ImageOp):
    """Read a tensor at any points between its entries.

    A point has a number for each axis of the tensor, the batch axis too, and these numbers are the first axis of
    `coordinates`. All sizes of the tensor must be known.

    Arguments:
        order: 0 reads the nearest entry, 1 computes a value from all entries around the point
        fill_mode: what stands beyond the borders: the tensor mirrored, begun anew, its nearest entry, or `fill_value`
        fill_value: what stands beyond the borders with `fill_mode` `constant`
    """

    order: Annotated[int, Field(ge=0, le=1)]
    fill_mode: Annotated[str, choice(*BEYOND, "mirror")] = "constant"
    fill_value: float = 0

    @model_validator(mode="after")
    def _stays_inside(self) -> Self:
        if self.fill_mode == "mirror":
            raise conflict("fill_mode", "with `mirror` Keras reads beyond the borders, and fails; `reflect` does not")
        return self

    def infer(self, inputs: Tensor, coordinates: Tensor) -> Tensor:
        """The shape of `coordinates` without its first axis, in the dtype of `inputs`."""
        need_numbers(inputs)
        coordinates.need_rank_at_least(2, f"{inputs.rank} numbers, the points")
        numbers = coordinates.known(0, "because it has an entry for each axis of `inputs`")
        if numbers != inputs.rank:
            raise WrongSize(coordinates, 0, f"{inputs.rank}, as `inputs` has so many axes")
        for axis in range(inputs.rank):
            inputs.known(axis, "to find its borders before there are any entries")
        self._check_numbers(coordinates)
        return inputs.with_shape(*coordinates.shape[1:])

    def _check_numbers(self, coordinates: Tensor) -> None:
        if self.order == 1 and coordinates.dtype not in FLOATS:
            raise WrongDtype(coordinates, "floats with `order` 1", "order")
        if coordinates.dtype in ("bool", "string"):
            raise WrongDtype(coordinates, "floats or integers")

    def flops(self, inputs: Tensor, coordinates: Tensor) -> int:
        """Those of all points: of a whole batch, if it is one."""
        points = prod(coordinates.known(axis, "to count the points") for axis in range(1, coordinates.rank))
        return sampling_flops(points, inputs.rank, self.order, self.fill_mode)

    cases = (
        case("2 5 6", "3 7", order=1, to="7"),
        case("2 5 6:uint8", "3 t ?:int32", order=0, fill_mode="nearest", to="t ?:uint8"),
        case("1", "1 4", order=1, fill_mode="reflect", to="4"),
        case("1:int32", "1 4 2", order=1, fill_value=-1, to="4 2:int32"),
        case("1:float16", "1 4:bfloat16", order=0, fill_mode="wrap", to="4:float16"),
        case("2 4 5 3", "4 7 8", order=1, fill_mode="wrap", to="7 8"),
        case("N 5 6", "3 7", order=1, fails=UnknownSize, silent="it fails in a graph"),
        case("2 5 6", "N 7", order=1, fails=UnknownSize),
        case("2 5 6", "2 7", order=1, fails=WrongSize),
        case("2 5 6", "3", order=1, fails=WrongRank),
        case("2 5 6", "3 7:int32", order=1, fails=WrongDtype, late=True),
        case("2 5 6", "3 7:bool", order=0, fails=WrongDtype, late=True),
        case("2 5 6:string", "3 7", order=0, fails=WrongDtype, late=True),
    )


# What it costs to weigh one old entry for one new.
WEIGHTS = {"linear": 6, "cubic": 17, "lanczos3": 15, "lanczos5": 15}
METHODS = {
    **dict.fromkeys(("linear", "bilinear", "trilinear"), "linear"),
    **dict.fromkeys(("cubic", "bicubic", "tricubic"), "cubic"),
    "lanczos3": "lanczos3",
    "lanczos5": "lanczos5",
}


# For the cases.
STRETCHED: dict[str, Any] = {
    "output_shape": [None, 6, 7, 3],
    "scale": [1.5, 2],
    "translation": [0, -1],
    "spatial_dims": [1, 2],
}
SHRUNK: dict[str, Any] = {"output_shape": [None, 4, 5], "spatial_dims": [-2], "method": "lanczos3"}


class ScaleAndTranslate(ImageOp):
    """Stretch and move tensors along some axes, and cut what comes out to a new shape.

    Arguments:
        output_shape: the new shape, batch axis included; on axes that are not in `spatial_dims` the old size, or null
        scale: how many times larger the tensor gets, a number for each of `spatial_dims`; or a tensor by an edge
        translation: how far it is moved, in new entries, a number for each of `spatial_dims`; or a tensor by an edge
        spatial_dims: the axes along which it is stretched and moved; 0 is the batch axis
        method: how a value between entries is computed
        antialias: whether a tensor that gets smaller is smoothed
    """

    output_shape: Annotated[tuple[int | None, ...], Sizes(None, scalar=False, holes=True)]
    scale: Annotated[list[float] | None, Numbers(scalar=False)] = None
    translation: Annotated[list[float] | None, Numbers(scalar=False)] = None
    spatial_dims: Annotated[tuple[int, ...], Sizes(None, minimum=None, scalar=False)]
    method: Annotated[str, choice(*METHODS)]
    antialias: bool = True

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        rank, axes = len(self.output_shape), self.spatial_dims
        if any(not -rank <= axis < rank for axis in axes):
            raise conflict("spatial_dims", f"`output_shape` has {rank} axes")
        if len({*self._axes}) < len(axes):
            raise conflict("spatial_dims", "an axis can be named only once")
        if any(self.output_shape[axis] is None for axis in axes):
            raise conflict("output_shape", "the sizes of `spatial_dims` must be given")
        for name, values in self._lists.items():
            if len(values) != len(axes):
                raise conflict(name, f"`spatial_dims` has {len(axes)} entries, `{name}` {len(values)}")
        return self

    @property
    def _axes(self) -> tuple[int, ...]:
        """The axes of `spatial_dims`, from 0."""
        return tuple(axis % len(self.output_shape) for axis in self.spatial_dims)

    @property
    def _lists(self) -> dict[str, list[float]]:
        both = {"scale": self.scale, "translation": self.translation}
        return {name: values for name, values in both.items() if values is not None}

    @property
    def given(self) -> Mapping[str, Tensor]:
        """The ports that lists of numbers fill."""
        return {name: Tensor((len(values),)) for name, values in self._lists.items()}

    def infer(self, images: Tensor, scale: Tensor, translation: Tensor) -> Tensor:
        """The new shape, in the same dtype."""
        need_floats(images)
        if images.rank != len(self.output_shape):
            raise WrongLength(images, str(images.rank), "output_shape")
        for one in (scale, translation):
            if differ(one.need_rank(1).shape[0], len(self.spatial_dims)):
                raise WrongSize(one, 0, f"{len(self.spatial_dims)}, as `spatial_dims` has so many entries")
        _check_dtypes(need_numbers(scale), need_numbers(translation))
        return images.with_shape(*(self._size(images, axis) for axis in range(images.rank)))

    def _size(self, images: Tensor, axis: int) -> Dim:
        old, new = images.shape[axis], self.output_shape[axis]
        if axis in self._axes:
            return new
        if new is None:
            return None if isinstance(old, int) else old
        if images.known(axis, "because `output_shape` has a number there, and not null") != new:
            raise WrongSize(images, axis, f"{new}, as `output_shape` says", "output_shape")
        return old

    def flops(self, images: Tensor, scale: Tensor, translation: Tensor) -> int:
        """A product and a sum for each old entry and each new size, axis by axis, and the weights of these."""
        self.infer(images, scale, translation)
        sizes = {axis: images.known(axis, "to count the entries") for axis in {*range(1, images.rank), *self._axes}}
        weight, total = WEIGHTS[METHODS[self.method]], 0
        for axis in self._axes:
            old, sizes[axis] = sizes[axis], self.output_shape[axis] or 0
            total += (weight * old + 7) * sizes[axis] + 3 + self.antialias + 2 * old * prod(sizes.values())
        return total

    cases = (
        case("N 4 5 3", **STRETCHED, method="linear", to="N 6 7 3"),
        case(
            "N ? 5 c:float16",
            **{**STRETCHED, "output_shape": [None, 6, 7, None], "method": "cubic"},
            to="N 6 7 c:float16",
        ),
        case("N 8 5", "1", "1:bfloat16", **SHRUNK, to="N 4 5"),
        case(
            "N 8 5",
            "?:int32",
            translation=[1],
            output_shape=[None, 8, None],
            spatial_dims=[1],
            method="cubic",
            antialias=False,
            to="N 8 ?",
        ),
        case("3 8", output_shape=[5, 8], scale=[2], translation=[0], spatial_dims=[0], method="lanczos5", to="5 8"),
        case("N 4 5 3:int32", **STRETCHED, method="cubic", fails=WrongDtype, late=True),
        case("N 4 5 3:bool", **STRETCHED, method="trilinear", fails=WrongDtype, late=True),
        case("N 8 5", "1:float64", "1:float64", **SHRUNK, fails=WrongDtype, silent="it fails in a graph"),
        case("N 8 5", "1:int32", "1:int32", **SHRUNK, fails=WrongDtype, late=True),
        case("N 8 5", "2", "1", **SHRUNK, fails=WrongSize, silent="it takes no notice of the rest"),
        case("N 8 6", "1", "1", **SHRUNK, fails=WrongSize, silent="it stays 6, but Keras promises 5"),
        case("N 8 ?", "1", "1", **SHRUNK, fails=UnknownSize, silent="Keras promises a size that may not come"),
        case("N 8 5", "1 1", "1", **SHRUNK, fails=WrongRank, silent="its rows would be taken for numbers"),
        case("N 8 5 1", "1", "1", **SHRUNK, fails=WrongLength, silent="Keras promises fewer axes than come"),
    )


def _check_dtypes(scale: Tensor, translation: Tensor) -> None:
    """Refuse what together is not float32: TensorFlow makes float32 of some numbers on the way."""
    if result_type(scale.dtype, translation.dtype) == "float32":
        return
    wrong = next((one for one in (scale, translation) if one.dtype == "float64"), scale)
    raise WrongDtype(wrong, "a scale and a translation that together are float32")


class ElasticTransform(BatchOp):
    """Distort images as if they were printed on rubber, in training and after it.

    All sizes must be known, that of the batch too. `RandomElasticTransform` is a layer that does so in training only.

    Arguments:
        alpha: how strong the distortion is
        sigma: how far, in pixels, a distortion reaches
        interpolation: how a value between pixels is computed
        fill_mode: what stands beyond the borders: the image mirrored, begun anew, its nearest pixel, or `fill_value`
        fill_value: what stands beyond the borders with `fill_mode` `constant`
        seed: start of the random numbers, which then are the same each time; null takes another each time
    """

    alpha: float = 20.0
    sigma: PositiveFloat = 5.0
    interpolation: Annotated[str, choice(*BETWEEN)] = "bilinear"
    fill_mode: Annotated[str, choice(*BEYOND)] = "reflect"
    fill_value: float = 0.0
    seed: Seed | None = None

    def infer(self, images: Tensor) -> Tensor:
        """The same shape and dtype."""
        need_ranges(need_floats(self.need_images(images)))
        for axis in range(images.rank):
            images.known(axis, "because Keras distorts image by image, and channel by channel")
        return images

    def flops(self, images: Tensor) -> int:
        """Those of two smoothed fields of random numbers, and of reading each channel."""
        size = 6 * int(self.sigma) | 1
        pixels = prod(images.known(axis, "to count the pixels") for axis in self.spatial)
        channels = images.known(self.channel, "to count the entries")
        read = sampling_flops(pixels, 2, BETWEEN.index(self.interpolation), self.fill_mode)
        return (4 * size**2 + 12) * pixels + 2 * kernel_flops(size) + 2 + channels * read

    cases = (
        case("1 8 9 3", seed=1, to="1 8 9 3"),
        case("1 8 9 2", sigma=1, alpha=3, interpolation="nearest", fill_mode="wrap", seed=-1, to="1 8 9 2"),
        case("2 3 8 9", sigma=0.5, fill_mode="constant", seed=2, data_format="channels_first", to="2 3 8 9"),
        case("2 8 9 1:bfloat16", sigma=2.5, fill_mode="nearest", fill_value=1, seed=0, to="2 8 9 1:bfloat16"),
        case("N 8 9 3", seed=1, fails=UnknownSize, silent="only the first image comes out"),
        case("2 8 9 3:float16", seed=1, fails=WrongDtype, silent="it fails in a graph"),
        case("2 8 9 3:uint8", seed=1, fails=WrongDtype, late=True),
        case("2 8 3", seed=1, fails=WrongRank, silent="the batch would be taken for one image"),
        case("2 2 8 8 3", seed=1, fails=WrongRank),
    )
