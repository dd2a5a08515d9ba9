"""`Pipeline`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.imaging import ImageLayer
from netwright.layer import Layer, LayersOf, TrainingCall
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import Variable, case, inside, outputs_of, ports_of, variables_of
from netwright.tensors import Tensor

# For the cases.
DENSE = {"type": "Dense", "units": 4}
FLIP = {"type": "RandomFlip"}
CROP: dict[str, Any] = {"type": "CenterCrop", "height": 4, "width": 6}
RESIZE: dict[str, Any] = {"type": "Resizing", "height": 4, "width": 6}
NORM = {"type": "BatchNormalization"}
SCALE = {"type": "Rescaling", "scale": 0.5}
BINS: dict[str, Any] = {"type": "Discretization", "bin_boundaries": [1.0, 2.0, 3.0], "output_mode": "multi_hot"}


class Step(NamedTuple):
    """One layer of a pipeline, and what it gets."""

    place: str
    layer: Layer
    fed: dict[str, Tensor]


class Pipeline(Layer):
    """Apply layers one after the other, as if they were one.

    A mask is for the first layer, if that knows masks.

    Arguments:
        layers: the layers, each of which takes one tensor and gives one
        trainable: always true; it belongs to the layers
        dtype: always null; it belongs to the layers
        activity_regularizer: always null; it belongs to the layers
    """

    layers: Annotated[tuple[Layer, ...], LayersOf()]

    Call = TrainingCall

    @model_validator(mode="after")
    def _only_has_layers(self) -> Self:
        for argument in ("trainable", "dtype", "activity_regularizer"):
            if argument in self.model_fields_set:
                raise conflict(argument, f"a `Pipeline` has no `{argument}`; it belongs to its layers")
        return self

    @model_validator(mode="after")
    def _is_a_chain(self) -> Self:
        for layer in self.layers:
            kind = type(layer).__name__
            needed = [port for port in ports_of(type(layer)).values() if not port.optional]
            if len(needed) != 1 or needed[0].many:
                raise conflict("layers", f"each layer gets one tensor, and `{kind}` does not take just one")
            if len(layer.outputs(layer.Call())) != 1:
                raise conflict("layers", f"this `{kind}` gives several tensors")
            if layer.makes_mask:
                raise conflict("layers", f"the mask that `{kind}` makes would leave the `{type(self).__name__}` unseen")
            if _is_stateful(layer):
                raise conflict("layers", f"Keras can't make the states of a stateful `{kind}` in a `Pipeline`")
        return self

    def under(self, policy: str | None) -> Self:
        """The same layers where a model-wide dtype policy holds; a pipeline has none of its own."""
        return self.model_copy(update={"layers": tuple(layer.under(policy) for layer in self.layers)})

    def cast(self, tensor: Tensor) -> Tensor:
        """The tensor as it is: each layer casts for itself."""
        return tensor

    def infer(self, inputs: Tensor, *, mask: Tensor | None = None) -> Tensor:
        """What the last layer makes of what the others made.

        Keras traces all of it in one go instead of asking each layer, so that what it says is what flows.
        """
        *_, (_, layer, fed) = self._steps(inputs, mask)
        (output,) = outputs_of(layer, fed, layer.Call())
        return output

    def variables(self, inputs: Tensor, mask: Tensor | None = None) -> Iterator[Variable]:
        """Those of all layers."""
        for place, layer, fed in self._steps(inputs, mask):
            with inside(place):
                found = variables_of(layer, fed, layer.Call())
            for one in found:
                yield Variable(f"{place}/{one.name}", one.shape, one.trainable)

    def _steps(self, inputs: Tensor, mask: Tensor | None) -> Iterator[Step]:
        """Each layer with what it gets."""
        for i, layer in enumerate(self.layers):
            ports = ports_of(type(layer))
            fed = {next(name for name, port in ports.items() if not port.optional): inputs}
            if mask is not None and "mask" in ports:
                fed["mask"] = mask
            step = Step(f"layers.{i}", layer, fed)
            yield step
            with inside(step.place):
                (output,) = outputs_of(layer, fed, layer.Call())
                _check_said_is_so(layer, inputs, output)
            inputs, mask = output, None

    def flops(self, inputs: Tensor, mask: Tensor | None = None) -> int:
        """Those of all layers."""
        return sum(type(layer).flops(layer, **fed) for _, layer, fed in self._steps(inputs, mask))

    cases = (
        case("N 8 8 3:uint8", layers=[FLIP, CROP], to="N 4 6 3", params=0),
        case("N 8", layers=[DENSE, {"type": "Dropout", "rate": 0.5}, DENSE], to="N 4", params=56),
        case("N 8", layers=[DENSE | {"trainable": False}, NORM], to="N 4", params=52, frozen=44),
        case("N 8:float64", layers=[DENSE | {"dtype": "mixed_float16"}], to="N 4:float16"),
        case("N 8", layers=[{"type": "Pipeline", "layers": [DENSE]}, DENSE], to="N 4", params=56),
        case("N ? ? 3", layers=[RESIZE, {"type": "Flatten"}, DENSE], call={"training": True}, to="N 4", params=292),
        case("N 5:int32", layers=[BINS], to="N 4"),
        case("N 5:int32", layers=[SCALE, DENSE], to="N 4", params=24),
        case("N 5:int32", layers=[DENSE], to="N 4", params=24),
        case("N 5 8:int32", layers=[{"type": "MaxPooling1D"}], fails=WrongDtype, silent="integers come out"),
        case("N ? ? 3", layers=[CROP], fails=UnknownSize, silent="the size is unknown after it, too"),
        case("N 8 8", layers=[CROP], fails=WrongRank, silent="the batch would be taken for one image"),
    )


def _is_stateful(layer: Layer) -> bool:
    inner = getattr(layer, "layer", None)
    return bool(getattr(layer, "stateful", False)) or (isinstance(inner, Layer) and _is_stateful(inner))


def _check_said_is_so(layer: Layer, inputs: Tensor, output: Tensor) -> None:
    """Refuse a step after which other tensors flow than the layer says when it stands alone.

    Raises:
        WrongDtype: integers stay integers though the layer says floats.
        UnknownSize: the size after a crop is unknown though the layer says it.
    """
    if isinstance(layer, ImageLayer):
        if type(layer).__name__ == "CenterCrop":
            for axis in layer.spatial:
                inputs.known(axis, "because a `Pipeline` can't tell the size of a crop otherwise")
    elif output.integers:
        raise WrongDtype(inputs, "floats in a `Pipeline`")
