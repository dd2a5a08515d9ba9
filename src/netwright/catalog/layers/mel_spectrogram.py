"""`MelSpectrogram`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import NonNegativeFloat, PositiveFloat, PositiveInt, conflict
from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.spectra import Window, check_window
from netwright.layer import Stateless
from netwright.misfits import WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Dim, Tensor

# For the cases.
SHORT: dict[str, Any] = {"fft_length": 16, "sequence_stride": 4, "num_mel_bins": 5}


class MelSpectrogram(Stateless):
    """Make spectra of a signal, one for each frame, on a scale of frequencies like that of hearing.

    Arguments:
        fft_length: how many entries of the signal, padded if need be, a spectrum is made of
        sequence_stride: how far apart frames start
        sequence_length: how many entries a frame has; null is `fft_length`
        window: factors for the entries of a frame: `hann`, `hamming`, or a list of numbers; null is 1 for all
        sampling_rate: how many entries of the signal there are in a second
        num_mel_bins: how many frequencies come out
        min_freq: the lowest frequency, in hertz
        max_freq: the highest frequency, in hertz; null is half of `sampling_rate`
        power_to_db: whether decibels come out
        top_db: how many decibels below the loudest entry of the batch what is less is set to
        mag_exp: the power that magnitudes are raised to: 1 gives the magnitude, 2 the power
        min_power: what lower powers are set to before they become decibels
        ref_power: the power of 0 decibels
    """

    # The profiler also counts how the matrix of the scale is made, which TensorFlow does once.
    profiled: ClassVar[bool] = False

    fft_length: PositiveInt = 2048
    sequence_stride: PositiveInt = 512
    sequence_length: PositiveInt | None = None
    window: Annotated[Any, Window(("hann", "hamming"))] = "hann"
    sampling_rate: PositiveFloat = 16000
    num_mel_bins: PositiveInt = 128
    min_freq: NonNegativeFloat = 20.0
    max_freq: PositiveFloat | None = None
    power_to_db: bool = True
    top_db: NonNegativeFloat = 80.0
    mag_exp: PositiveFloat = 2.0
    min_power: NonNegativeFloat = 1e-10
    ref_power: NonNegativeFloat = 1.0

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        length = self.sequence_length or self.fft_length
        if length > self.fft_length:
            raise conflict("sequence_length", f"`sequence_length` can't be more than `fft_length`, {self.fft_length}")
        check_window(self.window, length, "sequence_length")
        highest = self.max_freq or int(self.sampling_rate / 2)
        if self.min_freq >= highest:
            raise conflict("min_freq", f"`min_freq` must be less than the highest frequency, {highest:g}")
        if not self.min_power and not self.ref_power:
            raise conflict("ref_power", "`min_power` and `ref_power` can't both be 0, which has no logarithm")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """An axis of frequencies and one of frames instead of the signal."""
        need_numbers(inputs).need_rank(2, "batch, signal")
        if self.power_to_db and self.compute_dtype == "float64":
            raise WrongDtype(inputs, "floats other than float64 to make decibels of", "dtype")
        return Tensor((inputs.shape[0], self.num_mel_bins, self._frames(inputs)), self.compute_dtype)

    def _frames(self, inputs: Tensor) -> Dim:
        """How many frames there are. Keras mirrors half of `fft_length` at both ends, and may say one too many."""
        size, half = inputs.shape[1], self.fft_length // 2
        if not isinstance(size, int):
            return None
        if size <= half:
            raise WrongSize(inputs, 1, f"more than {half}, half of `fft_length`", "fft_length")
        frames = (size + 2 * half - self.fft_length) // self.sequence_stride + 1
        said = (size + 1) // self.sequence_stride + 1
        if frames != said:
            need = f"unknown or another: Keras says {said} frames come out, and {frames} do"
            raise WrongSize(inputs, 1, need, "sequence_stride")
        return frames

    def flops(self, inputs: Tensor) -> int:
        """For each frame the window, the magnitudes, the product with the scale, and the decibels."""
        inputs.known(1, "to count the frames")
        bins, mels = self.fft_length // 2 + 1, self.num_mel_bins
        frame = (0 if self.window is None else self.fft_length) + 4 * bins + 2 * bins * mels
        frames = self.infer(inputs).each_sample() // mels
        return frames * (frame + (6 * mels if self.power_to_db else 0))

    cases = (
        case("N 32", **SHORT, to="N 5 9", params=0),
        case("N ?:int32", fft_length=4, sequence_stride=2, to="N 128 ?"),
        case("N 9", **SHORT, sequence_length=10, window="hamming", power_to_db=False, to="N 5 3"),
        case("N 30", **SHORT, window=None, max_freq=4000, dtype="mixed_float16", to="N 5 8:float16"),
        case("2 33:bool", **SHORT, sequence_length=2, window=[1, 0.5], min_power=0, top_db=0, to="2 5 9"),
        case("N 13:float64", fft_length=7, sequence_stride=5, num_mel_bins=3, trainable=False, to="N 3 3"),
        case("N 32", **SHORT, power_to_db=False, dtype="float64", to="N 5 9:float64"),
        case(
            "N t",
            fft_length=5,
            sequence_stride=1,
            num_mel_bins=1,
            sampling_rate=8000.5,
            min_freq=0,
            mag_exp=1,
            to="N 1 ?",
        ),
        case("N 8", **SHORT, fails=WrongSize, late=True),
        case("N 31", **SHORT, fails=WrongSize, silent="Keras says one frame too many"),
        case("N", **SHORT, fails=WrongRank, silent="the batch would be taken for one signal"),
        case("N 2 32", **SHORT, fails=WrongRank, silent="an axis more comes out"),
        case("N 32", **SHORT, dtype="float64", fails=WrongDtype, late=True),
        case("N 32:string", **SHORT, fails=WrongDtype, late=True),
    )
