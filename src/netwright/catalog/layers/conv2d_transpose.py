"""`Conv2DTranspose`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import model_validator

from netwright.arguments import Pair, Sizes, conflict
from netwright.catalog.families.convolution import KernelConvolution, channels_in, stride_conflicts
from netwright.catalog.families.windows import Sizes2D, layout, spread
from netwright.layer import Variable, case
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.tensors import Dim, Tensor


class Conv2DTranspose(KernelConvolution):
    """Undo the change of size that a `Conv2D` with the same arguments makes, with learned filters.

    Arguments:
        output_padding: steps added at the end of each spatial axis, fewer than its `strides`; this chooses
            one of the sizes that a `Conv2D` would bring to the input's; null chooses `strides` times the
            input's size, and with padding `valid` as much more as the kernel overlaps
    """

    kernel_size: Sizes2D
    strides: Sizes2D = (1, 1)
    output_padding: Annotated[Pair | None, Sizes(2, minimum=0, nullable=True)] = None
    dilation_rate: Sizes2D = (1, 1)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        stride_conflicts(self.strides, self.dilation_rate)
        for i, extra in enumerate(self.output_padding or ()):
            if extra >= self.strides[i]:
                raise conflict("output_padding", "`output_padding` must be less than `strides` on each axis")
            # Keras makes the layer, but no convolution brings its output's size to the input's.
            even = self.dilation_rate[i] * (self.kernel_size[i] - 1) % 2
            if self.padding == "same" and even and extra == 0:
                raise conflict("output_padding", "with padding `same` and an even kernel it must be at least 1")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """One output channel for each filter; each spatial axis longer, as if the window had shortened it."""
        channels_in(self, inputs)
        spatial, channel = layout(self.data_format, 2)
        shape: list[Dim] = list(inputs.shape)
        for i, axis in enumerate(spatial):
            extra = None if self.output_padding is None else self.output_padding[i]
            window = (self.kernel_size[i], self.strides[i], self.padding, self.dilation_rate[i])
            shape[axis] = spread(shape[axis], *window, extra)
        shape[channel] = self.filters
        return inputs.with_shape(*shape).with_dtype(self.compute_dtype)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel, with its last two axes the other way round than in a `Conv2D`, and a bias."""
        yield Variable("kernel", (*self.kernel_size, self.filters, channels_in(self, inputs)))
        if self.use_bias:
            yield Variable("bias", (self.filters,))

    cases = (
        case("N 7 7 4", filters=8, kernel_size=3, to="N 9 9 8", params=296),
        case("N 7 7 4", filters=8, kernel_size=3, strides=2, padding="same", to="N 14 14 8", params=296),
        case("N 7 7 4", filters=8, kernel_size=3, strides=2, padding="same", output_padding=0, to="N 13 13 8"),
        case("N 7 7 4", filters=8, kernel_size=2, strides=3, padding="same", output_padding=1, to="N 19 19 8"),
        case("N 7 7 4", filters=8, kernel_size=3, strides=2, to="N 15 15 8", params=296),
        case("N 7 7 4", filters=8, kernel_size=2, strides=[2, 4], to="N 14 28 8", params=136),
        case("N 7 7 4", filters=8, kernel_size=3, strides=2, output_padding=[0, 1], to="N 15 16 8", params=296),
        case("N 7 7 4", filters=8, kernel_size=3, dilation_rate=2, use_bias=False, to="N 11 11 8", params=288),
        case("N h ? 4", filters=8, kernel_size=3, padding="same", to="N h ? 8", params=296),
        case("N h w 4", filters=8, kernel_size=[1, 2], to="N h ? 8", params=72),
        case("N 4 7 7", filters=8, kernel_size=3, data_format="channels_first", to="N 8 9 9", params=296),
        case("N 7 7 4", filters=2, kernel_size=1, dtype="mixed_float16", to="N 7 7 2:float16", params=10),
        case("N 7 4", filters=8, kernel_size=3, fails=WrongRank),
        case("N 7 7 7 4", filters=8, kernel_size=3, fails=WrongRank),
        case("N 7 7 ?", filters=8, kernel_size=3, fails=UnknownSize),
        case("N 7 7 4:int32", filters=8, kernel_size=3, fails=WrongDtype, late=True),
    )
