"""A layer or op and a row of its truth table -> the smallest spec that has it: for documentation and tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from netwright.op import Op
from netwright.operation import Case, Operation, ports_of, read_tensor
from netwright.tensors import Tensor


def at_ports(operation: type[Operation], row: Case) -> dict[str, tuple[Tensor, ...]]:
    """The tensors of a row, by the ports that they fill."""
    waiting = tuple(read_tensor(text) for text in row.inputs)
    found: dict[str, tuple[Tensor, ...]] = {}
    for port in ports_of(operation).values():
        if port.name in row.ports:
            given = row.ports[port.name]
            found[port.name] = tuple(read_tensor(text) for text in ((given,) if isinstance(given, str) else given))
        elif port.positional and waiting and port.name not in row.arguments:
            take = len(waiting) if port.many else 1
            found[port.name], waiting = waiting[:take], waiting[take:]
    if waiting:
        raise ValueError("the row has more tensors than there are ports")
    return found


def snippet(operation: type[Operation], row: Case, node: str = "node") -> dict[str, Any]:
    """A spec whose inputs feed one node, `node`, whose outputs are those of the model."""
    inputs: dict[str, Any] = {}
    edges = []
    for port, tensors in at_ports(operation, row).items():
        for i, tensor in enumerate(tensors):
            name = port if len(tensors) == 1 else f"{port}_{i}"
            inputs[name] = _declared(tensor)
            edges.append([name, node if ports_of(operation)[port].positional else f"{node}:{port}"])
    call = {"call": dict(row.call)} if row.call else {}
    names = operation.read(dict(row.arguments)).outputs(operation.Call.read(dict(row.call)))
    outputs = {name: node if len(names) == 1 else f"{node}:{name}" for name in names}
    head = {"netwright": 1, "name": f"only_{node}"}
    word = "op" if issubclass(operation, Op) else "type"
    nodes = {node: {word: operation.kind(), **row.arguments, **call}}
    return {**head, "inputs": inputs, "nodes": nodes, "edges": edges, "outputs": outputs}


def node(operation: type[Operation], row: Case) -> str:
    """The node of a snippet alone."""
    (one,) = snippet(operation, row)["nodes"].values()
    return json.dumps(one)


def _declared(tensor: Tensor) -> dict[str, Any]:
    batch, *shape = tensor.shape
    dtype = {} if tensor.dtype == "float32" else {"dtype": tensor.dtype}
    return {"shape": shape, **dtype, **({"batch_size": batch} if isinstance(batch, int) else {})}


def written(spec: Mapping[str, Any]) -> str:
    """A spec as people write it: a line for each key, and for each input, node and edge where there are several."""
    return "{\n" + ",\n".join(f"  {json.dumps(key)}: {_entry(value)}" for key, value in spec.items()) + "\n}\n"


def _entry(value: Any) -> str:
    if isinstance(value, dict) and len(value) > 1:
        return "{\n" + ",\n".join(f"    {json.dumps(key)}: {json.dumps(item)}" for key, item in value.items()) + "\n  }"
    if isinstance(value, list) and len(value) > 1:
        return "[\n" + ",\n".join(f"    {json.dumps(item)}" for item in value) + "\n  ]"
    return json.dumps(value)
