"""The losses and metrics of outputs, with what the catalog says of them: shared by the checks of `compile`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from netwright.endings import output_ending
from netwright.objects import Entry, family
from netwright.paths import Path, Place
from netwright.shapes import ShapedModel
from netwright.tensors import Shape, Tensor, differ
from netwright.words import tick

METRICS = ("metrics", "weighted_metrics")
# From what probability on the answer is yes, where nothing else is said.
HALF = 0.5


class Objective(NamedTuple):
    """A loss or metric of an output: `path` leads to it, `name` is how it is written, `tensor` is the output's.

    `entry` is what it is in the catalog, or None where Keras chooses by shapes that are not known; `by_shape` is true
    where it chooses.
    """

    output: str
    path: Path
    name: str
    value: object
    entry: Entry | None
    tensor: Tensor
    by_shape: bool

    @property
    def place(self) -> Place:
        """Where it is written."""
        return Place(self.path)

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the catalog says of it."""
        return self.entry.facts if self.entry else {}

    @property
    def target(self) -> str:
        """How labels relate to the output."""
        target: str = self.facts.get("target", "")
        return target

    @property
    def least_rank(self) -> int:
        """The least number of axes that the output must have."""
        rank: int = self.facts.get("rank", 1)
        return rank

    @property
    def takes_logits(self) -> bool:
        """Whether it is told that the output is no probabilities yet."""
        return self.argument("from_logits") is True

    @property
    def wants(self) -> str:
        """What the numbers of the output must be to make sense, or nothing."""
        return "" if self.takes_logits else self.facts.get("wants", "")

    @property
    def has_threshold(self) -> bool:
        """Whether another threshold than that of probabilities was chosen."""
        threshold = self.argument("threshold")
        return threshold is not None and threshold != HALF

    def argument(self, name: str) -> Any:
        """An argument, or its default; None if there is no such argument."""
        if not isinstance(self.value, str):
            return getattr(self.value, name, None)
        found = self.entry.arguments.get(name) if self.entry else None
        return found.default if found else None


def losses(model: ShapedModel) -> Iterator[Objective]:
    """The losses of outputs whose tensor is known, in the order of the outputs."""
    section = model.graph.spec.compile
    for output in model.graph.spec.outputs:
        loss = section.loss.get(output) if section else None
        found = None if loss is None else _objective(model, "losses", ("compile", "loss", output), loss)
        if found is not None:
            yield found


def metrics(model: ShapedModel) -> Iterator[tuple[Objective, Objective]]:
    """The metrics of outputs that have a loss and whose tensor is known, each with that loss."""
    section = model.graph.spec.compile
    trained = {one.output: one for one in losses(model)}
    for part in METRICS if section else ():
        for output, given in getattr(section, part).items():
            for i, metric in enumerate(given if output in trained else ()):
                found = _objective(model, "metrics", ("compile", part, output, i), metric, trained[output])
                if found is not None:
                    yield found, trained[output]


def _objective(
    model: ShapedModel, table: str, path: Path, value: object, loss: Objective | None = None
) -> Objective | None:
    output = str(path[2])
    tensor = model.output(output)
    if tensor is None:
        return None
    entry = family(table).entry(value)
    by_shape = isinstance(value, str) and entry is None
    if isinstance(value, str) and by_shape:
        entry = _by_shape(table, value, tensor, _targets(model, output, loss))
    name = value if isinstance(value, str) else type(value).__name__
    return Objective(output, path, name, value, entry, tensor, by_shape)


def _targets(model: ShapedModel, output: str, loss: Objective | None) -> str:
    """How the labels of an output relate to it, as far as its loss or its declared target say it."""
    if loss is not None and loss.target:
        return loss.target
    target = model.graph.spec.outputs[output].target
    tensor = model.output(output)
    if target is None or target.shape is None or tensor is None:
        return ""
    fewer = len(target.shape) < tensor.rank - 1 or (target.shape[-1:] == (1,) and tensor.last != 1)
    return "indices" if fewer else "one_hot"


def _by_shape(table: str, name: str, tensor: Tensor, target: str) -> Entry | None:
    """What Keras takes a name for that means several things: by the units of the output, then by the labels."""
    choices = import_module(f"netwright.catalog.{table}").BY_SHAPE.get(name)
    if choices is None or tensor.rank < 2 or not isinstance(tensor.last, int):
        return None
    binary, sparse, categorical = (family(table).entries[one] for one in choices)
    if tensor.last == 1:
        return binary
    return {"indices": sparse, "one_hot": categorical, "elements": categorical}.get(target)


def is_accuracy_of_regression(model: ShapedModel, one: Objective, loss: Objective) -> bool:
    """Whether a metric counts right classes of an output that is trained on quantities."""
    target = model.graph.spec.outputs[one.output].target
    counts = one.facts.get("accuracy") and not one.has_threshold
    if not counts or not loss.facts.get("regression") or (target and target.classes):
        return False
    made = output_ending(model, one.output)
    return made is not None and not made.is_probabilities


def fits_rank(one: Objective) -> bool:
    """Whether the output has as many axes as it must."""
    most = one.facts.get("most_rank") or one.tensor.rank
    return bool(one.least_rank <= one.tensor.rank <= most)


def wrong_rank(one: Objective) -> str:
    """What to say if it has not."""
    need = str(one.least_rank) if one.least_rank == one.facts.get("most_rank") else f"at least {one.least_rank}"
    return (
        f"{tick(one.name)} takes an output with {need} axes, but {tick(one.output)} has {one.tensor.rank}: {one.tensor}"
    )


def fits_target(one: Objective, target: Shape) -> bool:
    """Whether Keras can compare the output with targets of shape `target` (without the batch axis).

    Keras adds or drops a last axis of size 1 where only that differs, and most losses broadcast sizes of 1.
    """
    output = one.tensor.shape[1:]
    if one.target == "indices":
        wanted = output[:-1]
        return _same(target, wanted) or (bool(one.facts.get("column", True)) and _same(target, (*wanted, 1)))
    if one.target == "labels":
        return all(size in (1, None) for size in target)
    if one.target == "sequences":
        return len(target) == 1
    if one.target not in ("elements", "one_hot"):
        return True
    target, output = aligned(target, output)
    if one.facts.get("strict"):
        return _same(target, output)
    return len(target) == len(output) and not any(
        differ(a, b) and 1 not in (a, b) for a, b in zip(target, output, strict=True)
    )


def is_spread(one: Objective, target: Shape) -> bool:
    """Whether a target that fits is spread over the output, or the output over it."""
    return any(differ(a, b) for a, b in zip(*aligned(target, one.tensor.shape[1:]), strict=True))


def aligned(target: Shape, output: Shape) -> tuple[Shape, Shape]:
    """A target and an output (without the batch axis) as Keras compares them: a last axis of size 1 may go."""
    if len(target) == len(output) + 1 and target[-1] in (1, None):
        return target[:-1], output
    if len(output) == len(target) + 1 and output[-1] in (1, None):
        return target, output[:-1]
    return target, output


def _same(a: Shape, b: Shape) -> bool:
    return len(a) == len(b) and not any(differ(x, y) for x, y in zip(a, b, strict=True))
