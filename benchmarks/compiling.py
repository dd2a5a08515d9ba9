"""`netwright compile` beside a script by hand that builds, saves `.keras` and calls `model.export`: stage by stage.

Each runs in processes of its own, in turns; what is printed are medians, the ratios between them, and bytes. Machines
differ and are noisy: only ratios of one run mean anything, those of processor time most.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

REPOSITORY = Path(__file__).parent.parent
SPECS = REPOSITORY / "specs"
STAGES = ("import", "build", "save", "export", "all", "bytes")
GOALS = {("resnet50", "export"): 0.45, ("resnet50", "bytes"): 0.5, ("resnet50", "all"): 0.7, ("resnet50", "build"): 1.0}


def thousand() -> dict[str, Any]:
    """A spec of a thousand nodes: in two towers, what is normalized, mixed and halved is added to what it was.

    One tower of them all would be too deep to be built by hand.
    """
    nodes: dict[str, Any] = {}
    edges: list[Any] = []
    for tower in "ab":
        last = "x"
        for number in range(125):
            part = [f"{tower}_{kind}_{number}" for kind in ("norm", "mix", "drop", "add")]
            nodes |= {
                part[0]: {"type": "LayerNormalization"},
                part[1]: {"type": "Dense", "units": 32, "activation": "relu"},
                part[2]: {"type": "Dropout", "rate": 0.1},
                part[3]: {"type": "Add"},
            }
            edges += [[last, *part], [last, part[3]]]
            last = part[3]
    return {
        "netwright": 1,
        "name": "thousand",
        "inputs": {"x": {"shape": [32]}},
        "nodes": nodes,
        "edges": edges,
        "outputs": {"a": "a_add_124", "b": "b_add_124"},
        "compile": {"optimizer": "adam", "loss": {"a": "mse", "b": "mse"}},
    }


def thousand_by_hand() -> Any:
    """The same, by hand."""
    import keras
    from keras import layers

    first = keras.Input((32,), name="x")
    outputs = {}
    for tower in "ab":
        last = first
        for _ in range(125):
            mixed = layers.Dense(32, activation="relu")(layers.LayerNormalization()(last))
            last = layers.Add()([layers.Dropout(0.1)(mixed), last])
        outputs[tower] = last
    model = keras.Model({"x": first}, outputs)
    model.compile("adam", {"a": "mse", "b": "mse"})
    return model


def small_by_hand() -> Any:
    """`specs/regression_and_classification.json`."""
    import keras

    features = keras.Input((100,), name="features")
    trunk = keras.layers.Dense(64, activation="relu")(features)
    trunk = keras.layers.Dense(32, activation="relu")(trunk)
    regression = keras.layers.Dense(1)(trunk)
    classification = keras.layers.Dense(3, activation="softmax")(trunk)
    model = keras.Model(
        {"features": features}, {"regression_output": regression, "classification_output": classification}
    )
    model.compile(
        optimizer="adam",
        loss={"regression_output": "mse", "classification_output": "categorical_crossentropy"},
        metrics={"regression_output": ["mae"], "classification_output": ["accuracy"]},
    )
    return model


def resnet50_by_hand() -> Any:
    """`specs/resnet50.json`."""
    from benchmarks.by_hand_models import resnet50

    return resnet50()


BY_HAND: dict[str, Callable[[], Any]] = {
    "small": small_by_hand,
    "resnet50": resnet50_by_hand,
    "thousand": thousand_by_hand,
}


class Clock:
    """The seconds of each stage, and those of the processor."""

    def __init__(self) -> None:
        self.since = (0.0, 0.0)
        self.stages: dict[str, tuple[float, float]] = {}
        self.stop("")

    def stop(self, stage: str) -> None:
        """A stage ends, and the next begins."""
        now = perf_counter(), process_time()
        self.stages[stage] = now[0] - self.since[0], now[1] - self.since[1]
        self.since = now


def by_hand(name: str, folder: Path) -> dict[str, tuple[float, float]]:
    """What people write."""
    clock = Clock()
    import keras
    import tensorflow as tf

    tf.constant(0)
    clock.stop("import")
    model = BY_HAND[name]()
    clock.stop("build")
    model.save(folder / "model.keras")
    clock.stop("save")
    model.export(folder / "saved_model", verbose=False)
    clock.stop("export")
    assert isinstance(model, keras.Model)
    return clock.stages


def ours(spec: str, folder: Path) -> dict[str, tuple[float, float]]:
    """The stages that `netwright compile` goes through."""
    clock = Clock()
    from netwright.api import InvalidSpec, Report, _analysed
    from netwright.backends.keras.build import build
    from netwright.backends.keras.formats import write_format
    from netwright.backends.keras.quiet import start

    work = _analysed(spec, {})
    if work.model is None:
        raise InvalidSpec(Report(work))
    start()
    clock.stop("import")
    model = build(work.model, 0)
    clock.stop("build")
    write_format("keras", model, work.model, folder)
    clock.stop("save")
    write_format("saved_model", model, work.model, folder)
    clock.stop("export")
    return clock.stages


def run(command: list[str]) -> tuple[tuple[float, float], str]:
    """The seconds and the processor's seconds that a command takes, and what it prints."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=REPOSITORY)
    seconds, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return (seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), done.stdout


