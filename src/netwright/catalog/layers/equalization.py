"""`Equalization`."""

from __future__ import annotations

from netwright.arguments import PositiveInt
from netwright.catalog.families.dtypes import need_floats
from netwright.catalog.families.imaging import ImageLayer, ValueRange
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor


class Equalization(ImageLayer):
    """In training, spread the values of each channel of a batch evenly over their range.

    The layer must have another dtype than its input: only then does Keras cast the input. Otherwise it takes the input
    itself for the output, and makes no model with such a cycle in it.

    Arguments:
        bins: how many values are told apart
    """

    value_range: ValueRange = (0, 255)
    bins: PositiveInt = 256

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as it comes, since `infer` must know whether Keras casts it."""
        return tensor

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        if need_floats(data).dtype == self.compute_dtype:
            raise WrongDtype(data, f"no {self.compute_dtype}, which is its own dtype", "dtype")
        images = self.images(data)
        images.known(self.channel, "because training treats each channel on its own")
        return images

    cases = (
        case("N 8 8 3", dtype="float64", to="N 8 8 3:float64", params=0),
        case("N h ? 1", dtype="bfloat16", value_range=[-1, 1.5], bins=10, to="N h ? 1:bfloat16"),
        case("N 3 8 9", dtype="mixed_float16", data_format="channels_first", to="N 3 8 9:float16"),
        case("2 8 8 5:float16", call={"training": True}, trainable=False, to="2 8 8 5"),
        case("N 8 8 3:float64", dtype="float16", bins=1, call={"training": False}, to="N 8 8 3:float16"),
        case("N 8 8 3", fails=WrongDtype, silent="the output is the input, a cycle of which Keras makes no model"),
        case(
            "N 8 8 3:uint8", fails=WrongDtype, silent="the output is the input, a cycle of which Keras makes no model"
        ),
        case("N 8 8 ?", dtype="float64", fails=UnknownSize, silent="training fails in a graph"),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
        case("N 8 3", dtype="float64", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", dtype="float64", fails=WrongRank, late=True),
    )
