"""What activations do to tensors. Those with a name change nothing that can be seen from outside."""

from __future__ import annotations

from typing import Any

from netwright.layer import Layer
from netwright.misfits import WrongDtype
from netwright.operation import flops_of, outputs_of
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


def activated_alike(activation: Any, inputs: Tensor) -> Tensor:
    """What a checked `activation` makes of `inputs`, for layers that promise their own dtype whatever it gives.

    Raises:
        Misfit: the layer can't take them.
        WrongDtype: it gives another dtype.
    """
    outputs = activated(activation, inputs)
    if outputs.dtype != inputs.dtype:
        raise WrongDtype(inputs, f"an activation that computes in {inputs.dtype}", "activation")
    return outputs


def activation_flops(activation: Any, inputs: Tensor) -> int:
    """What a checked `activation` costs for one sample of `inputs`; see `Layer.flops`.

    Raises:
        Misfit: a size is not known.
    """
    if isinstance(activation, Layer):
        return flops_of(activation, {"inputs": inputs}, activation.Call())
    from netwright.catalog.activations import FLOPS

    each = FLOPS.get(activation, 0)
    return each * inputs.each_sample() if each else 0
