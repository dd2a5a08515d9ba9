"""The truth tables of all layers, as test parameters."""

from __future__ import annotations

from typing import Any

import pytest

from netwright.layer import Case, Layer, find_layer, layer_names, ports_of, read_tensor
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
    waiting = [read_tensor(text) for text in row.inputs]
    ports: Ports = {}
    for port in ports_of(layer).values():
        if port.name in row.ports:
            value = row.ports[port.name]
            ports[port.name] = (
                read_tensor(value) if isinstance(value, str) else tuple(read_tensor(text) for text in value)
            )
        elif port.positional and waiting:
            ports[port.name] = tuple(waiting) if port.many else waiting[0]
            waiting = [] if port.many else waiting[1:]
    assert not waiting, "the row has more tensors than the layer has ports"
    return ports
