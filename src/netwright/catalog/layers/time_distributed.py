"""`TimeDistributed`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from netwright.arguments import conflict
from netwright.catalog.families.masks import check_mask
from netwright.layer import Layer, LayerOf, TrainingCall
from netwright.misfits import NothingLeft, SizesDiffer, UnknownSize, WrongRank
from netwright.operation import Activity, Variable, case, flops_of, inside, outputs_of, ports_of, variables_of
from netwright.tensors import Tensor

AXES = "batch, steps, and what the inner layer takes"
# For the cases.
DENSE = {"type": "Dense", "units": 4}
LSTM = {"type": "LSTM", "units": 4}
HALF: dict[str, Any] = {"dtype": "mixed_float16"}
CONV = {"type": "Conv2D", "filters": 4, "kernel_size": 3}


class TimeDistributed(Layer):
    """Apply one layer, with the same variables, to each step of a sequence. The number of steps must be known.

    Arguments:
        layer: the layer that is applied to each step
    """

    supports_masking: ClassVar[bool] = True
    # The profiler counts what is repeated only once.
    profiled: ClassVar[bool] = False

    layer: Annotated[Layer, LayerOf()]

    Call = TrainingCall

    @model_validator(mode="after")
    def _takes_one_gives_one(self) -> Self:
        kind = type(self.layer).__name__
        needed = [port for port in ports_of(type(self.layer)).values() if not port.optional]
        if len(needed) != 1 or needed[0].many:
            raise conflict("layer", f"each step is one tensor, and `{kind}` does not take just one")
        if len(self.layer.outputs(self.layer.Call())) != 1:
            raise conflict("layer", f"this `{kind}` gives several tensors for each step")
        return self

    @model_validator(mode="after")
    def _keeps_its_word(self) -> Self:
        if not self.trainable:
            raise conflict("trainable", "Keras trains the inner layer all the same; `trainable` belongs to it")
        if self.layer.activity_regularizer is not None:
            raise conflict("layer", "Keras forgets the `activity_regularizer` of the inner layer; it belongs outside")
        # The inner layer would get numbers that it has not cast, and give others than Keras says, or fail.
        if self.layer.dtype != self.dtype:
            raise conflict("layer", "the inner layer must have the same `dtype`, or none if there is none outside")
        return self

    @property
    def activity(self) -> Activity | None:
        """What each step ends in."""
        found = self.layer.activity
        if found is None or not isinstance(found.axis, int):
            return None
        return found if found.axis < 0 else found._replace(axis=found.axis + 1)

    def infer(self, inputs: Tensor, *, mask: Tensor | None = None) -> Tensor:
        """What the inner layer makes of one step, with the axis of the steps after the batch axis again."""
        inputs.need_rank_at_least(3, AXES).known(1, "because Keras would take the batch axis for it")
        if mask is not None:
            check_mask(mask.need_rank_at_least(2, "batch, steps"), inputs, (0, 1), spread=False)
        (step,) = self._at_each_step(outputs_of, inputs, mask)
        return Tensor((step.shape[0], inputs.shape[1], *step.shape[1:]), self.compute_dtype)

    def variables(self, inputs: Tensor, mask: Tensor | None = None) -> Iterator[Variable]:
        """Those of the inner layer."""
        for one in self._at_each_step(variables_of, inputs, mask):
            yield Variable(f"layer/{one.name}", one.shape, one.trainable)

    def flops(self, inputs: Tensor, mask: Tensor | None = None) -> int:
        """Those of the inner layer at all steps."""
        cost: int = self._at_each_step(flops_of, inputs, mask)
        return inputs.known(1, "to count the steps") * cost

    def _at_each_step(self, rule: Callable[..., Any], inputs: Tensor, mask: Tensor | None) -> Any:
        """What a rule says of the inner layer; a misfit is then about a step, and an argument of the inner layer."""
        with inside("layer", each_step=True):
            return rule(self.layer, self._fed(inputs, mask), self.layer.Call())

    def _fed(self, inputs: Tensor, mask: Tensor | None) -> dict[str, Any]:
        """What the inner layer gets at one step. A mask is for it only if it knows masks."""
        ports = ports_of(type(self.layer))
        fed = {next(name for name, port in ports.items() if not port.optional): _step(inputs)}
        if mask is not None and "mask" in ports:
            fed["mask"] = _step(mask)
        return fed

    cases = (
        case("N 5 3", layer=DENSE, to="N 5 4", params=16),
        case("N 5 t 3", layer=DENSE, to="N 5 t 4", params=16),
        case("N 5 3", layer=DENSE | {"trainable": False}, to="N 5 4", params=16, frozen=16),
        case("N 5 3:int32", layer=DENSE | HALF, **HALF, to="N 5 4:float16"),
        case("N 5 8 w 3", layer=CONV, to="N 5 6 ? 4", params=112),
        case("N 5 t 3", layer=LSTM, to="N 5 4", params=128),
        case("2 5 6 3", layer=LSTM | {"stateful": True, "return_sequences": True}, to="2 5 6 4"),
        case("N 5 7:int32", layer={"type": "Embedding", "input_dim": 3, "output_dim": 4}, to="N 5 7 4", params=12),
        case("N 5 3", layer={"type": "BatchNormalization"}, to="N 5 3", params=12, frozen=6),
        case("N 5 6 3", layer={"type": "TimeDistributed", "layer": DENSE}, to="N 5 6 4", params=16),
        case("N 5 6 3", layer={"type": "Bidirectional", "layer": LSTM}, to="N 5 8", params=256),
        case("N 5 6 3", layer={"type": "RNN", "cell": {"type": "GRUCell", "units": 4}}, to="N 5 4", params=108),
        case("N 5 3", layer=DENSE, ports={"mask": "N 5:bool"}, to="N 5 4"),
        case("N 5 6 3", layer=LSTM, ports={"mask": "N 5 6:bool"}, to="N 5 4"),
        case("N 5", layer=DENSE, fails=WrongRank),
        case("N t 3", layer=DENSE, fails=UnknownSize, silent="in a graph the output has as many steps as samples"),
        case("N 5 ?", layer=DENSE, fails=UnknownSize),
        case("N 5 2 8 3", layer=CONV, fails=NothingLeft),
        case("N 5 3", layer=DENSE, ports={"mask": "N 4:bool"}, fails=SizesDiffer, late=True),
        case("N 5 3", layer=DENSE, ports={"mask": "N:bool"}, fails=WrongRank, late=True),
        case("N 5 6 3", layer=LSTM, ports={"mask": "N 5:bool"}, fails=WrongRank, late=True),
    )


def _step(tensor: Tensor) -> Tensor:
    """The tensor at one step."""
    return tensor.with_shape(tensor.shape[0], *tensor.shape[2:])
