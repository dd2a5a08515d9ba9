"""`GlobalAveragePooling1D`."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.pooling import GlobalMean
from netwright.catalog.families.windows import layout
from netwright.misfits import SizesDiffer, WrongDtype, WrongRank
from netwright.operation import case
from netwright.tensors import Tensor, differ


class GlobalAveragePooling1D(GlobalMean):
    """Take the mean over all steps of a sequence, channel by channel.

    Steps that the mask leaves out do not count.
    """

    supports_masking: ClassVar[bool] = True
    spatial_axes: ClassVar[int] = 1

    @property
    def steps(self) -> int:
        """The position of the steps."""
        return layout(self.data_format, 1)[0][0]

    def infer(self, inputs: Tensor, *, mask: Tensor | None = None) -> Tensor:
        """The batch axis and the channels; the steps go, or are 1 with `keepdims`."""
        outputs = self.reduced(self.need_mean(inputs, "float32" if mask is None else "float64"))
        if mask is not None:
            need_numbers(mask).need_rank(2, "batch, steps")
            if differ(inputs.shape[self.steps], mask.shape[1]):
                raise SizesDiffer(inputs, mask, (self.steps, 1))
        return outputs

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> None:
        """None: there are no steps left."""

    def flops(self, inputs: Tensor, *, mask: Tensor | None = None) -> int:
        """A sum over the input and its division; with a mask, a sum over that as well."""
        counting = 0 if mask is None else inputs.known(self.steps, "to count the steps") - 1
        return inputs.each_sample() + counting

    cases = (
        case("N 9 3", to="N 3", params=0),
        case("N 9 3", keepdims=True, to="N 1 3"),
        case("N 3 9", data_format="channels_first", to="N 3"),
        case("N 3 9", data_format="channels_first", keepdims=True, to="N 3 1"),
        case("N t c", to="N c"),
        case("N 9 3:int32", to="N 3"),
        case("N 9 3:bool", to="N 3"),
        case("N 9 3", dtype="mixed_float16", to="N 3:float16"),
        case("N 9 3", ports={"mask": "N 9:bool"}, to="N 3"),
        case("N 3 t", ports={"mask": "N t:float32"}, data_format="channels_first", to="N 3"),
        case("N 9", fails=WrongRank),
        case("N 9 9 3", fails=WrongRank),
        case("N 9 3:int32", ports={"mask": "N 9:bool"}, dtype="float64", to="N 3:float64"),
        case("N 9 3:int32", dtype="float64", fails=WrongDtype, silent="the mean of integers is float32"),
        case(
            "N 9 3:int32",
            ports={"mask": "N 9:bool"},
            fails=WrongDtype,
            silent="with a mask, the mean of integers is float64",
        ),
        case("N 9 3:string", fails=WrongDtype, late=True),
        case("N 9 3", ports={"mask": "N 9:string"}, fails=WrongDtype, late=True),
        case("N 9 3", ports={"mask": "N 9 3:bool"}, fails=WrongRank, late=True),
        case("N 9 3", ports={"mask": "N 8:bool"}, fails=SizesDiffer, late=True),
        case(
            "N 9 3",
            ports={"mask": "N 1:bool"},
            fails=SizesDiffer,
            silent="the sum over 9 steps is divided by 1",
        ),
    )
