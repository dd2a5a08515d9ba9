"""Tree -> Expanded: a document without params, expressions and blocks, and where each part of it came from.

The use of a block becomes the block's nodes, `use.node`, or `use.k.node` in copy k of a repeated one; what feeds the
use feeds them. How large it will be is known before anything is expanded.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from netwright.drafts import name_faults, read_part
from netwright.expressions import BadExpression, is_expression, parsed
from netwright.imports import CantImport, Files, ImportCycle, NotImported
from netwright.nearest import nearest
from netwright.params import ParamFault, Scope, Settings, UnknownParam, of_document
from netwright.paths import Path, Place
from netwright.spec import Block, BlockUse, Library, Share, is_path
from netwright.syntax import Tree

MOST_NESTED = 64
# What belongs to a node, and not to the layer that it may share.
OF_NODES = frozenset({"call", "description", "allow"})
# For reading the head of a library without its blocks, which are read one by one.
_STAND_IN = {"inputs": ["x"], "outputs": {"x": "x"}}


class Use(NamedTuple):
    """One use of a block: its place, its name in the whole, the block, and the values of the block's params."""

    place: Place
    name: str
    block: str
    values: Mapping[str, Any]


class Origin(NamedTuple):
    """Where a part of the expanded document came from: a place, and the uses that led there, the outermost first."""

    place: Place
    uses: tuple[Use, ...] = ()


class UnknownBlock(NamedTuple):
    """A node uses a block that there is not."""

    place: Place
    name: str
    near: str | None
    choices: tuple[str, ...]


class BadRepeat(NamedTuple):
    """A block is repeated by something that is no number of times."""

    place: Place
    value: Any


class OutputsDiffer(NamedTuple):
    """A repeated block has an output that is not named after an input, so that the next copy can't get it."""

    place: Place
    block: str
    output: str
    inputs: tuple[str, ...]


class TooManyNodes(NamedTuple):
    """The document would become larger than it may be; `size` is how large, as far as it was counted."""

    place: Place
    size: int
    limit: int


class TooManyLevels(NamedTuple):
    """Blocks use blocks beyond all bounds; `chain` are their names."""

    place: Place
    chain: tuple[str, ...]
    limit: int


class UnfedInput(NamedTuple):
    """An input of a block that nothing feeds, or (`given`) that is fed more often than once."""

    place: Place
    use: str
    block: str
    input: str
    inputs: tuple[str, ...]
    fed: bool


class UnknownBlockPort(NamedTuple):
    """A port that a block does not have, as an output (`outgoing`) or as an input."""

    place: Place
    use: str
    block: str
    port: str
    choices: tuple[str, ...]
    outgoing: bool
    near: str | None


class NotShared(NamedTuple):
    """A node shares with what can't be shared: `why` is `unknown`, `op`, `share`, or `call` of a block."""

    place: Place
    name: str
    why: str
    near: str | None
    choices: tuple[str, ...]


class UnusedBlock(NamedTuple):
    """A block that no node uses."""

    place: Place
    name: str


BlockFault: TypeAlias = (
    UnknownBlock | BadRepeat | OutputsDiffer | TooManyNodes | TooManyLevels | UnfedInput | UnknownBlockPort
    | UnusedBlock | NotShared
)  # fmt: skip


class Whole(NamedTuple):
    """A use of the document's own graph: its block, and the tensors that are its outputs, by their names."""

    block: str
    outputs: Mapping[str, str]


class Flat(NamedTuple):
    """A document, or a block alone, as one graph.

    `origins` has where its parts came from, if not from the same path; `lost` are nodes of which it was told that they
    can't be read.
    """

    tree: Tree
    origins: Mapping[Path, Origin]
    lost: frozenset[str]
    uses: Mapping[str, Whole]


class Expanded(NamedTuple):
    """A document as one graph, if it is no library and of bearable size; and each block alone that no node uses."""

    whole: Flat | None
    alone: tuple[Flat, ...]
    params: Mapping[str, Any]


