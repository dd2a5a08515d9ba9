"""The strict reader: what it refuses, where it points, and that its two ways of reading agree."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwright.cli import main
from netwright.cli.console import Console
from netwright.paths import Place, key_at, value_at
from netwright.scanner import InvalidJson, TrailingComma, scan
from netwright.syntax import FileTooLarge, Limits, NotUtf8, TooDeep, Tree, parse

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=30,
)


def told(data: bytes, **limits: int) -> list[str]:
    return [type(fault).__name__ for fault in parse(data, Limits(**limits))[1]]


@given(VALUES, st.booleans())
def test_both_readers_agree(value: Any, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    tree, faults = parse(text.encode("utf-8"))
    slow = scan(text)
    assert tree is not None
    assert not faults
    assert not slow.faults
    assert slow.certain
    assert tree.value == slow.value == value
    assert repr(tree.value) == repr(slow.value)


@given(st.text(alphabet="{}[]\",:'/*#\\ \n0123456789.eE+-abtrufalsn\ud800", max_size=40))
def test_whatever_it_reads_it_never_fails(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    tree, faults = parse(data)
    if not faults:
        assert tree is not None
        assert tree.value == json.loads(data)


def test_a_number_without_a_fraction_is_an_integer() -> None:
    tree, _ = parse(b"[64.0, 1e3, 0.5, 1e-3, 1e300]")
    assert tree is not None
    assert [type(one) for one in tree.value] == [int, int, float, float, float]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1,}', ["TrailingComma"]),
        ("[1,]", ["TrailingComma"]),
        ('// x\n{"a": /* y */ 1} # z', ["Comment", "Comment", "Comment"]),
        ("{'a': 'b'}", ["SingleQuotes", "SingleQuotes"]),
        ('{"a": NaN, "b": -Infinity, "c": True}', ["ForeignWord"] * 3),
        ('{"a": 1, "a": 2, "b": {"c": 1, "c": 1}}', ["DuplicateKey", "DuplicateKey"]),
        ('["\\ud800", "\\ud83d\\ude00"]', ["LoneSurrogate"]),
        ("[1e400, 9223372036854775808]", ["NumberOutOfRange", "NumberOutOfRange"]),
        ('["a\tb", "\\x"]', ["BadString", "BadString"]),
        ('\ufeff{"a": 1}', ["ByteOrderMark"]),
        ("", ["InvalidJson"]),
        ('{"a": 1', ["InvalidJson"]),
        ('{"a" 1}', ["InvalidJson"]),
        ('{"a": 1 "b": 2}', ["InvalidJson"]),
        ("[1] [2]", ["InvalidJson"]),
        ("{a: 1}", ["InvalidJson"]),
        ('["abc', ["InvalidJson"]),
        ("[01]", ["InvalidJson"]),
        ("[.5]", ["InvalidJson"]),
        ("[-]", ["InvalidJson"]),
    ],
)
def test_slips(text: str, expected: list[str]) -> None:
    assert told(text.encode()) == expected


def test_slips_that_leave_the_value_beyond_doubt_keep_it() -> None:
    tree, faults = parse(b'{\'a\': [1, 2,], // x\n "b": 3, "b": 4}')
    assert [type(fault) for fault in faults][1] is TrailingComma
    assert tree is not None
    assert tree.value == {"a": [1, 2], "b": 3}


def test_limits_hold_exactly() -> None:
    assert told(b"[" * 64 + b"]" * 64) == []
    assert told(b"[" * 65 + b"]" * 65) == ["TooDeep"]
    assert told(b'{"a":' * 64 + b"1" + b"}" * 64) == []
    assert told(b"[" * 100_000) == ["TooDeep"]
    assert told(b'"aaaa"', size=6) == []
    assert told(b'"aaaaa"', size=6) == ["FileTooLarge"]


def test_bytes_that_are_no_text() -> None:
    _, faults = parse(b'{"a": "caf\xe9"}')
    assert faults == (NotUtf8(Place(offsets=(10, 11)), 0xE9, None),)
    assert [type(one) for one in parse('{"a": 1}'.encode("utf-16"))[1]] == [NotUtf8]
    assert isinstance(parse(b"x" * 10, Limits(size=9))[1][0], FileTooLarge)
    assert isinstance(parse(b"[" * 70)[1][0], TooDeep)


def test_places_lead_to_the_text() -> None:
    text = '{"nodes": {"a": {"units": [1, "x\\u0041y"]}},\n "edges": []}'
    tree = Tree(text, json.loads(text))

    def at(place: Place) -> str:
        return text[slice(*tree.locate(place))]

    assert at(key_at("nodes", "a")) == '"a"'
    assert at(value_at("nodes", "a", "units", 0)) == "1"
    assert at(value_at("edges")) == "[]"
    assert at(value_at("nodes", "a", "missing")) == "{"
    assert at(value_at("nodes", "a", "units", 0, "from")) == "1"


def test_the_end_of_an_unfinished_file_names_the_bracket_that_is_open() -> None:
    _, faults = parse(b'{"a": [1, 2\n\n')
    (fault,) = faults
    assert isinstance(fault, InvalidJson)
    assert fault.opened == Place(offsets=(6, 7))


def test_the_json_test_suite_through_the_real_command(shared: Path, tmp_path: Path) -> None:
    """Needs ../shared: 318 files of nst/JSONTestSuite (MIT), and what a strict reader must do with each."""
    suite = shared / "data/jsontestsuite"
    expected = json.loads((suite / "expected.json").read_text())["files"]
    assert len(expected) == 318
    wrong = []
    for name, verdict in expected.items():
        out = io.StringIO()
        main(["validate", "--format", "json", str(suite / "test_parsing" / name)], Console(out, out, io.BytesIO()))
        report = json.loads(out.getvalue())
        refused = any(one["code"].startswith("S") for one in report["diagnostics"])
        if refused != (verdict == "reject"):
            wrong.append(name)
    assert not wrong
