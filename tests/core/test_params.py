"""Params and expressions: what they are worth, and what is wrong with them, inside the string."""

from __future__ import annotations

import json
from typing import Any

import pytest

from netwright.compiler import Analysis, analyse
from netwright.expressions import BadExpression, parsed, value_of

PARAMS: dict[str, Any] = {"w": 64, "d": [1, 2, 3], "on": True, "s": "abc", "f": 2.5, "none": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 * w", 128),
        ("w / 64", 1),
        ("w / 3", 64 / 3),
        ("-2 ** 2", -4),
        ("2 ** 3 ** 2", 512),
        ("-7 // 2", -4),
        ("-7 % 3", 2),
        ("1 + 2 * 3 - 4", 3),
        ("(1 + 2) * 3", 9),
        ("- - 3", 3),
        ("d[1] + d[d[0]]", 4),
        ("d", [1, 2, 3]),
        ("w if on else 0", 64),
        ("1 if w == 3 else 2 if w == 64 else 3", 2),
        ("min(w, 3, d[0])", 1),
        ("max(f, 1)", 2.5),
        ("0.5 + 0.5", 1),
        ("1e2", 100),
        ("'it' == 'it'", True),
        ("on == 1", False),
        ("on != 1", True),
        ("none == null", True),
        ("w >= 64", True),
        ("true", True),
        ("9007199254740992", 2**53),
    ],
)
def test_what_an_expression_is_worth(text: str, value: Any) -> None:
    found = value_of("${" + text + "}", PARAMS)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ("foo", "foo", "there is no param `foo`"),
        ("w +", "}", "the expression ends, but a value is needed"),
        ("(1", "}", "the expression ends, but `)` is needed"),
        ("1 2", "2", "`2` can't stand here"),
        ("1 < 2 < 3", "<", "only one comparison can stand here"),
        ("w if 1 else 2", "1", "`if` needs true or false, but this is 1"),
        ("s + 1", "s", "a number is needed, but this is 'abc'"),
        ("on + 1", "on", "a number is needed, but this is true"),
        ("none * 2", "none", "a number is needed, but this is null"),
        ("w // 0", "w // 0", "this divides by 0"),
        ("2 ** 64", "64", "an exponent is an integer from 0 to 63, but this is 64"),
        ("2 ** -1", "-1", "an exponent is an integer from 0 to 63, but this is -1"),
        ("10 ** 20", "10 ** 20", "numbers are at most 2^53, up or down"),
        ("9007199254740992 ** 63", "9007199254740992 ** 63", "numbers are at most 2^53, up or down"),
        ("d[3]", "3", "the list has 3 items, counted from 0, but this is 3"),
        ("d[-1]", "-1", "the list has 3 items, counted from 0, but this is -1"),
        ("w[0]", "w", "`[...]` needs a list, but this is 64"),
        ("'abc", "'", "the text that begins here does not end"),
        ("__import__('os')", "(", "`(` can't stand here"),
        ("w.real", ".", "`.` can't stand here"),
        ("lambda: 1", ":", "`:` can't stand here"),
        ("w and on", "and", "`and` can't stand here"),
        ("", "}", "the expression ends, but a value is needed"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, at: str, why: str) -> None:
    whole = "${" + text + "}"
    with pytest.raises(BadExpression) as caught:
        value_of(whole, PARAMS)
    assert caught.value.message == why
    assert whole[caught.value.start : caught.value.end] == at


@pytest.mark.parametrize("text", ["(" * 900 + "1", "-" * 900 + "1", "1" + "**1" * 300, "1" + "+1" * 490, "d[" * 300])
def test_what_is_too_deep_is_refused_before_it_is_computed(text: str) -> None:
    with pytest.raises(BadExpression):
        parsed("${" + text + "}")


def spec(**changes: Any) -> dict[str, Any]:
    return {
        "netwright": 1,
        "name": "family",
        "params": {"units": {"type": "integer", "minimum": 1, "default": 4}},
        "inputs": {"x": {"shape": [8]}},
        "nodes": {"head": {"type": "Dense", "units": "${units}"}},
        "edges": [["x", "head"]],
        "outputs": {"y": "head"},
        **changes,
    }


def told(document: Any, **settings: Any) -> list[str]:
    return [f"{one.code}: {one.message}" for one in work_of(document, **settings).diagnostics]


def work_of(document: Any, **settings: Any) -> Analysis:
    return analyse(json.dumps(document).encode(), settings=settings)


def units(document: Any, **settings: Any) -> Any:
    model = work_of(document, **settings).model
    assert model is not None
    (tensor,) = model.shaped.tensors["head"]
    return tensor.last


def test_defaults_and_settings() -> None:
    assert units(spec()) == 4
    assert units(spec(), units="7") == 7
    assert units(spec(), units=9) == 9
    assert units(spec(), units="6.0") == 6


def test_settings_are_checked() -> None:
    assert told(spec(), units="0") == ["B603: `units` is set to `0`, but must be at least 1"]
    assert told(spec(), units="x") == ['B603: `units` is set to `"x"`, but must be an integer']
    assert told(spec(), units="true") == ["B603: `units` is set to `true`, but must be an integer"]
    assert told(spec(), unit="1") == ["B601: there is no param `unit` to set"]


def test_text_is_read_by_the_type_of_the_param() -> None:
    nodes = {"head": {"type": "Dense", "units": 2, "activation": "${kind}"}}
    document = spec(params={"kind": {"type": "string", "default": "relu"}}, nodes=nodes)
    assert told(document, kind="tanh") == []
    assert told(document, kind="7") == ["V209: there is no activation `7`"]


def test_a_param_without_a_value_is_told_once_and_nothing_else_is() -> None:
    document = spec(params={"units": {"type": "integer"}})
    assert told(document) == ["B602: the param `units` has no value: it has no default and is not set"]
    assert told(document, units="3") == []


def test_expressions_stand_where_the_language_says() -> None:
    assert told(spec(name="${units}"))[0].startswith("B606: an expression can't stand here")
    assert told(spec(edges=[["x", "${units}"]]))[0].startswith("B606")
    assert told(spec(nodes={"head": {"type": "${units}", "units": "${units}"}}))[0].startswith("B606")
    assert told(spec(description="costs ${units}")) == []


def test_a_place_inside_of_a_string_with_escapes() -> None:
    text = json.dumps(spec()).replace('"${units}"', r'"\u0024{1 + \u0075nit}"')
    work = analyse(text.encode())
    (one,) = [one for one in work.diagnostics if one.code == "B601"]
    start, end = work.offsets(one)
    assert text[start:end] == r"\u0075nit"
