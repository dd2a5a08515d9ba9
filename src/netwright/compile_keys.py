"""The keys of the compile section, and how they relate to the graph: shared by the checks of that section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from netwright.graph import Graph
from netwright.nearest import MOST_GUESSES, nearest
from netwright.objects import family
from netwright.shapes import ShapedModel
from netwright.tensors import Shape, Tensor, differ
from netwright.words import MOST

SECTIONS = ("loss", "loss_weights", "metrics", "weighted_metrics")


class UnknownKey(NamedTuple):
    """A key of `section` that is no output; `near` is the output with the nearest name, `meant` what it may mean."""

    section: str
    key: str
    near: str | None
    meant: tuple[str, ...]


def unknown_keys(graph: Graph) -> Iterator[UnknownKey]:
    """The keys of the compile section that are no outputs, in the order of the sections."""
    section = graph.spec.compile
    if section is None:
        return
    outputs = tuple(graph.spec.outputs)
    for name in SECTIONS:
        given = getattr(section, name)
        free = tuple(output for output in outputs if output not in given)
        unknown = [key for key in given if key not in graph.spec.outputs and not graph.draft.lacks("outputs", key)]
        for i, key in enumerate(unknown):
            near = (nearest(key, free) or nearest(key, outputs)) if i < MOST_GUESSES else None
            reached = fed_by(graph, key)
            # A single key and a single output left over belong together, whatever their names.
            left = free if len(free) == 1 else ()
            yield UnknownKey(name, key, near, reached or ((near,) if near else left))


def fed_by(graph: Graph, name: str) -> tuple[str, ...]:
    """The outputs that a node or input leads to; only its own if it is itself one."""
    return graph.public.get(name) or graph.leads_to.get(name, ())


def trained_only_for(model: ShapedModel, output: str) -> tuple[str, ...]:
    """The nodes with trainable variables that no other output depends on, in their order."""
    return tuple(
        name
        for name in model.graph.only_for.get(output, ())
        if any(one.trainable for one in model.variables.get(name, ()))
    )


class OutputLoss(NamedTuple):
    """An output with its loss: as `name` is written, the facts that `catalog.losses` states of it, and its tensor."""

    output: str
    name: str
    target: str
    least_rank: int
    most_rank: int | None
    tensor: Tensor
    column: bool = True
    constant: bool = False


def losses(model: ShapedModel) -> Iterator[OutputLoss]:
    """The outputs that have a loss and whose tensor is known, in the order of the outputs."""
    section = model.graph.spec.compile
    if section is None:
        return
    known = family("losses")
    for output in model.graph.spec.outputs:
        loss, tensor = section.loss.get(output), model.output(output)
        if loss is None or tensor is None:
            continue
        entry = known.entry(loss)
        facts = entry.facts if entry else {}
        name = loss if isinstance(loss, str) else type(loss).__name__
        yield OutputLoss(
            output,
            name,
            facts.get("target", ""),
            facts.get("rank", 1),
            facts.get("most_rank"),
            tensor,
            facts.get("column", True),
            facts.get("constant", False),
        )


def fits_target(one: OutputLoss, target: Shape) -> bool:
    """Whether Keras can compare the output with targets of shape `target` (without the batch axis).

    Keras adds or drops a last axis of size 1 where only that differs, and broadcasts sizes of 1.
    """
    output = one.tensor.shape[1:]
    if one.target == "indices":
        wanted = output[:-1]
        return _same(target, wanted) or (one.column and _same(target, (*wanted, 1)))
    if one.target not in ("elements", "one_hot"):
        return True
    if len(target) == len(output) + 1 and target[-1] in (1, None):
        target = target[:-1]
    elif len(output) == len(target) + 1 and output[-1] in (1, None):
        output = output[:-1]
    return len(target) == len(output) and not any(
        differ(a, b) and 1 not in (a, b) for a, b in zip(target, output, strict=True)
    )


def _same(a: Shape, b: Shape) -> bool:
    return len(a) == len(b) and not any(differ(x, y) for x, y in zip(a, b, strict=True))


def branch(model: ShapedModel, output: str) -> list[tuple[str, Tensor]]:
    """The nodes that lead straight to an output, with their tensors: from the last fork, merge or input, or a dozen."""
    graph = model.graph
    found: list[tuple[str, Tensor]] = []
    source = graph.outputs.get(output)
    while source is not None and source.name in graph.spec.nodes and len(found) < MOST:
        tensor = model.tensor(source)
        if tensor is None or (found and len(graph.users.get(source.name, ())) > 1):
            break
        found.append((source.name, tensor))
        before = [feed for fed in graph.feeds[source.name].values() for feed in fed]
        source = before[0].source if len(before) == 1 else None
    return found[::-1]
