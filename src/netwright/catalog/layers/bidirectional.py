"""`Bidirectional`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.recurrent import Recurrent
from netwright.layer import (
    CallArguments,
    Layer,
    LayerOf,
    TrainingCall,
    Variable,
    case,
    inside,
    outputs_of,
    variables_of,
)
from netwright.misfits import SizesDiffer, UnknownSize, WrongCount, WrongRank
from netwright.tensors import Tensor

KINDS = ("LSTM", "GRU")
# For the cases.
LSTM = {"type": "LSTM", "units": 4}
GRU = {"type": "GRU", "units": 4}
ALL = {"return_sequences": True, "return_state": True}
BACK = {"go_backwards": True}


class Bidirectional(Layer):
    """Read a sequence forwards with one recurrent layer, and backwards with another.

    Arguments:
        layer: the layer that reads forwards
        merge_mode: what becomes of the two outputs: side by side, sum, mean, product, or with null two outputs
        weights: always null
        backward_layer: the layer that reads backwards; null takes another of the same arguments as `layer`
    """

    supports_masking: ClassVar[bool] = True

    layer: Annotated[Recurrent, LayerOf(KINDS)]
    merge_mode: Annotated[str | None, choice("sum", "mul", "ave", "concat", None)] = "concat"
    # Keras ignores all others without a word.
    weights: None = None
    backward_layer: Annotated[Recurrent | None, LayerOf(KINDS, nullable=True)] = None

    Call = TrainingCall

    @model_validator(mode="after")
    def _inner_layers_fit(self) -> Self:
        if not self.trainable:
            raise conflict("trainable", "Keras trains the inner layers all the same; `trainable` belongs to them")
        if self.layer.stateful and self.layer.return_state:
            raise conflict("layer", "Keras fails with a `layer` that has both `stateful` and `return_state`")
        if self.backward_layer is not None:
            _check_pair(self.layer, self.backward_layer)
        elif self.layer.go_backwards:
            raise conflict("layer", "`layer` must not have `go_backwards` where there is no `backward_layer`")
        return self

    @property
    def sides(self) -> dict[str, Recurrent]:
        """The two inner layers."""
        backward = self.backward_layer or self.layer.model_copy(update={"go_backwards": True})
        return {"forward": self.layer, "backward": backward}

    def outputs(self, call: CallArguments) -> tuple[str, ...]:
        """The output, or two of them if they are not merged; then the states, if the inner layers return them."""
        found = ("output",) if self.merge_mode else ("forward_output", "backward_output")
        if not self.layer.return_state:
            return found
        return (*found, *(f"{side}_{state}" for side, layer in self.sides.items() for state in layer.states))

    def infer(
        self, sequences: Tensor, *, initial_state: Sequence[Tensor] = (), mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """What the inner layers give, in the dtype of this one."""
        outputs, states = [], []
        for layer, ports in self._fed(sequences, initial_state, mask):
            output, *rest = outputs_of(layer, ports, layer.Call())
            outputs.append(output.with_dtype(self.compute_dtype))
            states += [state.with_dtype(self.compute_dtype) for state in rest]
        if self.merge_mode is None:
            return (*outputs, *states)
        width = 2 * self.layer.units if self.merge_mode == "concat" else self.layer.units
        return (outputs[0].with_last(width), *states)

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> Tensor | tuple[Tensor | None, ...] | None:
        """That of the steps, for both sides, if all of them are returned."""
        found = mask if self.layer.return_sequences else None
        return found if self.merge_mode else (found, found)

    def _fed(
        self, sequences: Tensor, initial_state: Sequence[Tensor], mask: Tensor | None
    ) -> Iterator[tuple[Recurrent, dict[str, Any]]]:
        """Each inner layer, with the tensors at its ports: the states by halves, all others for both."""
        need = sum(len(layer.states) for layer in self.sides.values())
        if initial_state and len(initial_state) != need:
            raise WrongCount("initial_state", str(need), len(initial_state), tuple(initial_state))
        half = len(initial_state) // 2
        for layer, part in zip(self.sides.values(), (initial_state[:half], initial_state[half:]), strict=True):
            yield layer, {"sequences": sequences, "initial_state": part} | ({} if mask is None else {"mask": mask})

    def variables(self, sequences: Tensor, **ports: Any) -> Iterator[Variable]:
        """Those of both inner layers."""
        for side, layer in self.sides.items():
            with inside("backward_layer" if layer is self.backward_layer else "layer"):
                made = variables_of(layer, {"sequences": sequences}, layer.Call())
            yield from (one._replace(name=f"{side}_layer/{one.name}") for one in made)

    cases = (
        case("N 5 3", layer=LSTM, to="N 8", params=256),
        case("N t 3", layer=GRU | ALL, to=("N t 8", "N 4", "N 4"), params=216),
        case("N t 3", layer=LSTM | ALL, merge_mode="sum", to=("N t 4", "N 4", "N 4", "N 4", "N 4"), params=256),
        case("N ? 3", layer=LSTM | ALL, merge_mode=None, to=("N ? 4",) * 2 + ("N 4",) * 4),
        case("N 5 3", layer=GRU, merge_mode=None, to=("N 4", "N 4")),
        case("N 5 3:int32", layer=GRU, merge_mode="mul", to="N 4"),
        case("N 5 3", layer=GRU | ALL, dtype="mixed_float16", to=("N 5 8:float16", "N 4:float16", "N 4:float16")),
        case("N 5 3", layer=GRU | {"dtype": "mixed_float16"}, merge_mode="ave", to="N 4"),
        case("N 5 3", layer=LSTM, backward_layer=LSTM | BACK | {"trainable": False}, to="N 8", params=256, frozen=128),
        case("N 5 3", layer=LSTM, backward_layer=GRU | BACK, to="N 8", params=236),
        case("2 5 3", layer=LSTM | {"stateful": True, "return_sequences": True}, to="2 5 8"),
        case("N 5 3", layer=LSTM, ports={"initial_state": ("N 4",) * 4, "mask": "N 5:bool"}, to="N 8"),
        case("N 3", layer=LSTM, fails=WrongRank),
        case("N 5 ?", layer=LSTM, fails=UnknownSize),
        case("N 5 3", layer=LSTM | {"stateful": True}, fails=UnknownSize),
        case("N 5 3", layer=LSTM, ports={"initial_state": ("N 4",) * 2}, fails=WrongCount, late=True),
        case("N 5 3", layer=GRU, ports={"initial_state": ("N 4", "N 5")}, fails=SizesDiffer, late=True),
        case("N 5 3", layer=GRU, ports={"mask": "N 4:bool"}, fails=SizesDiffer, late=True),
    )


def _check_pair(layer: Recurrent, backward: Recurrent) -> None:
    """Refuse two layers that do not go together."""
    if layer.go_backwards == backward.go_backwards:
        raise conflict("backward_layer", "one of `layer` and `backward_layer` must have `go_backwards`, but not both")
    # Of these, Keras checks all but `units`: it would take the outputs to be equally wide.
    for name in ("units", "stateful", "return_sequences", "return_state"):
        if getattr(layer, name) != getattr(backward, name):
            raise conflict("backward_layer", f"`layer` and `backward_layer` must have the same `{name}`")
    if layer.return_state and type(layer) is not type(backward):
        raise conflict("backward_layer", "with `return_state`, `layer` and `backward_layer` must have the same `type`")
