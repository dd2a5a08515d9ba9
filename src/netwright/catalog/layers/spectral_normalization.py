"""`SpectralNormalization`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import model_validator

from netwright.arguments import PositiveInt, conflict
from netwright.catalog.families.dtypes import need_floats
from netwright.layer import Layer, LayerOf, TrainingCall
from netwright.misfits import UnknownSize, WrongDtype, WrongRank
from netwright.operation import Variable, case, inside, outputs_of, variables_of, wants_call
from netwright.tensors import Tensor

KINDS = (
    "Conv1D",
    "Conv1DTranspose",
    "Conv2D",
    "Conv2DTranspose",
    "Conv3D",
    "Conv3DTranspose",
    "Dense",
    "DepthwiseConv1D",
    "DepthwiseConv2D",
    "EinsumDense",
    "Embedding",
    "ReversibleEmbedding",
    "SpectralNormalization",
)
MATRICES = ("kernel", "embeddings")
# For the cases.
DENSE = {"type": "Dense", "units": 3}
CONV = {"type": "Conv2D", "filters": 3, "kernel_size": 2}
EMBEDDING = {"type": "Embedding", "input_dim": 5, "output_dim": 3}


class SpectralNormalization(Layer):
    """Keep a layer from stretching what goes in: in training, divide its kernel by its largest singular value.

    Arguments:
        layer: the layer whose kernel, or whose vectors, are divided
        power_iterations: number of steps with which that value is estimated each time
    """

    layer: Annotated[Layer, LayerOf(KINDS)]
    power_iterations: PositiveInt = 1

    Call = TrainingCall

    @model_validator(mode="after")
    def _can_be_trained(self) -> Self:
        if not self.trainable:
            raise conflict("trainable", "Keras trains the inner layer all the same; `trainable` belongs to it")
        if getattr(self.layer, "lora_rank", None) is not None:
            raise conflict("layer", "Keras can't divide a kernel that has a low-rank update beside it")
        return self

    def infer(self, inputs: Tensor) -> Tensor:
        """What the inner layer gives, in the dtype of this one."""
        with inside("layer"):
            (output,) = outputs_of(self.layer, self._fed(need_floats(inputs)), self.layer.Call())
        return output.with_dtype(self.compute_dtype)

    def variables(self, inputs: Tensor) -> Iterator[Variable]:
        """Those of the inner layer, and the direction in which its kernel stretches most."""
        with inside("layer"):
            made = variables_of(self.layer, self._fed(inputs), self.layer.Call())
        yield from (one._replace(name=f"layer/{one.name}") for one in made)
        (columns,) = (one.shape[-1] for one in made if one.name.rpartition("/")[2] in MATRICES)
        yield Variable("vector_u", (1, columns), trainable=False)

    def flops(self, inputs: Tensor) -> int:
        """Those of the inner layer: only training divides."""
        rule = type(self.layer).flops
        more = {"call": self.layer.Call()} if wants_call(rule) else {}
        return rule(self.layer, **self._fed(self.layer.cast(inputs)), **more)

    def _fed(self, inputs: Tensor) -> dict[str, Any]:
        return {"inputs": inputs}

    cases = (
        case("N 4", layer=DENSE, to="N 3", params=18, frozen=3),
        case("N 5 t 4", layer=CONV, power_iterations=3, to="N 4 ? 3", params=54, frozen=3),
        case("N 4", layer=DENSE | {"trainable": False}, to="N 3", params=18, frozen=18),
        case("N t", layer=EMBEDDING, to="N t 3", params=18, frozen=3),
        case("N 4", layer=DENSE | {"dtype": "float16"}, dtype="mixed_float16", to="N 3:float16"),
        case("N 4", layer={"type": "SpectralNormalization", "layer": DENSE}, to="N 3", params=21, frozen=6),
        case("N 4", layer=DENSE, call={"training": True}, to="N 3"),
        case("N ?", layer=DENSE, fails=UnknownSize),
        case("N 5 4", layer=CONV, fails=WrongRank),
        case("N 4:string", layer=DENSE, fails=WrongDtype, late=True),
        case("N 4:int32", layer=EMBEDDING, fails=WrongDtype, silent="Keras says floats, and gives integers"),
    )
