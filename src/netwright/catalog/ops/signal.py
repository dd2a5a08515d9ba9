"""Signals and their spectra, of which a pair of tensors holds the real and the imaginary parts.

TensorFlow's profiler does not count what its Fourier transforms do, so they are free.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import PositiveInt, conflict
from netwright.catalog.families.contracting import check_known_alike, check_same_dtype
from netwright.catalog.families.matrices import need_solved
from netwright.catalog.families.spectra import Window, check_window
from netwright.catalog.families.windows import slide
from netwright.misfits import (
    NothingLeft,
    RanksDiffer,
    SizesDiffer,
    UnknownSize,
    WrongCount,
    WrongDtype,
    WrongRank,
    WrongSize,
)
from netwright.op import Op
from netwright.operation import CallArguments, case
from netwright.tensors import Dim, Tensor

WHY_TRANSFORMED = "because the transform goes over that axis"

WindowOrName = Annotated[Any, Window(("hann", "hamming"))]
# For the cases.
FRAMES: dict[str, Any] = {"sequence_length": 3, "sequence_stride": 2, "fft_length": 4}


def need_parts(x: Sequence[Tensor]) -> Tensor:
    """The first of two tensors, if they can be the real and the imaginary part of one.

    Raises:
        Misfit: they can't.
    """
    if len(x) != 2:
        raise WrongCount("x", "2: the real part and the imaginary part", len(x), tuple(x))
    real, imag = x
    need_solved(real)
    check_same_dtype(real, imag, "the real part")
    if real.rank != imag.rank:
        raise RanksDiffer(real, imag)
    for axis in range(real.rank):
        check_known_alike(real, imag, (axis, axis))
    return real


class Spectrum(Op):
    """What gives a real and an imaginary part."""

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The real part, and the imaginary part."""
        return "real", "imag"


