"""The truth tables of all layers and ops, as test parameters."""

from __future__ import annotations

from typing import Any

import pytest

from netwright.layer import find_layer, layer_names
from netwright.op import find_op, op_names
from netwright.operation import Case, Operation, ports_of
from netwright.snippets import at_ports
from netwright.tensors import Tensor

Ports = dict[str, Tensor | tuple[Tensor, ...]]
# The least integer that an op can be fed, where it is not 0: it divides.
LEAST = dict.fromkeys(("floor_divide", "mod", "fmod"), 1)


def every() -> dict[str, type[Operation]]:
    """All layers and ops by name. No two have the same: layers begin with a capital letter."""
    found: dict[str, type[Operation] | None] = {name: find_layer(name) for name in layer_names()}
    found |= {name: find_op(name) for name in op_names()}
    return {name: one for name, one in found.items() if one is not None}


def nodes() -> dict[str, type[Operation]]:
    """Those that can be nodes."""
    return {name: one for name, one in every().items() if not one.nested_only}


def all_cases() -> list[Any]:
    """Every row of every table, as `(class, row)`."""
    return [
        pytest.param(one, row, id=f"{name}-{number}")
        for name, one in every().items()
        for number, row in enumerate(one.cases)
    ]


def fed(operation: type[Operation], row: Case) -> Ports:
    """The tensors of a row, at the ports they fill."""
    many = {name: port.many for name, port in ports_of(operation).items()}
    return {name: one if many[name] else one[0] for name, one in at_ports(operation, row).items()}
