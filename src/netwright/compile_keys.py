"""The keys of the compile section, and how they relate to the graph: shared by the checks of that section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from netwright.graph import Graph
from netwright.nearest import MOST_GUESSES, nearest
from netwright.shapes import ShapedModel
from netwright.tensors import Tensor
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
