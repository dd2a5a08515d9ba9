"""Poolings that come to a given size: their windows are as long as that needs."""

from __future__ import annotations

from netwright.arguments import DataFormat
from netwright.catalog.families.windows import layout, need_layout
from netwright.layer import Stateless
from netwright.misfits import WrongSize
from netwright.tensors import Tensor

# What Keras computes to find the start of each window, and to choose between its two lengths.
PLACING = 9


class AdaptivePooling(Stateless):
    """The arguments that every pooling to a given size has.

    Arguments:
        output_size: the sizes of the spatial axes of the output, 2 or more: TensorFlow can't make a graph for 1
    """

    output_size: tuple[int, ...]
    data_format: DataFormat = None

    @property
    def spatial(self) -> tuple[int, ...]:
        """The positions of the spatial axes."""
        return layout(self.data_format, len(self.output_size))[0]

    def adapted(self, inputs: Tensor) -> Tensor:
        """The output: the spatial axes have the sizes that were asked for.

        Raises:
            WrongRank: the input has not one spatial axis for each size, a batch and a channel axis.
            UnknownSize: the size of a spatial axis is not known.
            WrongSize: a spatial axis has one entry only.
        """
        outputs = need_layout(inputs, self.data_format, len(self.output_size))
        for axis, size in zip(self.spatial, self.output_size, strict=True):
            if inputs.known(axis, "because it decides how long the windows are") < 2:
                raise WrongSize(
                    inputs, axis, "at least 2, because Keras also slides a window one entry longer than needed"
                )
            outputs = outputs.with_size(axis, size)
        return outputs

    def flops(self, inputs: Tensor) -> int:
        """Windows of two lengths slide over one axis after the other, and what is needed is picked."""
        total = 0
        for axis, size in zip(self.spatial, self.output_size, strict=True):
            length = inputs.known(axis, "because it decides how long the windows are")
            window = -(-length // size)
            steps = length - window
            along = (steps + 1) * window + steps * (window + 1)
            total += along * inputs.with_size(axis, 1).each_sample() + PLACING * size
            inputs = inputs.with_size(axis, size)
        return total
