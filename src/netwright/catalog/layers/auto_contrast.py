"""`AutoContrast`."""

from __future__ import annotations

from netwright.catalog.families.imaging import AnyImageLayer, ValueRange
from netwright.misfits import WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class AutoContrast(AnyImageLayer):
    """Stretch the values of each channel so far that they fill their range, in training and after it.

    Channels are last: there is no argument to say otherwise. A channel of one value stays as it is.
    """

    value_range: ValueRange = (0, 255)

    def flops(self, data: Tensor) -> int:
        """What stretches each value, and each channel; more if the range is another than that of a byte."""
        images = self.infer(data)
        entries, channels = images.each_sample(), images.known(-1, "to count the entries")
        scaled = 0 if self.value_range == (0, 255) else 8 * entries + 4
        return 4 * (entries + channels) + scaled

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N 9 5 4", value_range=[-1, 1.5], to="N 9 5 4"),
        case("N 8 8 3:uint8", to="N 8 8 3"),
        case("N h ? c", value_range=[0, 1], trainable=False, to="N h ? c"),
        case("2 8 8 1:bool", call={"training": True}, to="2 8 8 1"),
        case("N 8 8 3", dtype="mixed_float16", call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
    )