def expand(tree: Tree, settings: Settings, files: Files) -> tuple[Expanded, tuple[ParamFault | BlockFault, ...]]:
    """Give every param its value and every expression, and put the nodes of blocks in place of their uses."""
    value = tree.value
    plain = not isinstance(value, dict) or not ({"params", "blocks", "imports"} & value.keys() or settings)
    if plain and not any(word in tree.text for word in ("${", '"block"', '"share"')):
        return Expanded(Flat(tree, {}, frozenset(), {}), (), {}), ()
    if not isinstance(value, dict):
        return Expanded(Flat(tree, {}, frozenset(), {}), (), {}), ()
    return _Expanding(tree, settings, files).run()


class Graph(NamedTuple):
    """The document, or one copy of a block, waiting to be put into the whole."""

    raw: Mapping[str, Any]
    at: Place
    prefix: str
    scope: Scope
    uses: tuple[Use, ...]
    # The prefix of the nodes with whose layers its own are shared.
    twin: str = ""


# A tensor in the whole, as it is written: `encode.conv`, or the input of a copy, `encode.0.x`.
Token: TypeAlias = str


class Arriving(NamedTuple):
    """What an edge brings to a use: the tensor, the port if one is written, and the stop."""

    token: Token
    port: str
    at: Place


class Doc(NamedTuple):
    """A file with blocks, or the document itself: its blocks, their params, and the files behind its imports."""

    blocks: dict[str, Any]
    scopes: dict[str, Scope]
    imports: dict[str, str]
    # The names of imports of which it was told that they can't be read.
    broken: frozenset[str]


class Found(NamedTuple):
    """A block that a node uses: the file that has it, its name there, and what it is."""

    file: str
    name: str
    raw: Mapping[str, Any]


