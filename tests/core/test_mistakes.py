"""Mistakes that people made in public, each as a spec: what is told of them. Needs `../shared/data/mistakes`.

The collection says of each what it means and how bad it is; who only has the repository skips this. Its pairs were
made by a script. Where no file is there, the language rules the mistake out, or only data can tell it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from netwright.compiler import Analysis, analyse

MISTAKES = Path(__file__).parents[3] / "shared" / "data" / "mistakes"
INDEX: dict[str, Any] = {}
if MISTAKES.is_dir():
    INDEX = {one["id"]: one for one in map(json.loads, (MISTAKES / "index.jsonl").read_text("utf-8").splitlines())}
BAD = sorted(path.name.partition(".")[0] for path in MISTAKES.glob("*.bad.json"))
GOOD = sorted(path.name.partition(".")[0] for path in MISTAKES.glob("*.good.json"))

# What is told of each.
TOLD = {
    "A04": "output-without-loss", "A05": "output-without-loss", "A07": "unknown-output-key",
    "A10": "unknown-output-key", "A13": "unknown-output-key", "A20": "missing-argument",
    "B01": "probabilities-as-logits", "B02": "not-probabilities", "B04": "target-shape", "B05": "target-shape",
    "B07": "constant-output", "B08": "one-class", "B10": "target-broadcast", "B11": "target-broadcast",
    "B13": "one-class", "B16": "not-probabilities", "B17": "softmax-twice", "B19": "wrong-class-axis",
    "B20": "metric-target", "B22": "metric-target", "B23": "classes-mixed", "B25": "not-probabilities",
    "B26": "target-shape", "B28": "target-shape",
    "C01": "sizes-differ", "C02": "ranks-differ", "C04": "sizes-differ", "C05": "accidental-broadcast",
    "C08": "sizes-differ", "C10": "sizes-differ", "C11": "wrong-axis", "C13": "accidental-broadcast",
    "D01": "wrong-rank", "D02": "wrong-rank", "D04": "wrong-rank", "D05": "wrong-rank", "D07": "wrong-rank",
    "D08": "wrong-rank", "D10": "unknown-size", "D11": "unknown-size", "D13": "wrong-rank", "D14": "unnamed-output",
    "D16": "wrong-count", "D17": "wrong-size", "D19": "too-many-edges", "D20": "wrong-count",
    "E01": "nothing-left", "E02": "nothing-left", "E04": "elements-differ", "E05": "image-axes",
    "E07": "arguments-conflict", "E08": "wrong-size", "E10": "wrong-item-count", "E11": "arguments-conflict",
    "E13": "normalized-places",
    "F04": "unused-node", "F05": "cycle", "F08": "shared-differ",
    "G01": "out-of-range", "G04": "unknown-object", "G05": "unknown-object", "G07": "unknown-argument",
    "G08": "unknown-object", "G10": "wrong-type", "G11": "unknown-size", "G13": "arguments-conflict",
    "G14": "arguments-conflict", "G16": "unknown-choice", "G17": "unknown-choice",
    "H01": "mask-lost", "H02": "mask-lost", "H04": "wrong-rank", "H05": "unfed-port", "H07": "sizes-differ",
    "H08": "sizes-differ",
    "I01": "half-precision-output", "J02": "frozen-statistics", "J04": "zero-weight",
}  # fmt: skip
# Ours is another level than the collection's, and why.
OTHER_LEVEL = {
    "A13": "it is the same mistake as any other unknown key, and Keras ignores it only where there is one output",
    "B10": "heads of an ensemble in one layer are trained so on purpose: it can be allowed",
    "B11": "as B10",
    "B23": "there are two levels, and an area under the curve of all classes together is seldom meant",
    "G07": "the language has no argument that means nothing",
}
# The language rules it out, so that the spec is right, or only data can tell.
NOTHING = {
    "A01": "outputs have names of their own, which are the keys",
    "A02": "as A01",
    "A16": "as A01: losses follow the key, not the layer",
    "B14": "the spec does not say how labels are numbered; with `classes` declared it is told",
    "I02": "the spec does not say which numbers come in",
    "I04": "as I02",
    "J01": "what is frozen stands in the spec, before compile()",
}

# Of these there is no file. What one would write is told,
SKETCHES: dict[str, tuple[dict[str, Any], str]] = {
    "A08": ({"compile": {"optimizer": "adam", "loss": ["mse"], "loss_weights": {"y": 1}}}, "wrong-type"),
    "A11": ({"compile": {"optimizer": "adam", "loss": {"y": "mse"}, "metrics": ["mae"]}}, "wrong-type"),
    "A14": ({"compile": {"optimizer": "adam", "loss": ["mse"]}}, "wrong-type"),
    "A19": ({"compile": {"optimizer": "adam", "loss": ["mse"]}}, "wrong-type"),
    "F07": ({"inputs": {"x": {"shape": [4]}, "y": {"shape": [4]}}}, "name-clash"),
    "F10": ({"outputs": {"y": "dens"}}, "unknown-endpoint"),
    "K01": ({"nodes": {"y": {"type": "Lambda", "function": "abs"}}}, "refused-operation"),
    "K02": ({"nodes": {"y": {"type": "MyLayer"}}}, "unknown-object"),
    "K04": ({"compile": {"optimizer": "adam", "loss": {"y": "my_loss"}}}, "unknown-object"),
}
# or can't be written, or is about data.
NO_SKETCH = {
    "A17": "there are no models inside models; outputs have names of their own",
    "A22": "which keys the labels come under is decided where `fit` is called",
    "A23": "as A22; a single output too is a dict",
    "F01": "what an output depends on are nodes and inputs of the document, or a name that leads nowhere",
    "F02": "as F01",
    "F11": "functions are ops of `keras.ops`",
    "G02": "a number without a fractional part is an integer, as in JSON Schema",
    "L01": "as A22, of inputs",
    "L02": "as A22, of inputs",
    "L04": "class weights are given to `fit`",
    "L05": "as A22",
}


def analysed(name: str) -> Analysis:
    return analyse((MISTAKES / name).read_bytes(), name)


pytestmark = pytest.mark.skipif(not INDEX, reason="needs ../shared/data/mistakes")


@pytest.mark.parametrize("mistake", BAD)
def test_each_is_told_for_what_it_is(mistake: str) -> None:
    found = {one.name: one.severity.value for one in analysed(f"{mistake}.bad.json").diagnostics}
    if mistake in NOTHING:
        assert not found
        return
    assert TOLD[mistake] in found
    if mistake not in OTHER_LEVEL:
        assert found[TOLD[mistake]] == INDEX[mistake]["level"]


@pytest.mark.parametrize("mistake", GOOD)
def test_nothing_is_told_of_what_was_mended(mistake: str) -> None:
    assert analysed(f"{mistake}.good.json").diagnostics == []


def test_every_mistake_is_accounted_for() -> None:
    assert {*BAD, *SKETCHES, *NO_SKETCH, "C07"} == {*INDEX}  # C07 has tests of its own: what U-Nets need
    assert {*BAD} == {*TOLD, *NOTHING}


@pytest.mark.parametrize("mistake", SKETCHES)
def test_what_one_would_write_is_told(mistake: str) -> None:
    change, name = SKETCHES[mistake]
    spec = {
        "netwright": 1,
        "name": "sketch",
        "inputs": {"x": {"shape": [4]}},
        "nodes": {"y": {"type": "Dense", "units": 1}},
        "edges": [["x", "y"]],
        "outputs": {"y": "y"},
    } | change
    assert name in {one.name for one in analyse(json.dumps(spec).encode()).diagnostics}
