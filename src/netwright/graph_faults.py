"""What can be wrong with names, ports and the order of nodes, as data."""

from __future__ import annotations

from typing import NamedTuple

from netwright.paths import Place


class UnknownEndpoint(NamedTuple):
    """A name that is neither a node nor an input."""

    place: Place
    name: str
    near: str | None
    choices: tuple[str, ...]


class NameClash(NamedTuple):
    """An input and a node with the same name."""

    place: Place
    name: str
    first: Place


class UnknownPort(NamedTuple):
    """A port that its node does not have, as an output (`outgoing`) or as an input."""

    place: Place
    node: str
    type: str
    port: str
    choices: tuple[str, ...]
    outgoing: bool
    near: str | None


class UnnamedOutput(NamedTuple):
    """A node with several outputs is used as a source, and it is not said which output is meant.

    `midway` says that the path has led there: then no port can be written, for it would name an input.
    """

    place: Place
    node: str
    type: str
    choices: tuple[str, ...]
    midway: bool


class FedInput(NamedTuple):
    """An edge leads into an input of the model."""

    place: Place
    name: str


class FedTwice(NamedTuple):
    """A port that takes one tensor gets a second one."""

    place: Place
    node: str
    type: str
    port: str
    first: Place


class TooManyEdges(NamedTuple):
    """A node gets `got` tensors without a port and has `ports` for them; `named` are filled only by name."""

    place: Place
    node: str
    type: str
    got: int
    ports: tuple[str, ...]
    named: tuple[str, ...]


class UnfedPort(NamedTuple):
    """A port that must be fed is not."""

    place: Place
    node: str
    type: str
    port: str
    fed: tuple[str, ...]


class UnfedNode(NamedTuple):
    """No edge leads into a node."""

    place: Place
    node: str


class Cycle(NamedTuple):
    """Nodes that feed each other in a circle, in the order of the edges."""

    place: Place
    names: tuple[str, ...]
    edges: tuple[Place, ...]


class UnusedNode(NamedTuple):
    """A node that no output depends on; `before` are the nodes that only lead there.

    `sharer` is a node that some output depends on and that shares its layer.
    """

    place: Place
    node: str
    before: tuple[str, ...]
    sharer: str | None


class UnusedInput(NamedTuple):
    """An input that feeds nothing."""

    place: Place
    name: str


GraphFault = (
    UnknownEndpoint | NameClash | UnknownPort | UnnamedOutput | FedInput | FedTwice | TooManyEdges | UnfedPort
    | UnfedNode | Cycle | UnusedNode | UnusedInput
)  # fmt: skip
