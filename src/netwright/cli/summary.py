"""`netwright summary`: the layer table of a spec, without TensorFlow."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import Any

from netwright.cli.console import Console, Exit
from netwright.cli.documents import analysed, declare_limits, declare_settings
from netwright.compiler import CheckedModel
from netwright.costs import Cost, total
from netwright.render import text
from netwright.table import Row, grouped, outside, rows
from netwright.tensors import Tensor, plain
from netwright.words import memory, operations

HEAD = ("node", "type", "output", "dtype", "parameters", "FLOPs", "memory", "fed by")
NUMBERS = (4, 5, 6)
FORMAT = 1


def declare(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("spec", metavar="SPEC", help="a spec, or - for standard input")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to show it (default: text)")
    parser.add_argument("--expand", action="store_true", help="show the nodes inside of blocks")
    declare_settings(parser)
    declare_limits(parser)


def run(args: Namespace, console: Console) -> Exit:
    """Show the table, or what is wrong with the spec."""
    work = analysed(args.spec, console, args)
    if work is None:
        return Exit.FAILURE
    console.err.write(text.render([work], colour=console.coloured(console.err)))
    if work.model is None:
        return Exit.PROBLEMS
    console.out.write(_json(work.model) if args.format == "json" else _table(work.model, expand=args.expand))
    return Exit.CLEAN


def _table(model: CheckedModel, *, expand: bool) -> str:
    graph = model.shaped.graph
    found = list(rows(model))
    shown = found if expand else grouped(model, found)
    cells = [HEAD, *(line for row in shown for line in _lines(row))]
    widths = [max(len(line[i]) for line in cells) for i in range(len(HEAD))]
    lines = [_aligned(line, widths) for line in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    cost = _total(found)
    label = graph.label if expand else lambda source: outside(model, graph.label(source))
    outputs = ", ".join(f"{name} = {label(source)}" for name, source in graph.outputs.items())
    lines += ["", f"outputs: {outputs}", f"parameters: {cost.parameters:,} ({cost.trainable:,} trainable)"]
    lines += [f"a sample: {operations(cost.flops)} FLOPs, {memory(cost.memory)} of activations"]
    return "\n".join(lines) + "\n"


def _lines(row: Row) -> Iterable[tuple[str, ...]]:
    """A line for each output port; what belongs to the whole node stands in the first."""
    for i, (port, tensor) in enumerate(row.outputs.items()):
        if i:
            yield (f"  :{port}", "", str(tensor), tensor.dtype, "", "", "", "")
        else:
            kind = row.type if row.used else f"{row.type} (unused)"
            kind = f"{kind}, shared with {row.shares}" if row.shares else kind
            cost = row.cost
            numbers = (f"{cost.parameters:,}", operations(cost.flops), memory(cost.memory))
            yield (row.name, kind, str(tensor), tensor.dtype, *numbers, ", ".join(row.fed_by))


def _aligned(line: tuple[str, ...], widths: list[int]) -> str:
    cells = [
        cell.rjust(width) if i in NUMBERS else cell.ljust(width)
        for i, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _total(found: list[Row]) -> Cost:
    """The cost of the nodes that are built: what no output depends on is not. Inputs are given, and cost nothing."""
    return total(row.cost for row in found if row.used and row.type != "input")


def _json(model: CheckedModel) -> str:
    graph = model.shaped.graph
    found = list(rows(model))
    cost = _total(found)
    document = {
        "format": FORMAT,
        "name": graph.spec.name,
        "nodes": [_node(row) for row in found],
        "outputs": {name: graph.label(source) for name, source in graph.outputs.items()},
        "parameters": _parameters(cost) | {"total": cost.parameters},
        "flops": cost.flops,
        "memory": cost.memory,
    }
    return json.dumps(document, indent=2) + "\n"


def _node(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "type": row.type,
        "outputs": {port: _tensor(tensor) for port, tensor in row.outputs.items()},
        "parameters": _parameters(row.cost),
        "flops": row.cost.flops,
        "memory": row.cost.memory,
        "fed_by": list(row.fed_by),
        "used": row.used,
        "shares": row.shares or None,
    }


def _parameters(cost: Cost) -> dict[str, int]:
    return {"trainable": cost.trainable, "non_trainable": cost.frozen}


def _tensor(tensor: Tensor) -> dict[str, Any]:
    """A tensor with its shape as in Keras: null for the batch and for every size that is not known."""
    return {"shape": list(plain(tensor.shape)), "dtype": tensor.dtype}
