"""`Bidirectional`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import choice, conflict
from netwright.catalog.families.recurrent import Recurrent, step_of
from netwright.layer import Layer, LayerOf, TrainingCall
from netwright.misfits import SizesDiffer, UnknownSize, WrongCount, WrongDtype, WrongRank, WrongSize
from netwright.operation import CallArguments, Variable, case, flops_of, inside, outputs_of, variables_of
from netwright.tensors import Tensor, differ

KINDS = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
# What merging costs for each entry of the output; the rest only copies.
MERGING: dict[str | None, int] = {"sum": 1, "mul": 1, "ave": 2}
# For the cases.
LSTM = {"type": "LSTM", "units": 4}
GRU = {"type": "GRU", "units": 4}
SIMPLE = {"type": "SimpleRNN", "units": 4}
CELLS = {"type": "RNN", "cell": {"type": "LSTMCell", "units": 4}}
CONV: dict[str, Any] = {"type": "ConvLSTM1D", "filters": 2, "kernel_size": 2}
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
    # The profiler counts what is repeated only once.
    profiled: ClassVar[bool] = False

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
        return (*found, *(f"{side}_{state}" for side, layer in self.sides.items() for state in layer.state_names))

    def infer(
        self, sequences: Tensor, *, initial_state: Sequence[Tensor] = (), mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """What the inner layers give, in the dtype of this one."""
        forward, backward = (
            outputs_of(layer, ports, layer.Call()) for layer, ports in self._fed(sequences, initial_state, mask)
        )
        # Keras takes them to be alike, and would say so of what is not.
        for one, other in zip(forward, backward, strict=True):
            _check_alike(one, other)
        # Outputs are cast, states are not, whatever Keras says.
        states = (*forward[1:], *backward[1:])
        if any(state.dtype != self.compute_dtype for state in states):
            raise WrongDtype(sequences, f"inner layers that compute in {self.compute_dtype}", "layer.dtype")
        output, other = (found[0].with_dtype(self.compute_dtype) for found in (forward, backward))
        if self.merge_mode is None:
            return (output, other, *states)
        last = output.known(-1, "because both outputs are merged")
        return (output.with_last(2 * last) if self.merge_mode == "concat" else output, *states)

    def compute_mask(self, mask: Tensor | None, inputs: Tensor) -> Tensor | tuple[Tensor | None, ...] | None:
        """That of the steps, for both sides, if all of them are returned."""
        found = mask if self.layer.return_sequences else None
        return found if self.merge_mode else (found, found)

    def _fed(
        self, sequences: Tensor, initial_state: Sequence[Tensor], mask: Tensor | None
    ) -> Iterator[tuple[Recurrent, dict[str, Any]]]:
        """Each inner layer, with the tensors at its ports: the states by halves, all others for both."""
        need = sum(len(layer.state_names) for layer in self.sides.values())
        if initial_state and len(initial_state) != need:
            self.layer.check_sequences(sequences)
            like = self.layer.after(step_of(sequences))[-1]
            raise WrongCount("initial_state", str(need), len(initial_state), tuple(initial_state), like)
        half = len(initial_state) // 2
        for layer, part in zip(self.sides.values(), (initial_state[:half], initial_state[half:]), strict=True):
            yield layer, {"sequences": sequences, "initial_state": part} | ({} if mask is None else {"mask": mask})

    def variables(self, sequences: Tensor, **ports: Any) -> Iterator[Variable]:
        """Those of both inner layers."""
        for side, layer in self.sides.items():
            with inside("backward_layer" if layer is self.backward_layer else "layer"):
                made = variables_of(layer, {"sequences": sequences}, layer.Call())
            yield from (one._replace(name=f"{side}_layer/{one.name}") for one in made)

    def flops(self, sequences: Tensor, **ports: Any) -> int:
        """Those of both inner layers, and of the merging."""
        both = sum(flops_of(layer, {"sequences": sequences}, layer.Call()) for layer in self.sides.values())
        each = MERGING.get(self.merge_mode, 0)
        return both + (each * self.infer(sequences)[0].each_sample() if each else 0)

    cases = (
        case("N 5 3", layer=LSTM, to="N 8", params=256),
        case("N t 3", layer=GRU | ALL, to=("N t 8", "N 4", "N 4"), params=216),
        case("N t 3", layer=LSTM | ALL, merge_mode="sum", to=("N t 4", "N 4", "N 4", "N 4", "N 4"), params=256),
        case("N ? 3", layer=LSTM | ALL, merge_mode=None, to=("N ? 4",) * 2 + ("N 4",) * 4),
        case("N 5 3", layer=GRU, merge_mode=None, to=("N 4", "N 4")),
        case("N 5 3:int32", layer=GRU, merge_mode="mul", to="N 4"),
        case("N 5 3", layer=GRU, dtype="mixed_float16", to="N 8:float16"),
        case("N 5 3", layer=GRU | {"dtype": "mixed_float16"}, merge_mode="ave", to="N 4"),
        case("N 5 3", layer=LSTM, backward_layer=LSTM | BACK | {"trainable": False}, to="N 8", params=256, frozen=128),
        case("N 5 3", layer=LSTM, backward_layer=GRU | BACK, to="N 8", params=236),
        case("2 5 3", layer=LSTM | {"stateful": True, "return_sequences": True}, to="2 5 8"),
        case("N 5 3", layer=LSTM, ports={"initial_state": ("N 4",) * 4, "mask": "N 5:bool"}, to="N 8"),
        case("N 5 3", layer=SIMPLE | ALL, to=("N 5 8", "N 4", "N 4"), params=64),
        case("N 5 3", layer=CELLS | ALL, merge_mode="sum", to=("N 5 4",) + ("N 4",) * 4, params=256),
        case("N 5 3", layer=GRU | ALL, backward_layer=SIMPLE | ALL | BACK, to=("N 5 8", "N 4", "N 4"), params=140),
        case("N 5 6 3", layer=CONV, ports={"initial_state": ("N 5 2",) * 4}, to="N 5 4", params=176),
        case("N t 3 6", layer=CONV | {"data_format": "channels_first"}, merge_mode="ave", to="N 2 5"),
        case("N 5 6 3", layer=CONV | {"padding": "same"}, backward_layer=CONV | BACK, fails=SizesDiffer, late=True),
        case("N 5 3", layer=GRU | ALL, dtype="float16", fails=WrongDtype, silent="states keep their own dtype"),
        case("N 3", layer=LSTM, fails=WrongRank),
        case("N 5 ?", layer=LSTM, fails=UnknownSize),
        case("N 5 3", layer=LSTM | {"stateful": True}, fails=UnknownSize),
        case("N 5 3", layer=LSTM, ports={"initial_state": ("N 4",) * 2}, fails=WrongCount, late=True),
        case("N 5 3", layer=GRU, ports={"initial_state": ("N 4", "N 5")}, fails=WrongSize, late=True),
        case("N 5 3", layer=GRU, ports={"mask": "N 4:bool"}, fails=SizesDiffer, late=True),
        case(
            "N 5 3", layer=GRU | {"unroll": True}, ports={"mask": "N 6"}, fails=SizesDiffer, silent="the rest is lost"
        ),
    )


def _check_pair(layer: Recurrent, backward: Recurrent) -> None:
    """Refuse two layers that do not go together."""
    if layer.go_backwards == backward.go_backwards:
        raise conflict("backward_layer", "one of `layer` and `backward_layer` must have `go_backwards`, but not both")
    for name in ("stateful", "return_sequences", "return_state"):
        if getattr(layer, name) != getattr(backward, name):
            raise conflict("backward_layer", f"`layer` and `backward_layer` must have the same `{name}`")
    # Keras does not check these: it would take outputs and states to be alike.
    if layer.output_size != backward.output_size:
        raise conflict("backward_layer", "`layer` and `backward_layer` must have outputs of the same size")
    if layer.return_state and layer.state_sizes != backward.state_sizes:
        raise conflict("backward_layer", "with `return_state`, `layer` and `backward_layer` must have the same states")


def _check_alike(one: Tensor, other: Tensor) -> None:
    """Refuse what the two layers give if the shapes differ.

    Raises:
        SizesDiffer: they do.
    """
    for axis in range(1, one.rank):
        if differ(one.shape[axis], other.shape[axis]):
            raise SizesDiffer(one, other, (axis, axis))
