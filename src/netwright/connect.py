"""Draft -> Graph: every name resolved, every port fed, the nodes in an order in which they can be computed.

Iterative and linear in nodes plus edges. A name that leads nowhere is told once; what hangs on it is left alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import cache, cached_property
from heapq import heapify, heappop, heappush

from netwright.drafts import Draft
from netwright.graph import Feed, Feeds, Graph, Source, each_feed, sources_of
from netwright.graph_faults import (
    Cycle,
    FedInput,
    FedTwice,
    GraphFault,
    NameClash,
    TooManyEdges,
    UnfedNode,
    UnfedPort,
    UnknownEndpoint,
    UnknownPort,
    UnnamedOutput,
    UnusedInput,
    UnusedNode,
)
from netwright.nearest import MOST_GUESSES, nearest
from netwright.operation import Operation, Port, ports_of
from netwright.paths import Place
from netwright.spec import Node


def connect(draft: Draft) -> tuple[Graph, tuple[GraphFault, ...]]:
    """Resolve every name of the document. There is always a graph, of what could be resolved."""
    return _Connecting(draft).run()


class _Connecting:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.spec = draft.spec
        self.faults: list[GraphFault] = []
        # What the edges bring to each node, in the order of the document: without a port, and with one.
        self.unnamed: dict[str, list[Feed]] = {}
        self.named: dict[str, list[tuple[str, Feed]]] = {}
        self.feeds: dict[str, Feeds] = {}
        # Known by name, but not by what they are: no word is said about their ports and tensors.
        self.opaque = {str(path[1]) for path in draft.left_out if len(path) > 1 and path[0] in ("nodes", "inputs")}
        # If all nodes were lost, any name may be one of them.
        self.nodes_lost = ("nodes",) in draft.left_out
        self.missed: set[str] = set()
        self.all_excused = False
        # Nodes that lost a feed to another fault: nothing is inferred for them.
        self.unsure: set[str] = set()
        # Where a name is wrong: the nodes that it may have fed, and the names that it may have stood for.
        self.excused: set[str] = set()
        self.followed: set[str] = set()
        if any(path[0] == "edges" for path in draft.left_out):
            self.unsure.update(self.names)
            self.followed.update(self.names)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All that an endpoint may be; asked for only where something is wrong."""
        return tuple(dict.fromkeys((*self.spec.inputs, *self.spec.nodes, *self.opaque)))

    def run(self) -> tuple[Graph, tuple[GraphFault, ...]]:
        for name in self.spec.nodes:
            if name in self.spec.inputs:
                self.faults.append(NameClash(Place(("nodes", name), True), name, Place(("inputs", name), True)))
                self.opaque.add(name)
                self.unsure.add(name)
                self.followed.add(name)
        self.plain = self.plain_sources()
        for i, path in enumerate(self.spec.edges):
            self.follow(i, path)
        ordered = True
        for name, node in self.spec.nodes.items():
            fed = self.fill(name, node)
            ordered = ordered and self.comes_next(fed)
            self.feeds[name] = fed
        order = tuple(self.spec.nodes) if ordered else self.order()
        outputs = self.outputs()
        used = self.used(outputs)
        self.find_unused(used)
        for name in self.unsure:
            self.feeds.pop(name, None)
        return Graph(self.draft, order, self.feeds, outputs, frozenset(used)), tuple(self.faults)

    # Edges

    def plain_sources(self) -> dict[str, Source]:
        """The nodes that a stop without a port may stand for, whatever its place: they have one output."""
        alike = {id(node): node for node in self.spec.nodes.values()}
        single = {kind for kind, node in alike.items() if len(node.operation.outputs(node.call)) == 1}
        return {
            name: Source(name)
            for name, node in self.spec.nodes.items()
            if id(node) in single and name not in self.opaque
        }

    def follow(self, i: int, path: tuple[str | tuple[str, ...], ...]) -> None:
        """Resolve one path, and note what it brings where."""
        before: list[tuple[Source | None, str]] = []
        last = len(path) - 1
        for j, stop in enumerate(path):
            plain = self.plain.get(stop) if isinstance(stop, str) else None
            if plain is not None:
                self.bring_plain(before, plain.name, i, j)
                before = [(plain, plain.name)]
                continue
            ends = [(stop, Place(("edges", i, j)))] if isinstance(stop, str) else [
                (one, Place(("edges", i, j, k))) for k, one in enumerate(stop)
            ]  # fmt: skip
            after: list[tuple[Source | None, str]] = []
            for text, place in ends:
                name, _, port = text.partition(":")
                known = self.known(name, place)
                if j > 0:
                    self.bring(before, name if known else None, port, place)
                if j < last:
                    after.append((self.source(name, port if j == 0 else "", place) if known else None, name))
            before = after

    def bring_plain(self, before: list[tuple[Source | None, str]], name: str, i: int, j: int) -> None:
        """The same as `bring`, for the stops that most are."""
        at = ("edges", i, j)
        for source, _ in before:
            if source is None:
                self.unsure.add(name)
            else:
                self.unnamed.setdefault(name, []).append(Feed(source, at))

    def known(self, name: str, place: Place) -> bool:
        if name in self.spec.nodes or name in self.spec.inputs or name in self.opaque:
            return True
        if self.nodes_lost:
            self.opaque.add(name)
            return True
        near = nearest(name, self.names) if len(self.missed) < MOST_GUESSES else None
        self.faults.append(UnknownEndpoint(place, name, near, self.names))
        self.missed.add(name)
        # It is probably the nearest that is meant, or else it may be any: that one is fed and used after all.
        if near:
            self.unsure.add(near)
        if near:
            self.excused.add(near)
            self.followed.add(near)
        elif not self.all_excused:
            self.all_excused = True
            self.excused.update(self.names)
            self.followed.update(self.names)
        return False

    def bring(self, before: list[tuple[Source | None, str]], name: str | None, port: str, place: Place) -> None:
        """Note that the tensors of the stop `before` arrive at a node."""
        for source, origin in before:
            if name is None or name in self.opaque:
                self.followed.add(origin)
            elif name in self.spec.inputs:
                # Probably the wrong way round: then the input is used, and the node before it is fed.
                self.faults.append(FedInput(place, name))
                self.followed.update((origin, name))
                self.unsure.add(origin)
            elif source is None:
                self.unsure.add(name)
            elif port:
                self.named.setdefault(name, []).append((port, Feed(source, place.path)))
            else:
                self.unnamed.setdefault(name, []).append(Feed(source, place.path))

    def source(self, name: str, port: str, place: Place) -> Source | None:
        """The tensor that an endpoint stands for, or None if it can't be told."""
        if name in self.opaque:
            return None
        if name not in self.spec.inputs:
            return self.node_source(name, port, place)
        # An input that an edge or an output names is used, whatever comes of that.
        self.followed.add(name)
        if port:
            self.faults.append(UnknownPort(place, name, "an input", port, (), outgoing=True, near=None))
            return None
        return Source(name)

    def node_source(self, name: str, port: str, place: Place) -> Source | None:
        node: Node = self.spec.nodes[name]
        names = node.operation.outputs(node.call)
        kind = node.operation.kind()
        if port in names:
            return Source(name, names.index(port))
        if port.isdigit() and int(port) < len(names):
            return Source(name, int(port))
        if not port and len(names) == 1:
            return Source(name)
        if port:
            near = nearest(port, names)
            self.faults.append(UnknownPort(place, name, kind, port, names, outgoing=True, near=near))
        else:
            self.faults.append(UnnamedOutput(place, name, kind, names, self.midway(place)))
        self.followed.add(name)
        return None

    def midway(self, place: Place) -> bool:
        return place.path[0] == "edges" and place.path[2] != 0

    # Ports

    def fill(self, name: str, node: Node) -> Feeds:
        """Put what arrives at a node to its ports: first by name, then the rest by position."""
        unnamed = self.unnamed.pop(name, [])
        ports = ports_of(type(node.operation))
        only = _only(type(node.operation))
        given = node.operation.given
        if only and not given and name not in self.named and (len(unnamed) == 1 or (unnamed and only.many)):
            return {only.name: tuple(unnamed)}
        fed: dict[str, list[Feed]] = {}
        for named, feed in self.named.get(name, ()):
            self.feed_named(name, ports, named, feed, fed)
        waiting = unnamed
        free = [port for port in ports.values() if port.positional and port.name not in fed and port.name not in given]
        for port in free:
            if not waiting:
                break
            take = len(waiting) if port.many else 1
            fed[port.name], waiting = waiting[:take], waiting[take:]
        if waiting:
            takes = tuple(port.name for port in free)
            by_name = tuple(port.name for port in ports.values() if not port.positional and port.name not in fed)
            kind = node.operation.kind()
            self.faults.append(TooManyEdges(waiting[0].place, name, kind, len(unnamed), takes, by_name))
            self.unsure.add(name)
            self.followed.update(feed.source.name for feed in waiting)
        self.check_fed(name, [port for port in ports.values() if port.name not in given], fed)
        # In the order of the ports, not of the edges, so that nothing depends on the order of paths.
        return {one: tuple(fed[one]) for one in ports if one in fed}

    def feed_named(self, name: str, ports: dict[str, Port], port: str, feed: Feed, fed: dict[str, list[Feed]]) -> None:
        kind = self.spec.nodes[name].operation.kind()
        if port not in ports:
            near = nearest(port, ports)
            self.faults.append(UnknownPort(feed.place, name, kind, port, tuple(ports), outgoing=False, near=near))
            self.unsure.add(name)
            self.followed.add(feed.source.name)
        elif port in self.spec.nodes[name].operation.given:
            self.faults.append(FedTwice(feed.place, name, kind, port, Place(("nodes", name, port))))
            self.followed.add(feed.source.name)
        elif port in fed and not ports[port].many:
            self.faults.append(FedTwice(feed.place, name, kind, port, fed[port][0].place))
            self.followed.add(feed.source.name)
        else:
            fed.setdefault(port, []).append(feed)

    def check_fed(self, name: str, ports: Iterable[Port], fed: dict[str, list[Feed]]) -> None:
        missing = [port.name for port in ports if not port.optional and port.name not in fed]
        if (fed and not missing) or name in self.unsure or name in self.excused:
            self.unsure.update((name,) if missing else ())
            return
        place = Place(("nodes", name), key=True)
        if not fed:
            self.faults.append(UnfedNode(place, name))
        else:
            kind = self.spec.nodes[name].operation.kind()
            self.faults += [UnfedPort(place, name, kind, port, tuple(fed)) for port in missing]
        self.unsure.add(name)

    # Order

    def order(self) -> tuple[str, ...]:
        """Kahn's algorithm; among nodes that are ready, the document's order."""
        names = list(self.spec.nodes)
        position = self.position = {name: i for i, name in enumerate(names)}
        waits = dict.fromkeys(names, 0)
        users: dict[str, list[str]] = {}
        for name, fed in self.feeds.items():
            for source in sources_of(fed):
                if source in position:
                    users.setdefault(source, []).append(name)
                    waits[name] += 1
        ready = [position[name] for name in names if not waits[name]]
        heapify(ready)
        found = []
        while ready:
            name = names[heappop(ready)]
            found.append(name)
            for user in users.get(name, ()):
                waits[user] -= 1
                if not waits[user]:
                    heappush(ready, position[user])
        if len(found) < len(names):
            self.find_cycles([name for name in names if waits[name]], set(found))
        return tuple(found)

    def comes_next(self, fed: Feeds) -> bool:
        """Whether the nodes so far are all that feed the next, as in most documents."""
        return not any(source not in self.feeds and source in self.spec.nodes for source in sources_of(fed))

    def find_cycles(self, stuck: list[str], done: set[str]) -> None:
        """Tell each circle among the nodes that never became ready, once; each node is walked over once."""
        seen = set(done)
        for start in stuck:
            trail: dict[str, Feed] = {}
            name = start
            while name not in seen:
                seen.add(name)
                back = next(feed for feed in each_feed(self.feeds[name]) if self.is_stuck(feed, done))
                trail[name] = back
                name = back.source.name
            if name in trail:
                self.tell_cycle(name, trail)

    def is_stuck(self, feed: Feed, done: set[str]) -> bool:
        return feed.source.name in self.spec.nodes and feed.source.name not in done

    def tell_cycle(self, name: str, trail: dict[str, Feed]) -> None:
        names = list(trail)[list(trail).index(name) :]
        names.reverse()
        first = names.index(min(names, key=self.position.__getitem__))
        names = names[first:] + names[:first]
        edges = tuple(trail[one].place for one in names[1:] + names[:1])
        self.faults.append(Cycle(edges[-1], (*names, names[0]), edges))

    # Outputs

    def outputs(self) -> dict[str, Source]:
        found = {}
        for public, output in self.spec.outputs.items():
            name, _, port = output.source.partition(":")
            place = Place(("outputs", public, "from"))
            source = self.source(name, port, place) if self.known(name, place) else None
            if source is not None:
                found[public] = source
        return found

    def used(self, outputs: dict[str, Source]) -> set[str]:
        """The nodes that an output depends on, or may depend on where a name is wrong."""
        found: set[str] = set()
        todo = [source.name for source in outputs.values()] + sorted(self.followed)
        while todo:
            name = todo.pop()
            if name not in found and (fed := self.feeds.get(name)) is not None:
                found.add(name)
                todo += sources_of(fed)
        return found

    def find_unused(self, used: set[str]) -> None:
        """Tell each branch that leads to no output, once, at its end; and each input that feeds nothing."""
        if self.draft.lacks("outputs"):
            return
        idle = [name for name in self.spec.nodes if name not in used]
        reached = {source for name in idle for source in sources_of(self.feeds[name])}
        told: set[str] = set()
        nodes = self.spec.nodes.items() if idle else ()
        sharers = {node.owner: name for name, node in nodes if node.owner and name in used}
        for name in idle:
            if name in reached or self.in_doubt(name):
                continue
            before = _upstream(name, self.feeds, used, told)
            told.update(before)
            self.faults.append(UnusedNode(Place(("nodes", name), True), name, tuple(before), sharers.get(name)))
        # Where a node is not fed, that is what an unused input is missing.
        lost = any(isinstance(fault, UnfedNode | UnfedPort) for fault in self.faults)
        for name in self.spec.inputs:
            if name not in self.followed and not lost:
                self.faults.append(UnusedInput(Place(("inputs", name), True), name))

    def in_doubt(self, name: str) -> bool:
        """Whether it was already told that nothing feeds the node: then its place is what is wrong."""
        return name in self.unsure and not self.feeds[name]


@cache
def _only(operation: type[Operation]) -> Port | None:
    """The port that edges without one fill, if no other must be fed and it takes all of them or one."""
    ports = list(ports_of(operation).values())
    needed = [port for port in ports if not port.optional]
    return needed[0] if len(needed) == 1 and needed == ports[:1] and needed[0].positional else None


def _upstream(name: str, feeds: dict[str, Feeds], *beyond: set[str]) -> list[str]:
    """The nodes that lead to `name`, nearest first, up to those in `beyond`."""
    found: dict[str, None] = {}
    todo = deque(sorted(sources_of(feeds[name])))
    while todo:
        one = todo.popleft()
        if one in feeds and one not in found and not any(one in nodes for nodes in beyond):
            found[one] = None
            todo += sorted(sources_of(feeds[one]))
    return list(found)
