"""Each layer's shape rule, against its own truth table."""

from __future__ import annotations

import pytest

from netwright.layer import Case, Layer, find_layer, layer_names, outputs_of, read_tensor, variables_of
from netwright.misfits import Misfit
from tests.layer_cases import all_cases, fed


@pytest.mark.parametrize(("layer", "row"), all_cases())
def test_rule_agrees_with_its_table(layer: type[Layer], row: Case) -> None:
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


@pytest.mark.parametrize("name", layer_names())
def test_every_layer_has_a_table_with_both_ends(name: str) -> None:
    layer = find_layer(name)
    assert layer is not None
    assert any(row.to for row in layer.cases), "no row says what the layer gives"
    assert len(layer.cases) >= 3
