"""`AugMix`."""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import PositiveFloat, PositiveInt
from netwright.catalog.families.augmenting import Augmenting
from netwright.catalog.families.imaging import Factor, FactorOf
from netwright.catalog.families.windows import layout
from netwright.misfits import UnknownSize, WrongDtype, WrongRank, WrongSize
from netwright.operation import case
from netwright.tensors import Tensor


class AugMix(Augmenting):
    """In training, mix each batch with several copies that random chains of operations have changed.

    A compiled training step draws the operations once, when it is compiled, and only their strength each time.

    Arguments:
        num_chains: how many chains there are
        chain_depth: how many operations follow each other in a chain, at most
        alpha: how evenly chains and batch are mixed: the greater, the more evenly
        all_ops: whether images may also be brightened, bleached and sharpened and their contrast changed; they
            must then have one channel or three
    """

    factor: Annotated[Factor, FactorOf(0, 1)] = 0.3
    num_chains: PositiveInt = 3
    chain_depth: PositiveInt = 3
    alpha: PositiveFloat = 1.0
    all_ops: bool = True

    def infer(self, data: Tensor) -> Tensor:
        """The same shape."""
        images = self.images(data)
        if self.all_ops:
            return self.need_gray_or_color(images)
        images.known(layout(self.data_format, 2)[1], "because training treats each channel on its own")
        return images

    cases = (
        case("N 8 8 3", to="N 8 8 3", params=0),
        case("N h ? 1", num_chains=1, factor=[0, 1], value_range=[0, 1], seed=1, to="N h ? 1"),
        case("N 3 8 9", value_range=[-1, 1.5], data_format="channels_first", to="N 3 8 9"),
        case("N 8 8 5", all_ops=False, alpha=0.5, to="N 8 8 5"),
        case("N 8 8 3:uint8", factor=1, chain_depth=1, interpolation="nearest", to="N 8 8 3"),
        case("2 8 8 3", call={"training": True}, dtype="mixed_float16", to="2 8 8 3:float16"),
        case("N 8 8 4", fails=WrongSize, silent="training fails if chance has it draw a change of colors"),
        case("N 8 8 ?", fails=UnknownSize, silent="training fails if chance has it draw a change of colors"),
        case("N 8 8 ?", all_ops=False, fails=UnknownSize, silent="training fails in a graph, if chance has it"),
        case("N 8 3", fails=WrongRank, silent="the batch would be taken for one image"),
        case("N 2 8 8 3", fails=WrongRank, late=True),
        case("N 8 8 3:string", fails=WrongDtype, late=True),
    )
