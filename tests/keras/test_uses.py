"""Every use of which nothing is told is built, and trains: its losses fall on what they are meant for."""

from __future__ import annotations

import copy

import keras
import numpy as np
import pytest

import netwright
from tests.keras.training import train, unreached
from tests.uses import USES


@pytest.mark.parametrize("name", USES)
def test_it_trains(name: str) -> None:
    random = np.random.default_rng(0)
    keras.utils.set_random_seed(0)
    model = netwright.build(copy.deepcopy(USES[name]))
    # Tracing takes a second.
    model.run_eagerly = True
    assert [*train(model, USES[name], random)] == []
    assert [*unreached(model, USES[name], random)] == []
