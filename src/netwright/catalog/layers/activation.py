"""`Activation`."""

from __future__ import annotations

from typing import ClassVar

from netwright import layer
from netwright.catalog.families.activating import activated_alike, activation_flops, activity_of
from netwright.catalog.families.dtypes import need_floats
from netwright.layer import Layer, Stateless
from netwright.misfits import AxisOutOfRange, WrongDtype
from netwright.operation import Activity, case, outputs_of, ports_of
from netwright.tensors import Tensor


class Activation(Stateless):
    """Apply a function to each entry, or to the last axis."""

    supports_masking: ClassVar[bool] = True

    activation: layer.Activation

    @property
    def activity(self) -> Activity | None:
        """The function itself."""
        return activity_of(self.activation)

    def infer(self, inputs: Tensor) -> Tensor:
        """The shape of the input."""
        # Most functions fail with integers; after the others Keras is wrong about the dtype.
        return activated_alike(self.activation, need_floats(inputs))

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> Tensor | None:
        """That of the input. An activation that is a layer gets it too."""
        if mask is not None and isinstance(self.activation, Layer) and "mask" in ports_of(type(self.activation)):
            outputs_of(self.activation, {"inputs": inputs, "mask": mask}, self.activation.Call())
        return mask

    def flops(self, inputs: Tensor) -> int:
        """Those of the function."""
        return activation_flops(self.activation, inputs)

    cases = (
        case("N 4", activation="relu", to="N 4", params=0),
        case("N t ? 4", activation="softmax", to="N t ? 4"),
        case("N", activation=None, to="N"),
        case("N 4", activation="tanh", dtype="mixed_bfloat16", to="N 4:bfloat16"),
        case("N 4 5", activation={"type": "Softmax", "axis": 1}, to="N 4 5"),
        case("N 4 5", activation={"type": "Softmax"}, dtype="float16", fails=WrongDtype, silent="float32 comes out"),
        case("N 4 5", activation={"type": "Softmax", "axis": 3}, fails=AxisOutOfRange, late=True),
        case("N 4:int32", activation="sigmoid", fails=WrongDtype, late=True),
        case("N 4:int32", activation="linear", fails=WrongDtype, silent="Keras calls the output floats"),
    )