class Transform(Spectrum):
    """A Fourier transform from two parts to two parts."""

    # How many of the last axes it goes over.
    over: ClassVar[int]

    def infer(self, x: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
        """The same shapes."""
        real = need_parts(x).need_rank_at_least(self.over)
        for axis in range(real.rank - self.over, real.rank):
            real.known(axis, WHY_TRANSFORMED)
        return x[0], x[1]


class Fft(Transform):
    """The Fourier transform along the last axis."""

    over = 1

    cases = (
        case("N 4", "N 4", to=("N 4", "N 4")),
        case("N t 5:float64", "N t 5:float64", to=("N t 5:float64", "N t 5:float64")),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 4", "N 4 4", fails=RanksDiffer),
        case("N 3 4", "N t 4", fails=UnknownSize),
        case("N t", "N t", fails=UnknownSize),
        case("N 4", "N 4", "N 4", fails=WrongCount),
        case("N 4", fails=WrongCount),
        case("N 4", "N 4:float64", fails=WrongDtype, late=True),
        case("N 4:float16", "N 4:float16", fails=WrongDtype, late=True),
    )


class Fft2(Transform):
    """The Fourier transform over the last two axes."""

    over = 2

    cases = (
        case("N 4 3", "N 4 3", to=("N 4 3", "N 4 3")),
        case("N t 4 3", "N t 4 3", to=("N t 4 3", "N t 4 3")),
        case("N 4", "N 4", fails=UnknownSize),
        case("N", "N", fails=WrongRank),
        case("N 4 3:int32", "N 4 3:int32", fails=WrongDtype, late=True),
    )


class Ifft2(Transform):
    """The signal of which the Fourier transform over the last two axes is given."""

    over = 2

    def flops(self, x: Sequence[Tensor]) -> int:
        """Two changes of sign and two divisions for each entry."""
        return 4 * x[0].each_sample() + 2

    cases = (
        case("N 4 3", "N 4 3", to=("N 4 3", "N 4 3")),
        case("N 4 t", "N 4 t", fails=UnknownSize),
        case("N", "N", fails=WrongRank),
        case("N 4 3:float16", "N 4 3:float16", fails=WrongDtype, late=True),
    )


class Rfft(Spectrum):
    """The half of the Fourier transform of a real signal along the last axis that the other half follows from.

    Arguments:
        fft_length: to which length the signal is cut or filled up with zeros first; null leaves it as it is
    """

    fft_length: PositiveInt | None = None

    def infer(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """One more than half of the length."""
        need_solved(x).need_rank_at_least(1)
        length = x.last if self.fft_length is None else self.fft_length
        half = x.with_last(length // 2 + 1 if isinstance(length, int) else None)
        return half, half

    cases = (
        case("N 8", to=("N 5", "N 5")),
        case("N t 7", to=("N t 4", "N t 4")),
        case("N ?:float64", fft_length=8, to=("N 5:float64", "N 5:float64")),
        case("N t", to=("N ?", "N ?")),
        case(":", fails=WrongRank),
        case("N 8:string", fails=WrongDtype, late=True),
    )


class Irfft(Op):
    """The real signal of which the half of the Fourier transform along the last axis is given.

    Arguments:
        fft_length: the length of the signal; null takes the even length that follows from the transform
    """

    fft_length: PositiveInt | None = None

    def infer(self, x: Sequence[Tensor]) -> Tensor:
        """The length."""
        real = need_parts(x).need_rank_at_least(1)
        if self.fft_length is not None:
            return real.with_last(self.fft_length)
        if real.last == 1:
            raise WrongSize(real, real.rank - 1, "at least 2 where there is no `fft_length`")
        return real.with_last(2 * (real.last - 1) if isinstance(real.last, int) else None)

    cases = (
        case("N 5", "N 5", to="N 8"),
        case("N t 5:float64", "N t 5:float64", fft_length=9, to="N t 9:float64"),
        case("N t", "N t", to="N ?"),
        case("N 1", "N 1", fft_length=1, to="N 1"),
        case("N 4", "N 5", fails=SizesDiffer),
        case("N 1", "N 1", fails=WrongSize, silent="it takes TensorFlow's process down with it"),
        case("N 5", "N 5:float64", fails=WrongDtype, late=True),
    )


class Framed(Op):
    """A function of signals or spectra that are divided into frames.

    Arguments:
        sequence_length: how many entries of the signal a frame has
        sequence_stride: how far apart frames start
        fft_length: to which length a frame is filled up with zeros, on both sides, before it is transformed
        window: factors for the entries of a frame, as a list of `sequence_length` numbers or the name of a function;
            null is 1 for all
        center: whether the signal is longer by half of `fft_length` at both ends, so that the first frame is in the
            middle of what is there before the first entry and after it
    """

    sequence_length: PositiveInt
    sequence_stride: PositiveInt
    fft_length: PositiveInt
    window: WindowOrName = "hann"
    center: bool = True

    # The profiler counts how positions are computed too, once for all samples.
    profiled: ClassVar[bool] = False

    @model_validator(mode="after")
    def _window_fits(self) -> Self:
        check_window(self.window, self.sequence_length, "sequence_length")
        if self.fft_length < self.sequence_length and (self.window is not None or self._without_window):
            raise conflict("fft_length", f"`fft_length` can't be less than `sequence_length`, {self.sequence_length}")
        return self

    # Whether a frame that is longer than its transform is refused even where no window is cut to it.
    _without_window: ClassVar[bool]

    @property
    def margin(self) -> int:
        """How much longer the signal is at both ends."""
        return self.fft_length // 2 if self.center else 0


class Stft(Framed, Spectrum):
    """The Fourier transforms of a signal along the last axis, one for each frame."""

    _without_window: ClassVar[bool] = True

    def infer(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Frames, and one more than half of the length of each."""
        steps = need_solved(x).need_rank_at_least(1).last
        long = x
        if self.margin and isinstance(steps, int):
            if steps <= self.margin:
                need = f"more than {self.margin}, which is mirrored at both ends"
                raise WrongSize(x, x.rank - 1, need, "fft_length")
            long = x.with_last(steps + 2 * self.margin)
        frames = slide(long, x.rank - 1, self.fft_length, self.sequence_stride, "valid", 1, "fft_length")
        spectrum = x.with_shape(*x.shape[:-1], frames, self.fft_length // 2 + 1)
        return spectrum, spectrum

    def flops(self, x: Tensor) -> int:
        """A factor for each entry of each frame."""
        spectrum, _ = self.infer(x)
        return 0 if self.window is None else spectrum.with_last(self.fft_length).each_sample()

    cases = (
        case("N 16", **FRAMES, to=("N 9 3", "N 9 3")),
        case("N t 16:float64", **FRAMES, window="hamming", to=("N t 9 3:float64", "N t 9 3:float64")),
        case("N 16", **FRAMES, window=[0.5, 1, 0.5], center=False, to=("N 7 3", "N 7 3")),
        case("N t", **FRAMES, window=None, to=("N ? 3", "N ? 3")),
        case("N", **FRAMES, to=("? 3", "? 3")),
        case(":", **FRAMES, fails=WrongRank),
        case("N 2", **FRAMES, fails=WrongSize, late=True),
        case("N 2", **FRAMES, center=False, fails=NothingLeft, silent="Keras makes no frames"),
        case("N 16:float16", **FRAMES, fails=WrongDtype, late=True),
    )


class Istft(Framed):
    """The signal of which the Fourier transforms of frames, as `stft` gives them, are known.

    Arguments:
        length: how many entries of the signal are given; null is all that the frames cover
    """

    _without_window: ClassVar[bool] = False

    length: PositiveInt | None = None

    @model_validator(mode="after")
    def _something_is_left(self) -> Self:
        if self.fft_length == 1 and self.center and self.length is None:
            raise conflict("center", "with an `fft_length` of 1 Keras would cut off the whole signal; give `length`")
        return self

    def infer(self, x: Sequence[Tensor]) -> Tensor:
        """The signal, without what it is longer by at both ends."""
        real = need_parts(x).need_rank_at_least(2)
        frames = real.shape[-2]
        if isinstance(frames, int) and frames < self._least:
            raise WrongSize(real, real.rank - 2, f"at least {self._least}", "length" if self.length else None)
        return real.with_shape(*real.shape[:-2], self.length or self._signal(frames))

    @property
    def _least(self) -> int:
        """How many frames are needed at least."""
        covered = self.margin + (self.length or 1 + self.margin)
        return 1 - (self.fft_length - covered) // self.sequence_stride

    def _signal(self, frames: Dim) -> Dim:
        """The number of entries."""
        more = self.fft_length - self.sequence_stride - 2 * self.margin
        if isinstance(frames, int):
            return frames * self.sequence_stride + more
        return frames if self.sequence_stride == 1 and more == 0 else None

    def flops(self, x: Sequence[Tensor]) -> int:
        """A sum for each entry of each frame, and a factor."""
        return (1 if self.window is None else 2) * x[0].with_last(self.fft_length).each_sample()

    cases = (
        case("N 9 3", "N 9 3", **FRAMES, to="N 16"),
        case("N t 9 3:float64", "N t 9 3:float64", **FRAMES, window="hamming", length=5, to="N t 5:float64"),
        case("N 9 3", "N 9 3", **FRAMES, window=[0.5, 1, 0.5], center=False, to="N 20"),
        case("N t 3", "N t 3", **FRAMES, window=None, to="N ?"),
        case("N t ?", "N t ?", sequence_length=3, sequence_stride=1, fft_length=3, to="N t"),
        case("N 9", "N 9", **FRAMES, to="?"),
        case("N 9 3", "N 8 3", **FRAMES, fails=SizesDiffer),
        case("N", "N", **FRAMES, fails=WrongRank),
        case("N 1 3", "N 1 3", **FRAMES, fails=WrongSize, silent="Keras gives a signal without entries"),
        case("N 9 3", "N 9 3", **FRAMES, length=30, fails=WrongSize, silent="Keras gives less than it says"),
        case("N 9 3:float16", "N 9 3:float16", **FRAMES, fails=WrongDtype, late=True),
    )


class ExtractSequences(Op):
    """The frames of a signal along the last axis, which may overlap.

    Arguments:
        sequence_length: how many entries a frame has
        sequence_stride: how far apart frames start
    """

    # The profiler counts how positions are computed, once for all samples.
    profiled: ClassVar[bool] = False

    sequence_length: PositiveInt
    sequence_stride: PositiveInt

    def infer(self, x: Tensor) -> Tensor:
        """Frames, and the entries of each."""
        last = x.need_rank_at_least(1).rank - 1
        frames = slide(x, last, self.sequence_length, self.sequence_stride, "valid", 1, "sequence_length")
        return x.with_shape(*x.shape[:-1], frames, self.sequence_length)

    cases = (
        case("N 8", sequence_length=3, sequence_stride=2, to="N 3 3"),
        case("N 2 t:string", sequence_length=3, sequence_stride=2, to="N 2 ? 3:string"),
        case("N t:int32", sequence_length=1, sequence_stride=1, to="N t 1:int32"),
        case("N", sequence_length=3, sequence_stride=1, to="? 3"),
        case(":", sequence_length=3, sequence_stride=1, fails=WrongRank),
        case("N 2", sequence_length=3, sequence_stride=1, fails=NothingLeft, silent="Keras makes no frames"),
    )
