"""`Dropout`."""

from __future__ import annotations

from typing import ClassVar

from netwright.arguments import Fraction, Seed
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.noise import NoiseShape, check_noise
from netwright.layer import Stateless, TrainingCall
from netwright.misfits import WrongDtype, WrongLength, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class Dropout(Stateless):
    """In training, set a random share of the entries to zero and scale up the others.

    Arguments:
        rate: the share that is set to zero
        noise_shape: shape of the random choice, batch axis included: 1 makes it once for a whole axis, null is the
            size of the axis; null instead of a list chooses each entry on its own
    """

    supports_masking: ClassVar[bool] = True

    rate: Fraction
    noise_shape: NoiseShape = None
    seed: Seed | None = None

    Call = TrainingCall

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        need_floats(inputs)
        # With all or nothing set to zero, there is no choice.
        if 0 < self.rate < 1:
            check_noise(self.noise_shape, inputs)
        return inputs

    cases = (
        case("N 4", rate=0.5, to="N 4", params=0),
        case("N t ? 4", rate=0, seed=-1, to="N t ? 4"),
        case("N 4", rate=1, dtype="mixed_float16", to="N 4:float16"),
        case("N 4", rate=1, noise_shape=[9], call={"training": True}, to="N 4"),
        case("N 3 4", rate=0.5, noise_shape=[None, 1, 4], to="N 3 4"),
        case("N 3 4", rate=0.5, noise_shape=[2, 3, None], call={"training": True}, to="N 3 4"),
        case("N 3 4", rate=0.5, noise_shape=[3, 1], to="N 3 4"),
        case("N 3 4", rate=0.5, noise_shape=[None, 4], call={"training": True}, fails=WrongLength, late=True),
        case("N 3", rate=0.5, noise_shape=[1, 1, 3], fails=WrongLength, silent="in training, an axis more comes out"),
        case("N 3 4", rate=0.5, noise_shape=[1, 2, 4], call={"training": True}, fails=WrongSize, late=True),
        case("N 4:int32", rate=0.5, call={"training": True}, fails=WrongDtype, late=True),
    )