def once(side: str, spec: Path, name: str, folder: Path) -> dict[str, tuple[float, float]]:
    """The figures of one run of one side: its stages, the whole, the bytes of the SavedModel."""
    target = str(spec) if side == "ours" else name
    whole, printed = run([sys.executable, "-m", "benchmarks.compiling", "--stages", side, target, str(folder)])
    size = sum(path.stat().st_size for path in (folder / "saved_model").rglob("*"))
    if side == "ours":
        whole, _ = run([sys.executable, "-m", "netwright", "compile", str(spec), "-o", str(folder / "artifact")])
    shutil.rmtree(folder)
    return {**json.loads(printed.splitlines()[-1]), "all": whole, "bytes": (size, size)}


def measure(name: str, rounds: int) -> dict[str, dict[str, tuple[float, float]]]:
    """The medians of each side."""
    found: dict[str, list[dict[str, tuple[float, float]]]] = {"ours": [], "by hand": []}
    with tempfile.TemporaryDirectory() as folder:
        spec = SPECS / {"small": "regression_and_classification.json"}.get(name, f"{name}.json")
        if name == "thousand":
            spec = Path(folder) / "thousand.json"
            spec.write_text(json.dumps(thousand()))
        for _ in range(rounds):
            for side, runs in found.items():
                out = Path(folder) / "out"
                out.mkdir()
                runs.append(once(side, spec, name, out))
    return {side: {stage: middle([one[stage] for one in runs]) for stage in runs[0]} for side, runs in found.items()}


def middle(values: list[tuple[float, float]]) -> tuple[float, float]:
    """The medians of both."""
    return median(one for one, _ in values), median(other for _, other in values)


def main() -> None:
    """Run the rounds and print the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--models", nargs="+", default=list(BY_HAND))
    parser.add_argument("--stages", nargs=3, metavar=("SIDE", "TARGET", "FOLDER"), help="one process, for this script")
    args = parser.parse_args()
    if args.stages:
        side, target, folder = args.stages
        print(json.dumps((ours if side == "ours" else by_hand)(target, Path(folder))))
        return
    for name in args.models:
        figures = measure(name, args.rounds)
        print(f"\n{name:12}{'netwright':>14}{'by hand':>14}{'ratio':>8}   of processor time")
        for stage in STAGES:
            mine, theirs = figures["ours"][stage], figures["by hand"][stage]
            ratios = [one / other for one, other in zip(mine, theirs, strict=True)]
            aim = GOALS.get((name, stage))
            goal = f"   (goal: at most {aim})" if aim else ""
            print(f"{stage:12}{mine[0]:14.2f}{theirs[0]:14.2f}{ratios[0]:8.2f}{ratios[1]:8.2f}{goal}", flush=True)


if __name__ == "__main__":
    main()
