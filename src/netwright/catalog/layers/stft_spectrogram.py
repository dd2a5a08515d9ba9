"""`STFTSpectrogram`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import DataFormat, Padding, PositiveInt, choice, conflict
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.spectra import Window, check_window
from netwright.catalog.families.windows import layout, need_layout, slide
from netwright.layer import Layer
from netwright.misfits import NothingLeft, UnknownSize, WrongDtype, WrongRank
from netwright.operation import Variable, case
from netwright.tensors import Shape, Tensor

WHY_CHANNELS = "because each has a spectrum of its own"
# For the cases.
SHORT: dict[str, Any] = {"frame_length": 8, "window": None}


class STFTSpectrogram(Layer):
    """Make spectra of a signal, one for each frame, by a convolution whose kernels start as sines and cosines.

    Keras makes a window from its name with SciPy, which nothing here needs or installs. So `window` must be given.

    Arguments:
        mode: what is made of the complex spectrum: the `log` of its `magnitude`, or that itself; `psd` the power;
            `real` or `imag` one part, `stft` both side by side; `angle` the phase
        frame_length: how many entries a frame has
        frame_step: how far apart frames start; null is half of `frame_length`
        fft_length: for how many frequencies the kernels are, of which one more than half are computed; null is the next
            power of 2 from `frame_length`
        window: factors for the entries of a frame, as a list of `frame_length` numbers; null is 1 for all
        periodic: always false: it is for windows made from names
        scaling: by which sum of the window the kernels are divided: of squares (`density`), or of magnitudes; null
            divides by none
        padding: `valid` adds nothing at the ends; `same` adds so much that only `frame_step` says how many frames
            there are
        expand_dims: whether frequencies and channels are axes of their own instead of one
    """

    mode: Annotated[str, choice("log", "magnitude", "psd", "real", "imag", "angle", "stft")] = "log"
    frame_length: PositiveInt = 256
    frame_step: PositiveInt | None = None
    fft_length: PositiveInt | None = None
    window: Annotated[Any, Window()] = "hann"
    periodic: Annotated[bool, choice(False)] = False
    scaling: Annotated[str | None, choice("density", "spectrum", None)] = "density"
    padding: Padding = "valid"
    expand_dims: bool = False
    data_format: DataFormat = None

    @model_validator(mode="after")
    def _has_a_window(self) -> Self:
        if isinstance(self.window, str):
            raise conflict("window", "`window` must be given: Keras needs SciPy to make its default, `hann`")
        check_window(self.window, self.frame_length, "frame_length")
        if self.window is not None and self.scaling is not None and not any(self.window):
            raise conflict("window", "with `scaling`, not all numbers can be 0: Keras divides by their sum")
        return self

    @model_validator(mode="after")
    def _has_frames(self) -> Self:
        if self.frame_step is None and self.frame_length == 1:
            raise conflict("frame_step", "half of a `frame_length` of 1 is no step: give `frame_step`")
        if self.frame_step is not None and self.frame_step > self.frame_length:
            raise conflict("frame_step", f"`frame_step` can't be more than `frame_length`, {self.frame_length}")
        if self.fft_length is not None and self.fft_length < self.frame_length:
            raise conflict("fft_length", f"`fft_length` can't be less than `frame_length`, {self.frame_length}")
        if self.frequencies == 1:
            raise conflict("fft_length", "an `fft_length` of 1 has no frequency but 0, by which Keras would divide")
        return self

    @property
    def frequencies(self) -> int:
        """For how many frequencies there are kernels."""
        length = self.fft_length or 1 << (self.frame_length - 1).bit_length()
        return length // 2 + 1

    @property
    def parts(self) -> tuple[str, ...]:
        """Which parts of the spectrum are computed."""
        return (self.mode,) if self.mode in ("real", "imag") else ("real", "imag")

    def infer(self, inputs: Tensor) -> Tensor:
        """Frames and frequencies instead of steps."""
        need_floats(need_layout(inputs, self.data_format, 1))
        if self.compute_dtype == "bfloat16":
            raise WrongDtype(inputs, "floats other than bfloat16", "dtype")
        if self.compute_dtype == "float64" and self.data_format == "channels_first":
            raise WrongDtype(inputs, "floats other than float64 where the channels are first", "dtype")
        (steps,), axis = layout(self.data_format, 1)
        channels = inputs.known(axis, WHY_CHANNELS)
        step = self.frame_step or self.frame_length // 2
        frames = slide(inputs, steps, self.frame_length, step, self.padding, 1, "frame_length")
        bins = self.frequencies * (2 if self.mode == "stft" else 1)
        batch = inputs.shape[0]
        shape: Shape
        if self.data_format == "channels_first":
            shape = (batch, channels, frames, bins) if self.expand_dims else (batch, channels * bins, frames)
        else:
            shape = (batch, frames, bins, channels) if self.expand_dims else (batch, frames, channels * bins)
        return inputs.with_shape(*shape).with_dtype(self.compute_dtype)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """A kernel for each part."""
        for part in self.parts:
            yield Variable(f"{part}_kernel", (self.frame_length, 1, self.frequencies))

    def flops(self, inputs: Tensor) -> int:
        """A convolution for each part; squares, their sum, and what is made of it."""
        entries = self.infer(inputs).each_sample() // (2 if self.mode == "stft" else 1)
        further = {"log": 6, "magnitude": 4, "psd": 4}.get(self.mode, 0)
        return entries * (2 * self.frame_length * len(self.parts) + further)

    cases = (
        case("N 32 1", **SHORT, to="N 7 5", params=80),
        case("N 32 2", **SHORT, mode="stft", padding="same", frame_step=3, to="N 11 20", params=80),
        case("N t 2", frame_length=3, window=None, mode="real", expand_dims=True, to="N ? 3 2", params=9),
        case("N 2 32", **SHORT, data_format="channels_first", mode="angle", trainable=False, to="N 10 7", frozen=80),
        case("N 2 32", **SHORT, data_format="channels_first", mode="psd", expand_dims=True, to="N 2 7 5"),
        case("N 32 1:float64", frame_length=3, window=[0.5, 1, 0.5], mode="magnitude", to="N 30 3", params=18),
        case("N 32 1", **SHORT, fft_length=16, scaling=None, dtype="mixed_float16", to="N 7 9:float16", params=144),
        case("N ? 1", **SHORT, frame_step=1, padding="same", mode="imag", to="N ? 5", params=40),
        case("2 8 1", frame_length=1, frame_step=1, fft_length=4, window=[2], scaling="spectrum", to="2 8 3"),
        case("N 32", **SHORT, fails=WrongRank),
        case("N 32 ?", **SHORT, fails=UnknownSize),
        case("N 7 1", **SHORT, fails=NothingLeft),
        case("N 32 1:int32", **SHORT, fails=WrongDtype, late=True),
        case("N 32 1", **SHORT, dtype="bfloat16", fails=WrongDtype, late=True),
        case("N 1 32", **SHORT, data_format="channels_first", dtype="float64", fails=WrongDtype, late=True),
    )
