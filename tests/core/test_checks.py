"""Every diagnostic is accountable: unique, explained, exemplified, and told by its own example and nothing else's."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest

from netwright import checks
from netwright.blocks import BlockFault
from netwright.compiler import Analysis, analyse
from netwright.diagnostics import Check
from netwright.drafts import DraftFault
from netwright.explanations import Example, explain
from netwright.graph_faults import GraphFault
from netwright.imports import ImportFault
from netwright.misfits import Misfit
from netwright.params import ParamFault
from netwright.scanner import NotJson
from netwright.shapes import MaskLost
from netwright.syntax import Limits, Unread
from tests.places import line_and_column

EVERY = checks.every()
LETTERS = {
    "scanner": "S", "syntax": "S", "drafts": "V", "params": "B", "blocks": "B", "imports": "B", "graph_faults": "G",
    "misfits": "T", "shapes": "T",
}  # fmt: skip


def analysed(example: Example) -> Analysis:
    # Some import others, or themselves.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "example.json"
        path.write_bytes(example.data)
        limits = Limits(size=example.size) if example.size else Limits()
        work = analyse(example.data, "example.json", limits, path=str(path))
        _ = [work.offsets(one) for one in work.diagnostics]
        return work


def ids(check: Check) -> str:
    return check.name


def test_codes_and_names_are_unique() -> None:
    assert len({check.code for check in EVERY}) == len(EVERY)
    assert len({check.name for check in EVERY}) == len(EVERY)


@pytest.mark.parametrize("check", EVERY, ids=ids)
def test_explanation_has_the_house_form(check: Check) -> None:
    explanation = explain(check)
    assert re.fullmatch(r"[A-Z`][^\n]*\.", explanation.title), "one sentence, with a full stop"
    assert re.fullmatch(r"[SVBGTC]\d{3}", check.code)
    assert check.keras or check.code[0] in "SVB", "what Keras does about it"


@pytest.mark.parametrize("check", EVERY, ids=ids)
def test_bad_example_is_told_at_its_mark_and_nothing_else_is(check: Check) -> None:
    bad = explain(check).bad
    work = analysed(bad)
    assert [one.code for one in work.diagnostics] == [check.code]
    one = work.diagnostics[0]
    assert one.name == check.name
    if bad.mark is not None:
        start, end = work.offsets(one)
        assert (*line_and_column(work.text, start), end - start) == (bad.mark.line, bad.mark.column, bad.mark.width)
        assert one.message == bad.mark.message
    else:
        assert bad.language == "python", "only an example that can't be shown as text goes without a mark"


@pytest.mark.parametrize("check", EVERY, ids=ids)
def test_good_example_is_clean(check: Check) -> None:
    good = explain(check).good
    work = analysed(good)
    assert work.diagnostics == []
    assert work.model is not None


@pytest.mark.parametrize("check", EVERY, ids=ids)
def test_message_has_the_house_grammar(check: Check) -> None:
    one = analysed(explain(check).bad).diagnostics[0]
    for text in (one.message, one.help or "x", *(note.message for note in one.notes)):
        assert text[0].islower() or text[0] in '`"', text
        assert not text.endswith("."), text
        assert text.count("`") % 2 == 0, text
        assert "\n" not in text
        assert "illegal" not in text.lower()


def test_the_letter_of_a_code_is_the_stage() -> None:
    stages = {checks.snake(kind.__name__): kind.__module__.rpartition(".")[2] for kind in all_faults()}
    for check in EVERY:
        name = check.module.rpartition(".")[2]
        assert check.code[0] in (LETTERS[stages[name]] if ".faults." in check.module else "CT"), check.name


def all_faults() -> list[type]:
    kinds = [*get_args(Unread), *get_args(NotJson), *get_args(DraftFault), *get_args(GraphFault)]
    kinds += [*get_args(ParamFault), *get_args(BlockFault), *get_args(ImportFault)]
    return [*kinds, *Misfit.__subclasses__(), MaskLost]


def test_every_fault_has_a_check_and_every_check_of_a_fault_a_fault() -> None:
    told = {checks.snake(kind.__name__) for kind in all_faults()}
    files = {module.rpartition(".")[2] for module in checks.modules("faults")}
    assert files == told


def test_every_check_file_declares_one_check() -> None:
    for module in (*checks.modules("faults"), *checks.modules("models")):
        import_module(module)
    assert {check.module for check in EVERY} == {*checks.modules("faults"), *checks.modules("models")}
