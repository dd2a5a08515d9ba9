"""What activations do to tensors. Those with a name change nothing that can be seen from outside."""

from __future__ import annotations

from typing import Any

from netwright.layer import Layer, outputs_of
from netwright.tensors import Tensor


def activated(activation: Any, inputs: Tensor) -> Tensor:
    """What a checked `activation` makes of `inputs`: another dtype, perhaps, if it is a layer.

    Raises:
        Misfit: the layer can't take them.
    """
    if not isinstance(activation, Layer):
        return inputs
    (outputs,) = outputs_of(activation, {"inputs": inputs}, activation.Call())
    return outputs
