"""Validation of generated graphs, beside ONNX' checker and strict shape inference on graphs of as many nodes.

Chains are of `Dense`, `BatchNormalization` and `Dropout` (Gemm, BatchNormalization and Dropout there), grids of `Add`,
each node fed by its neighbours to the left and above. Both sides start from bytes in memory, in one process, in turn;
each figure is a median.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import onnx
from onnx import TensorProto, helper

from netwright.compiler import analyse
from netwright.syntax import Limits

WIDTH = 64
KINDS: tuple[dict[str, Any], ...] = (
    {"type": "Dense", "units": WIDTH, "activation": "relu"},
    {"type": "BatchNormalization"},
    {"type": "Dropout", "rate": 0.1},
)
SIDE = {1_000: 32, 10_000: 100, 100_000: 316}


def spec(nodes: dict[str, Any], edges: list[list[str]], last: str) -> bytes:
    """A spec with one input of `WIDTH` features."""
    head = {"netwright": 1, "name": "generated", "inputs": {"x": {"shape": [WIDTH]}}}
    return json.dumps({**head, "nodes": nodes, "edges": edges, "outputs": {"y": last}}).encode()


def chain(size: int) -> bytes:
    """`size` layers one after the other."""
    nodes = {f"n{i}": KINDS[i % 3] for i in range(size)}
    return spec(nodes, [["x", *nodes]], f"n{size - 1}")


def grid(size: int) -> bytes:
    """About `size` additions, in a square."""
    side = SIDE[size]
    nodes = {f"n{i}_{j}": {"type": "Add"} for i in range(side) for j in range(side)}
    edges = [["x", *(name(i, j) for j in range(side))] for i in range(side)]
    edges += [["x", *(name(i, j) for i in range(side))] for j in range(side)]
    return spec(nodes, edges, name(side - 1, side - 1))


def name(i: int, j: int) -> str:
    """A node of the grid; the input beyond its edges."""
    return f"n{i}_{j}" if i >= 0 and j >= 0 else "x"


def onnx_chain(size: int) -> bytes:
    """The same chain as an ONNX model."""
    last, nodes = "x", []
    for i in range(size):
        inputs = [[last, "kernel", "bias"], [last, "bias", "bias", "bias", "bias"], [last]][i % 3]
        nodes.append(helper.make_node(("Gemm", "BatchNormalization", "Dropout")[i % 3], inputs, [f"n{i}"]))
        last = f"n{i}"
    return onnx_model(nodes, last)


def onnx_grid(size: int) -> bytes:
    """The same grid as an ONNX model."""
    side = SIDE[size]
    nodes = [
        helper.make_node("Add", [name(i - 1, j), name(i, j - 1)], [name(i, j)])
        for i in range(side)
        for j in range(side)
    ]
    return onnx_model(nodes, name(side - 1, side - 1))


def onnx_model(nodes: list[Any], last: str) -> bytes:
    """An ONNX model with one input of `WIDTH` features."""
    given = [
        helper.make_tensor("kernel", TensorProto.FLOAT, [WIDTH, WIDTH], [0.0] * WIDTH**2),
        helper.make_tensor("bias", TensorProto.FLOAT, [WIDTH], [1.0] * WIDTH),
    ]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", WIDTH])
    y = helper.make_tensor_value_info(last, TensorProto.FLOAT, ["batch", WIDTH])
    made: bytes = helper.make_model(helper.make_graph(nodes, "generated", [x], [y], given)).SerializeToString()
    return made


def ours(data: bytes) -> None:
    """Validate a spec."""
    work = analyse(data, limits=Limits(size=10**9))
    assert work.model is not None, work.diagnostics[0]


def theirs(data: bytes) -> None:
    """Check an ONNX model, and infer all its shapes."""
    model = onnx.load_model_from_string(data)
    onnx.checker.check_model(model)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)


def seconds(work: Callable[[bytes], None], data: bytes) -> float:
    """How long it takes, once."""
    start = perf_counter()
    work(data)
    return perf_counter() - start


def main() -> None:
    """Measure in turns, and print medians and ratios."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    for shape, make, make_onnx in (("chain", chain, onnx_chain), ("grid", grid, onnx_grid)):
        for size in SIDE:
            data, model = make(size), make_onnx(size)
            pairs = [(seconds(ours, data), seconds(theirs, model)) for _ in range(rounds)]
            mine, other = median(one for one, _ in pairs), median(one for _, one in pairs)
            each = f"{mine / size * 1e6:5.1f} us a node"
            print(f"{shape} {size:7,}: netwright {mine:6.3f} s ({each}), ONNX {other:6.3f} s, ratio {mine / other:.2f}")


if __name__ == "__main__":
    main()