class _Expanding:
    def __init__(self, tree: Tree, settings: Settings, files: Files) -> None:
        self.tree, self.limit, self.files = tree, files.limits.nodes, files
        self.faults: list[Any] = []
        self.value, self.scope = of_document(tree, settings, self.faults)
        self.docs: dict[str, Doc] = {}
        self.sizes: dict[tuple[str, str, str], int] = {}
        self.used: set[tuple[str, str]] = set()
        self.begin()

    def begin(self) -> None:
        """Begin a new graph."""
        self.nodes: dict[str, Any] = {}
        self.edges: list[Any] = []
        self.origins: dict[Path, Origin] = {}
        # What stands for another tensor: the inputs of copies, the outputs of uses.
        self.alias: dict[Token, Token] = {}
        # The uses of which something is wrong: what they give is not known.
        self.lost: set[str] = set()
        self.outputs_of: dict[str, tuple[str, tuple[str, ...]]] = {}

    def run(self) -> tuple[Expanded, tuple[Any, ...]]:
        library = is_library(self.value)
        if library:
            self.faults += read_part(Library, _head(self.value))
        self.read_documents()
        whole, alone, mentioned = None, [], self.mentioned()
        try:
            if not library:
                whole = self.flattened(self.value, Place(), self.scope)
            for name, raw in self.docs[""].blocks.items():
                if ("", name) not in self.used:
                    if not library and name not in mentioned:
                        self.tell(UnusedBlock(Place(("blocks", name), key=True), name))
                    alone.append(self.alone(name, raw))
        except _TooLarge as error:
            return Expanded(None, (), self.scope.values), (*self.faults, error.fault)
        self.tell_unused()
        return Expanded(whole, tuple(alone), self.scope.values), tuple(self.faults)

    def mentioned(self) -> set[str]:
        """The document's own blocks that its nodes name, or those of blocks that are named, and so on."""
        found: set[str] = set()
        todo: list[Any] = [self.value.get("nodes")]
        while todo:
            for node in _dict(todo.pop()).values():
                block = node.get("block") if isinstance(node, dict) else None
                if not isinstance(block, str):
                    continue
                # What is probably meant is not called unused.
                block = block if block in self.docs[""].blocks else nearest(block, self.docs[""].blocks)
                if block and block not in found:
                    found.add(block)
                    todo.append(self.docs[""].blocks[block].get("nodes"))
        return found

    def flattened(self, value: Mapping[str, Any], at: Place, scope: Scope) -> Flat:
        """A graph with all that it uses put in its place.

        Raises:
            _TooLarge: it would become too large.
        """
        self.count(value, at, scope, ())
        self.begin()
        todo = deque([Graph(value, at, "", scope, ())])
        while todo:
            todo.extend(self.put(todo.popleft()))
        tree = self.flat(self.resolved(value))
        uses = {
            name: Whole(block, {one: self.tensor(f"{name}:{one}", Place()) for one in outputs})
            for name, (block, outputs) in self.outputs_of.items()
            if "." not in name and name not in self.lost
        }
        return Flat(tree, self.origins, frozenset(self.lost), uses)

    def alone(self, name: str, raw: Mapping[str, Any]) -> Flat:
        """A block that no node uses, with the defaults of its params, as a document of its own.

        Raises:
            _TooLarge: it would become too large.
        """
        scope = self.docs[""].scopes[name].copy({}, ())
        scope.give(
            {}, {}, "default", Place(), "", lost={one for one, param in scope.declared.items() if not param.has_default}
        )
        inputs: dict[str, Any] = {one: {"shape": []} for one in _names(raw.get("inputs"))}
        parts = {key: raw[key] for key in ("nodes", "edges", "outputs") if key in raw}
        at = Place(("blocks", name))
        found = self.flattened({"netwright": 1, "name": "block", "inputs": inputs, **parts}, at, scope)
        origins = dict(found.origins)
        origins.update({("inputs", one): Origin(at.below("inputs", i)) for i, one in enumerate(inputs)})
        origins.update({("outputs", one): Origin(at.below("outputs", one)) for one in _dict(raw.get("outputs"))})
        self.used.add(("", name))
        return found._replace(origins=origins)

    # Documents

    def read_documents(self) -> None:
        """Read the document's blocks and, file by file, those that are imported."""
        todo: deque[tuple[str, Mapping[str, Any]]] = deque([("", self.value)])
        while todo:
            file, value = todo.popleft()
            imports = {}
            for alias, path in _dict(value.get("imports")).items():
                name = self.import_file(Place(("imports", alias), file=file), path)
                if name is None:
                    continue
                imports[alias] = name
                if name and name not in self.docs and name not in {waiting for waiting, _ in todo}:
                    todo.append((name, self.files.trees[name].value))
            blocks = {name: raw for name, raw in _dict(value.get("blocks")).items() if isinstance(raw, dict)}
            for name, raw in _dict(value.get("blocks")).items():
                self.faults += name_faults(name, Place(("blocks", name), key=True, file=file))
                self.faults += read_part(Block, raw, ("blocks", name), file)
            scopes = {
                name: Scope(self.faults, raw.get("params"), ("blocks", name, "params"), file)
                for name, raw in blocks.items()
            }
            broken = frozenset(_dict(value.get("imports"))) - imports.keys()
            self.docs[file] = Doc(blocks, scopes, imports, broken)
        self.tell_circles()

    def import_file(self, at: Place, path: Any) -> str | None:
        """The name of an imported file, which is then read; None, and a fault, if it can't be."""
        if not isinstance(path, str):
            return None  # told where the section is read
        try:
            name = self.files.name_of(at.file, path)
            tree, faults = self.files.read(name) if name else (self.tree, ())
        except NotImported as error:
            self.tell(CantImport(at, path, str(error)))
            return None
        self.faults += [one._replace(place=one.place._replace(file=name)) for one in faults]
        if tree is None:
            return None
        value = tree.value
        if name and not is_library(value):
            self.tell(CantImport(at, path, "it is no library, which has `blocks` and no `inputs`"))
            return None
        if name and name not in self.docs:
            self.faults += read_part(Library, _head(value), (), name)
        return name

    def tell_circles(self) -> None:
        """Tell each circle of files that import each other, once."""
        done: set[str] = set()
        for start in self.docs:
            trail: list[str] = []
            todo = [(start, 0)]
            while todo:
                file, depth = todo.pop()
                del trail[depth:]
                if file in trail:
                    circle = trail[trail.index(file) :]
                    alias = next(one for one, name in self.docs[circle[-1]].imports.items() if name == file)
                    place = Place(("imports", alias), file=circle[-1])
                    self.tell(ImportCycle(place, tuple(one or "this document" for one in (*circle, file))))
                elif file not in done:
                    trail.append(file)
                    todo += [(name, depth + 1) for name in self.docs[file].imports.values() if name in self.docs]
                    done.add(file)

    def find(self, file: str, reference: Any) -> Found | None:
        """The block that a node of a file names, if there is one."""
        doc, name = self.docs[file], reference
        if isinstance(reference, str) and "." in reference:
            alias, _, name = reference.partition(".")
            file = doc.imports.get(alias, "?")
            if file not in self.docs:
                return None
            doc = self.docs[file]
        raw = doc.blocks.get(name) if isinstance(name, str) else None
        return None if raw is None else Found(file, name, raw)

    def choices(self, file: str) -> tuple[str, ...]:
        """The blocks that nodes of a file can name."""
        doc = self.docs[file]
        imported = [f"{alias}.{name}" for alias, other in doc.imports.items() for name in self.docs[other].blocks]
        return (*doc.blocks, *imported)

    # Size

    def count(self, raw: Mapping[str, Any], at: Place, scope: Scope, chain: tuple[str, ...]) -> int:
        """How many nodes and copies a graph becomes, by arithmetic alone.

        Raises:
            _TooLarge: more than there may be, or uses lead to uses beyond all bounds.
        """
        nodes = _dict(raw.get("nodes"))
        total = len(nodes)
        for name, written in nodes.items():
            node = _behind(nodes, written)
            found = self.find(at.file, node.get("block")) if isinstance(node, dict) else None
            if found is None:
                continue
            here = at.below("nodes", name)
            if len(chain) >= MOST_NESTED:
                raise _TooLarge(TooManyLevels(here._replace(key=True), (*chain, found.name), MOST_NESTED))
            times = self.times(here, node, scope)
            if times is not None and total + times > self.limit:
                raise _TooLarge(TooManyNodes(here._replace(key=True), total + times, self.limit))
            for many, inner in self.alike(here, node, scope, times, found):
                total += many * (1 + self.count_block(found, inner, (*chain, found.name)))
                if total > self.limit:
                    raise _TooLarge(TooManyNodes(here._replace(key=True), total, self.limit))
        return total

    def count_block(self, found: Found, scope: Scope, chain: tuple[str, ...]) -> int:
        """The same for one copy of a block, which is counted once for the same values."""
        key = (found.file, found.name, json.dumps([scope.values, sorted(scope.opaque)], sort_keys=True))
        if key not in self.sizes:
            at = Place(("blocks", found.name), file=found.file)
            if len(self.sizes) >= self.limit:
                raise _TooLarge(TooManyNodes(at._replace(key=True), self.limit + 1, self.limit))
            self.sizes[key] = self.count(found.raw, at, scope, chain)
        return self.sizes[key]

    def alike(
        self, at: Place, node: Mapping[str, Any], scope: Scope, times: int | None, found: Found
    ) -> Iterator[tuple[int, Scope]]:
        """The copies of a use, with those together whose params have the same values."""
        if times is None or not _mentions_index(node.get("with")):
            if times != 0:
                yield 1 if times is None else times, self.inner(at, node, scope, None if times is None else 0, found)
            return
        for k in range(times):
            yield 1, self.inner(at, node, scope, k, found)

    # Params of uses

    def times(self, at: Place, node: Mapping[str, Any], scope: Scope) -> int | None:
        """How often a use is repeated; None if it is not, and 0 if that can't be told."""
        if "repeat" not in node:
            return None
        here = at.below("repeat")
        value = scope.filled(here.path, node["repeat"])
        if type(value) is int and value >= 0:
            return value
        # What is no expression is told where the node is read.
        if isinstance(node["repeat"], str) and not (isinstance(value, str) and "${" in value):
            self.tell(BadRepeat(here, value))
        return 0

    def inner(self, at: Place, node: Mapping[str, Any], scope: Scope, k: int | None, found: Found) -> Scope:
        """The params inside copy `k` of a use."""
        own = self.docs[found.file].scopes[found.name].copy({}, ())
        seen = scope if k is None else scope.copy({**scope.values, "index": k}, scope.opaque)
        values, places = {}, {}
        for name, raw in _dict(node.get("with")).items():
            here = at.below("with", name)
            if name not in own.declared:
                near, place = nearest(name, own.declared), here._replace(key=True)
                self.tell(UnknownParam(place, name, near, tuple(own.declared), "with", found.name))
                continue
            values[name], places[name] = seen.filled(here.path, raw), here
        lost = {name for name, value in values.items() if isinstance(value, str) and "${" in value}
        given = {name: value for name, value in values.items() if name not in lost}
        own.give(given, places, "with", at.below("block"), found.name, lost)
        return own

    # Nodes and edges

    def put(self, graph: Graph) -> Iterator[Graph]:
        """Put the nodes and edges of a graph into the whole; what is left are the copies of blocks that it uses."""
        nodes = _dict(graph.raw.get("nodes"))
        uses: dict[str, Any] = {}
        twins: dict[str, str] = {}
        for name, node in nodes.items():
            at, full = graph.at.below("nodes", name), graph.prefix + name
            self.origins["nodes", full] = Origin(at, graph.uses)
            if not graph.at.path:
                self.check_written(at, name, node)
            if isinstance(node, dict) and "share" in node:
                found = self.shared(graph, at, node, nodes)
                if found is None:
                    self.lost.add(full)
                    continue
                shared, twin = found
                if "block" in shared:
                    uses[name], twins[name] = shared, twin
                else:
                    self.nodes[full] = shared
            elif isinstance(node, dict) and "block" in node:
                uses[name] = node
                twins[name] = graph.twin + name if graph.twin else ""
            else:
                self.nodes[full] = self.own(graph, at, name, node)
        arriving: dict[str, list[Arriving]] = {name: [] for name in uses}
        for i, path in enumerate(_list(graph.raw.get("edges"))):
            self.put_path(graph, i, path, uses, arriving)
        for name, node in uses.items():
            yield from self.put_use(graph, name, node, arriving[name], twins[name])

    def check_written(self, at: Place, name: str, node: Any) -> None:
        """Check what the whole does not have any more: the name of a node, and the use of a block."""
        self.faults += name_faults(name, at._replace(key=True))
        for key, model in (("block", BlockUse), ("share", Share)):
            if isinstance(node, dict) and key in node:
                self.faults += read_part(model, node, at.path, at.file)

    def own(self, graph: Graph, at: Place, name: str, node: Any) -> Any:
        """A node of a graph, with values; in the twin of another graph, with the layer of its like there."""
        filled = graph.scope.node(at.path, node) if graph.at.path else node
        if graph.twin and isinstance(filled, dict) and "type" in filled:
            return {**filled, "share": graph.twin + name}
        return filled

    def shared(
        self, graph: Graph, at: Place, node: Mapping[str, Any], nodes: Mapping[str, Any]
    ) -> tuple[dict[str, Any], str] | None:
        """What a node is that shares, and whose layer it has in the whole; None, and a fault, if it can't share."""
        name = node["share"]
        target = nodes.get(name) if isinstance(name, str) else None
        why = "unknown"
        if isinstance(target, dict):
            why = next((word for word in ("op", "share") if word in target), "")
            if not why and "block" in target and "call" in node:
                why = "call"
        if why:
            choices = tuple(one for one, raw in nodes.items() if isinstance(raw, dict) and {"type", "block"} & {*raw})
            near = nearest(str(name), choices) if why == "unknown" else None
            self.tell(NotShared(at.below("share"), str(name), why, near, choices))
            return None
        assert isinstance(target, dict)
        twin = (graph.twin or graph.prefix) + name
        rest = {key: item for key, item in target.items() if key not in OF_NODES}
        if "block" in target:
            return rest, twin
        kept = {key: item for key, item in node.items() if key in OF_NODES}
        if graph.at.path:
            rest = graph.scope.node((*graph.at.path, "nodes", name), rest)
            kept = graph.scope.node(at.path, kept)
        return {**rest, **kept, "share": twin}, twin

    def put_path(
        self, graph: Graph, i: int, path: Any, uses: Mapping[str, Any], arriving: dict[str, list[Arriving]]
    ) -> None:
        """Put one path into the whole: as it is, or stop by stop where it meets uses."""
        here = graph.at.below("edges", i)
        if not is_path(path):
            # What it should have fed is not known.
            self.add_edge(path, Origin(here, graph.uses))
            self.lost.update(graph.prefix + name for name in uses)
            return
        ends = [_ends(stop) for stop in path]
        meets = any(end.partition(":")[0] in uses for stop in ends for _, end in stop)
        if not graph.prefix and not meets:
            self.add_edge(path, Origin(here))
            return
        for j in range(1, len(ends)):
            for steps, source in ends[j - 1]:
                token = graph.prefix + (source if j == 1 else source.partition(":")[0])
                for more, target in ends[j]:
                    name, _, port = target.partition(":")
                    stop = here.below(j, *more)
                    if name in uses:
                        arriving[name].append(Arriving(token, port, stop))
                        continue
                    number = self.add_edge([token, graph.prefix + target], Origin(stop, graph.uses))
                    self.origins["edges", number, 0] = Origin(here.below(j - 1, *steps), graph.uses)
                    self.origins["edges", number, 1] = Origin(stop, graph.uses)

    def add_edge(self, path: Any, origin: Origin) -> int:
        """Add a path to the whole; its number."""
        self.origins["edges", len(self.edges)] = origin
        self.edges.append(path)
        return len(self.edges) - 1

    def put_use(
        self, graph: Graph, name: str, node: Mapping[str, Any], arriving: list[Arriving], twin: str
    ) -> Iterator[Graph]:
        """Expand a use into copies, and lead to them what arrives."""
        at, full = graph.at.below("nodes", name), graph.prefix + name
        found = self.find(at.file, node["block"])
        if found is None:
            alias = str(node["block"]).partition(".")[0]
            if isinstance(node["block"], str) and alias not in self.docs[at.file].broken:
                choices = self.choices(at.file)
                self.tell(UnknownBlock(at.below("block"), node["block"], nearest(node["block"], choices), choices))
            self.lose(full, graph, arriving)
            return
        self.used.add(found[:2])
        inputs, outputs = _names(found.raw.get("inputs")), _dict(found.raw.get("outputs"))
        fed = self.fed(full, found.name, inputs, arriving, at)
        times = self.times(at, node, graph.scope)
        home = Place(("blocks", found.name), file=found.file)
        if times is not None and not set(outputs) <= set(inputs):
            for output in outputs:
                if output not in inputs:
                    place = home.below("outputs", output, key=True)
                    self.tell(OutputsDiffer(place, found.name, output, inputs))
            self.lose(full, graph, arriving)
            return
        if full in self.lost:
            self.lose(full, graph, arriving)
        for k in range(1 if times is None else times):
            copy = "." if times is None else f".{k}."
            prefix = full + copy
            scope = self.inner(at, node, graph.scope, None if times is None else k, found)
            self.alias.update({prefix + one: fed[one] for one in inputs if one in fed})
            self.lost.update(prefix + one for one in inputs if one not in fed)
            fed |= {one: prefix + end for one, end in outputs.items() if isinstance(end, str)}
            use = Use(at._replace(key=True), full, found.name, scope.values)
            yield Graph(found.raw, home, prefix, scope, (*graph.uses, use), twin and twin + copy)
        # Without a copy, inputs are outputs.
        given = {one: fed[one] for one in outputs if one in fed}
        self.alias.update({f"{full}:{one}": token for one, token in given.items()})
        if len(outputs) == 1 and given:
            self.alias[full] = next(iter(given.values()))
        self.outputs_of[full] = (found.name, tuple(outputs))

    def lose(self, full: str, graph: Graph, arriving: list[Arriving]) -> None:
        """Give a use up: what leads to it is not unused, and of what it gives nothing is said."""
        self.lost.add(full)
        for one in arriving:
            number = self.add_edge([one.token, full], Origin(one.at, graph.uses))
            self.origins["edges", number, 0] = self.origins["edges", number, 1] = Origin(one.at, graph.uses)

    def fed(
        self, full: str, block: str, inputs: tuple[str, ...], arriving: list[Arriving], at: Place
    ) -> dict[str, Token]:
        """What feeds each input of a use: what is led to it by name, and of the rest the next."""
        found: dict[str, Token] = {}
        waiting = []
        for one in arriving:
            if not one.port:
                waiting.append(one)
            elif one.port not in inputs:
                near = nearest(one.port, inputs)
                self.tell(UnknownBlockPort(one.at, full, block, one.port, inputs, outgoing=False, near=near))
                self.lost.add(full)
            elif one.port in found:
                self.tell(UnfedInput(one.at, full, block, one.port, inputs, fed=True))
            else:
                found[one.port] = one.token
        free = [name for name in inputs if name not in found]
        found.update({name: one.token for name, one in zip(free, waiting, strict=False)})
        for one in waiting[len(free) :]:
            self.tell(UnfedInput(one.at, full, block, "", inputs, fed=True))
        for name in free[len(waiting) :]:
            if full not in self.lost:
                self.tell(UnfedInput(at._replace(key=True), full, block, name, inputs, fed=False))
            self.lost.add(full)
        return found

    # The whole

    def resolved(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """Put the tensor itself in place of every name that stands for one."""
        for number, path in enumerate(self.edges):
            origin = self.origins.get(("edges", number, 0))
            if origin is not None:
                self.edges[number] = [self.tensor(path[0], origin.place), path[1]]
        outputs = value.get("outputs")
        if not isinstance(outputs, dict):
            return value
        return {**value, "outputs": {name: self.output(name, one) for name, one in outputs.items()}}

    def output(self, name: str, value: Any) -> Any:
        """An output of the whole."""
        place = Place(("outputs", name))
        if isinstance(value, str):
            return self.tensor(value, place)
        if isinstance(value, dict) and isinstance(value.get("from"), str):
            return {**value, "from": self.tensor(value["from"], place.below("from"))}
        return value

    def tensor(self, token: Token, place: Place) -> Token:
        """The output of a node, or the input of the model, that a token stands for in the end."""
        seen = set()
        while token in self.alias and token not in seen:
            seen.add(token)
            token = self.alias[token]
        name, _, port = token.partition(":")
        if name in self.outputs_of and name not in self.lost:
            block, choices = self.outputs_of[name]
            near = nearest(port, choices) if port else None
            self.tell(UnknownBlockPort(place, name, block, port, choices, outgoing=True, near=near))
            self.lost.add(name)
            # Any of them may be meant: none is called unused.
            for one in choices:
                self.add_edge([self.tensor(f"{name}:{one}", place), name], Origin(place))
        return token

    def tell_unused(self) -> None:
        """Tell the params that no expression has."""
        self.scope.tell_unused(self.tree.value)
        for file, doc in self.docs.items():
            for name, raw in doc.blocks.items():
                if not file or (file, name) in self.used:
                    doc.scopes[name].tell_unused(raw)

    def flat(self, value: Mapping[str, Any]) -> Tree:
        """The document as one graph."""
        # What is no object is told where the document is read.
        rest = {key: item for key, item in value.items() if key != "blocks" or not isinstance(item, dict)}
        if isinstance(value.get("nodes", {}), dict):
            rest["nodes"] = self.nodes
        if isinstance(value.get("edges", []), list):
            rest["edges"] = self.edges
        return Tree(self.tree.text, rest)

    def tell(self, fault: Any) -> None:
        """Tell a fault, once for all copies."""
        if fault not in self.faults:
            self.faults.append(fault)


class _TooLarge(Exception):
    """The document is not expanded."""

    def __init__(self, fault: TooManyNodes | TooManyLevels) -> None:
        super().__init__(fault)
        self.fault = fault


def is_library(value: object) -> bool:
    """Whether a document has blocks for others, and no model."""
    return isinstance(value, dict) and "blocks" in value and not {"inputs", "outputs"} & value.keys()


def _head(value: Mapping[str, Any]) -> dict[str, Any]:
    """A library without its blocks, which are read one by one."""
    blocks = value["blocks"]
    return {**value, "blocks": {"x": _STAND_IN} if isinstance(blocks, dict) and blocks else blocks}


def _behind(nodes: Mapping[str, Any], node: Any) -> Any:
    """The node that a node shares with; itself, if it does not share."""
    name = node.get("share") if isinstance(node, dict) else None
    return nodes.get(name) if isinstance(name, str) else node


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(value: Any) -> tuple[str, ...]:
    return tuple(one for one in _list(value) if isinstance(one, str))


def _ends(stop: Any) -> list[tuple[Path, str]]:
    """The endpoints of a stop, each with its path below the stop."""
    if isinstance(stop, str):
        return [((), stop)]
    return [((k,), one) for k, one in enumerate(_list(stop)) if isinstance(one, str)]


def _mentions_index(value: Any) -> bool:
    """Whether an expression in a value has `index`."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, str) and is_expression(one):
            try:
                if "index" in parsed(one).names:
                    return True
            except BadExpression:
                continue
        todo += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    return False
