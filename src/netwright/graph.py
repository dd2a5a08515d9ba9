"""The graph: every name resolved, every port fed, and what follows from that for the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from netwright.drafts import Draft
from netwright.paths import Path, Place
from netwright.spec import Node, Spec


class Source(NamedTuple):
    """One tensor: an input of the model, or output number `position` of a node."""

    name: str
    position: int = 0


class Feed(NamedTuple):
    """A tensor that arrives at a port; `path` leads to the stop of the edge that brings it."""

    source: Source
    path: Path

    @property
    def place(self) -> Place:
        """The stop of the edge that brings it."""
        return Place(self.path)


Feeds = dict[str, tuple[Feed, ...]]

# More than are ever listed.
MANY = 13


def each_feed(fed: Feeds) -> Iterator[Feed]:
    """What arrives at a node, port by port."""
    for arriving in fed.values():
        yield from arriving


def sources_of(fed: Feeds) -> list[str]:
    """The names of what feeds a node, port by port."""
    return [feed.source.name for arriving in fed.values() for feed in arriving]


# Compared as objects: what is found out about one is kept by it.
@dataclass(frozen=True, eq=False)
class Graph:
    """The resolved document.

    `order` holds the nodes so that each comes after what feeds it; nodes on or behind a cycle are not in it. `feeds`
    has an entry for each node whose ports are all in order. `used` are the nodes that some output depends on.
    """

    draft: Draft
    order: tuple[str, ...]
    feeds: dict[str, Feeds]
    outputs: dict[str, Source]
    used: frozenset[str]

    @property
    def spec(self) -> Spec:
        """The spec it was made from."""
        return self.draft.spec

    @cached_property
    def users(self) -> dict[str, tuple[str, ...]]:
        """The nodes that each input and node feeds, each once."""
        found: dict[str, dict[str, None]] = {}
        for name, fed in self.feeds.items():
            for feed in each_feed(fed):
                found.setdefault(feed.source.name, {})[name] = None
        return {name: tuple(users) for name, users in found.items()}

    @cached_property
    def public(self) -> dict[str, tuple[str, ...]]:
        """The outputs that each input and node is."""
        found: dict[str, list[str]] = {}
        for output, source in self.outputs.items():
            found.setdefault(source.name, []).append(output)
        return {name: tuple(outputs) for name, outputs in found.items()}

    @cached_property
    def leads_to(self) -> dict[str, tuple[str, ...]]:
        """The outputs that each input and node leads to, the nearest first; of many, a dozen and one."""
        found: dict[str, tuple[str, ...]] = {}
        for name in (*reversed(self.order), *self.spec.inputs):
            further = [output for user in self.users.get(name, ())[:MANY] for output in found.get(user, ())]
            found[name] = tuple(dict.fromkeys((*self.public.get(name, ()), *further)))[:MANY]
        return found

    @cached_property
    def only_for(self) -> dict[str, tuple[str, ...]]:
        """The nodes that a single output depends on, by that output, in their order."""
        several = ""
        owner: dict[str, str] = {}
        for name in reversed(self.order):
            wanted = {*self.public.get(name, ()), *(owner[user] for user in self.users.get(name, ()) if user in owner)}
            if wanted:
                owner[name] = wanted.pop() if len(wanted) == 1 else several
        found: dict[str, list[str]] = {}
        for name in self.order:
            if owner.get(name, several) != several:
                found.setdefault(owner[name], []).append(name)
        return {output: tuple(nodes) for output, nodes in found.items()}

    def node(self, name: str) -> Node:
        """The node of that name."""
        found: Node = self.spec.nodes[name]
        return found

    def label(self, source: Source) -> str:
        """A source as it is written in a spec: `encode`, or `encode:state_h` if it has several outputs."""
        if source.name in self.spec.inputs:
            return source.name
        node = self.node(source.name)
        names = node.operation.outputs(node.call)
        return source.name if len(names) == 1 else f"{source.name}:{names[source.position]}"
