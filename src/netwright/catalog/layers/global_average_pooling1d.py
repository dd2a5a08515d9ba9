"""`GlobalAveragePooling1D`."""

from __future__ import annotations

from typing import ClassVar

from netwright.catalog.families.dtypes import need_numbers
from netwright.catalog.families.pooling import GlobalPooling, reduced
from netwright.catalog.families.windows import layout
from netwright.layer import case
from netwright.misfits import SizesDiffer, WrongDtype, WrongRank
from netwright.tensors import Tensor, differ


class GlobalAveragePooling1D(GlobalPooling):
    """Take the mean over all steps of a sequence, channel by channel.

    Steps that the mask leaves out do not count.
    """

    supports_masking: ClassVar[bool] = True

    def infer(self, inputs: Tensor, *, mask: Tensor | None = None) -> Tensor:
        """The batch axis and the channels; the steps go, or are 1 with `keepdims`."""
        outputs = reduced(self, need_numbers(inputs), 1).with_dtype(self.compute_dtype)
        if mask is not None:
            steps = layout(self.data_format, 1)[0][0]
            need_numbers(mask).need_rank(2, "batch, steps")
            if differ(inputs.shape[steps], mask.shape[1]):
                raise SizesDiffer(inputs, mask, (steps, 1))
        return outputs

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> None:
        """None: there are no steps left."""

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
        case("N 3 t", ports={"mask": "N 9:float32"}, data_format="channels_first", to="N 3"),
        case("N 9", fails=WrongRank),
        case("N 9 9 3", fails=WrongRank),
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
