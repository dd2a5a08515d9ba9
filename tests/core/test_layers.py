"""The shape rule of each layer and op, against its own truth table."""

from __future__ import annotations

import pytest

from netwright.misfits import Misfit
from netwright.operation import Case, Operation, outputs_of, read_tensor, variables_of
from tests.operations import all_cases, every, fed


@pytest.mark.parametrize(("layer", "row"), all_cases())
def test_rule_agrees_with_its_table(layer: type[Operation], row: Case) -> None:
    one = layer.read(dict(row.arguments))
    call = layer.Call.read(dict(row.call))
    if row.fails:
        with pytest.raises(Misfit) as caught:
            _ = outputs_of(one, fed(layer, row), call), variables_of(one, fed(layer, row), call)
        assert type(caught.value) is row.fails
        return
    ports = fed(layer, row)
    outputs, variables = outputs_of(one, ports, call), variables_of(one, ports, call)
    assert outputs == tuple(read_tensor(text) for text in row.to)
    assert len(outputs) == len(one.outputs(call))
    if row.params is not None:
        assert sum(variable.size for variable in variables) == row.params
        assert sum(variable.size for variable in variables if not variable.trainable) == row.frozen


@pytest.mark.parametrize("name", every())
def test_every_table_says_what_comes_out(name: str) -> None:
    rows = every()[name].cases
    assert any(row.to for row in rows), "no row says what it gives"
    assert len(rows) >= (3 if name[0].isupper() else 1)
