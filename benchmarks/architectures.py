"""The architectures of specs/ beside Keras: their length in lines, and how long ResNet-50 takes to be checked.

Lines are those of the spec with the blocks that it imports, of the same model in idiomatic Keras Python
(`by_hand_models.py`), and of Keras' own JSON, indented as people would keep it in git. Times are medians of rounds in
one process, without imports.
"""

from __future__ import annotations

import inspect
import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import keras
from benchmarks import by_hand_models

import netwright
from netwright.blocks import expand
from netwright.imports import Files
from netwright.syntax import Limits, parse

SPECS = Path(__file__).parent.parent / "specs"
NAMES = (
    "resnet50",
    "mobilenet_v2",
    "unet",
    "transformer_classifier",
    "seq2seq",
    "siamese",
    "multimodal_multitask",
)


def lines_of_spec(path: Path) -> int:
    """The lines of a spec and of all that it imports."""
    text = path.read_text()
    imports = json.loads(text).get("imports", {}).values()
    return len(text.splitlines()) + sum(lines_of_spec(path.parent / one) for one in imports)


def timed(work: Callable[[], Any], rounds: int) -> float:
    """The median of some rounds, in seconds."""
    seconds = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        seconds.append(perf_counter() - start)
    return median(seconds)


def main() -> None:
    """Print the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    print(f"{'lines':24}{'spec':>8}{'with imports':>14}{'Python':>8}{'to_json':>9}")
    for name in NAMES:
        path = SPECS / f"{name}.json"
        build = getattr(by_hand_models, name)
        model = build()
        assert model.count_params() == netwright.build(path).count_params(), name
        written = json.dumps(json.loads(model.to_json()), indent=2).count("\n") + 1
        python = len(inspect.getsource(build).splitlines()) - 1
        print(f"{name:24}{len(path.read_text().splitlines()):8}{lines_of_spec(path):14}{python:8}{written:9}")

    path = SPECS / "resnet50.json"
    tree, _ = parse(path.read_bytes(), Limits())
    assert tree is not None
    expanded, _ = expand(tree, {}, Files(str(path), Limits()))
    assert expanded.whole is not None
    flat = expanded.whole.tree.value
    document = model_as_json()
    figures = {
        "validate, with blocks": timed(lambda: netwright.validate(path), rounds),
        "validate, written flat": timed(lambda: netwright.validate(renamed(flat)), rounds),
        "model_from_json": timed(lambda: keras.models.model_from_json(document), max(3, rounds // 3)),
    }
    print("\nResNet-50")
    for name, seconds in figures.items():
        print(f"{name:24}{1000 * seconds:8.1f} ms")
    ratio = figures["model_from_json"] / figures["validate, with blocks"]
    print(f"model_from_json takes {ratio:.0f} times as long (goal: at least 30)")


def model_as_json() -> str:
    """ResNet-50 in Keras' own JSON."""
    text: str = by_hand_models.resnet50().to_json()
    return text


def renamed(flat: dict[str, Any]) -> dict[str, Any]:
    """A flat document with names that people can write."""

    def plain(name: str) -> str:
        return name.replace(".", "_")

    edges = [
        [plain(stop) if isinstance(stop, str) else [plain(one) for one in stop] for stop in path]
        for path in flat["edges"]
    ]
    rest = {key: item for key, item in flat.items() if key not in ("params", "imports")}
    return {**rest, "nodes": {plain(name): node for name, node in flat["nodes"].items()}, "edges": edges}


if __name__ == "__main__":
    main()
