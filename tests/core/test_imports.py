"""What validating loads: no TensorFlow, no Keras, no NumPy, and of the catalog only what the spec names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HEAVY = {"tensorflow", "keras", "numpy", "jsonschema", "h5py"}


def modules_after(command: list[str]) -> set[str]:
    code = (
        f"import sys, json; from netwright.cli import main; code = main({command!r}); assert code in (0, 1), code; "
        "print(json.dumps(list(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_validating_loads_nothing_heavy(specs: Path) -> None:
    loaded = modules_after(["validate", str(specs / "vector_and_image.json")])
    assert not HEAVY & {name.partition(".")[0] for name in loaded}


def test_telling_mistakes_loads_nothing_heavy(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"netwright": 1, "name": "x", "inputs": {"x": {"shape": [2]}}, "outputs": {"y": "z"}}')
    loaded = modules_after(["validate", str(bad)])
    assert not HEAVY & {name.partition(".")[0] for name in loaded}


def test_only_the_layers_that_a_spec_names_are_loaded(specs: Path) -> None:
    loaded = modules_after(["validate", str(specs / "regression_and_classification.json")])
    layers = {name.rpartition(".")[2] for name in loaded if name.startswith("netwright.catalog.layers.")}
    assert layers == {"dense"}


def test_only_the_families_of_ops_that_a_spec_names_are_loaded(tmp_path: Path, specs: Path) -> None:
    spec = {
        "netwright": 1,
        "name": "less",
        "inputs": {"x": {"shape": [2]}},
        "nodes": {"less": {"op": "subtract", "x2": 1}},
        "edges": [["x", "less"]],
        "outputs": {"y": "less"},
    }
    path = tmp_path / "less.json"
    path.write_text(json.dumps(spec))
    loaded = modules_after(["validate", str(path)])
    prefix = "netwright.catalog.ops."
    assert {name for name in loaded if name.startswith(prefix)} == {f"{prefix}arithmetic"}
    without = modules_after(["validate", str(specs / "regression_and_classification.json")])
    assert not {"netwright.op", "netwright.catalog.op_index", "netwright.catalog.ops"} & without


def test_summary_and_schema_load_nothing_heavy(specs: Path) -> None:
    for command in (["summary", str(specs / "shared_trunk.json")], ["explain", "C501"], ["schema"]):
        assert not HEAVY & {name.partition(".")[0] for name in modules_after(command)}
