"""What activations do to tensors. Those with a name change nothing that can be seen from outside."""

from __future__ import annotations

from typing import Any

from netwright.layer import Layer
from netwright.misfits import WrongDtype
from netwright.operation import Activity, flops_of, outputs_of
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


def activity_of(activation: Any) -> Activity:
    """What an output ends in that a checked `activation` makes."""
    if isinstance(activation, Layer):
        return activation.activity or Activity(type(activation).__name__)
    return Activity(activation or "linear")


def learned_activity(layer: Any) -> Activity | None:
    """What a layer with an `activation` ends in that it applies to sums weighted by its own kernel.

    None without an activation if the weights are held to something: then so may be the sums.
    """
    found = activity_of(layer.activation)._replace(fresh=True)
    held = not layer.trainable or any(
        getattr(layer, name) is not None for name in type(layer).model_fields if name.endswith("_constraint")
    )
    return None if held and found.function == "linear" else found
