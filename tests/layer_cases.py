"""The truth tables of all layers, as test parameters."""

from __future__ import annotations

from typing import Any

import pytest

from netwright.layer import Case, Layer, find_layer, layer_names, ports_of
from netwright.snippets import at_ports
from netwright.tensors import Tensor

Ports = dict[str, Tensor | tuple[Tensor, ...]]


def all_cases() -> list[Any]:
    """Every row of every layer's table, as `(layer class, row)`."""
    found = []
    for name in layer_names():
        layer = find_layer(name)
        assert layer is not None
        for number, row in enumerate(layer.cases):
            found.append(pytest.param(layer, row, id=f"{name}-{number}"))
    return found


def fed(layer: type[Layer], row: Case) -> Ports:
    """The tensors of a row, at the ports they fill."""
    many = {name: port.many for name, port in ports_of(layer).items()}
    return {name: one if many[name] else one[0] for name, one in at_ports(layer, row).items()}
