"""What validates clean trains, and what Keras refuses was told: random models, built and trained for two steps.

What is told is not put to Keras: it may refuse it, or train something else than was meant.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

import netwright
from tests.keras.contracts import any_spec, sensible
from tests.keras.training import train, unreached
from tests.nightly import NIGHTLY

Spec = dict[str, Any]
# What Keras can't do, and nobody is told of: optimizers on numbers of a precision that they were not written for.
# `Muon` multiplies by a float32; `Adafactor`, `ScheduleFreeAdamW` and `Nadam` divide by what 16 bits make 0, or look
# up rows of an embedding that are not there.
PICKY = ("muon", "adafactor", "schedulefreeadamw", "nadam")
SENSIBLE, ANY = (300, 1200) if NIGHTLY else (12, 40)


def explored(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=not NIGHTLY,
        suppress_health_check=list(HealthCheck),
        # What fails is shown as drawn: to make it smaller, hundreds of models would have to be trained.
        phases=(Phase.generate,),
        print_blob=False,
    )


def wrong(spec: Spec) -> Iterator[str]:
    """What is wrong with training a model of which nothing was told."""
    random = np.random.default_rng(0)
    keras.utils.set_random_seed(0)
    model = netwright.build(copy.deepcopy(spec))
    # Tracing takes a second; nightly, it is done as users do.
    model.run_eagerly = not NIGHTLY
    yield from train(model, spec, random)
    yield from unreached(model, spec, random)


def check(spec: Spec) -> None:
    try:
        found = [*wrong(spec)]
    except Exception as error:  # noqa: BLE001 - whatever it is, it should have been told
        found = [f"{type(error).__name__}: {str(error)[:2000]}"]
    if found:
        pytest.fail("\n".join(["nothing was told of this spec, but", *found, json.dumps(spec)]))


def excused(spec: Spec) -> bool:
    """Whether an optimizer meets numbers that it was not written for."""
    optimizer = spec["compile"]["optimizer"]
    given = (spec, *spec.get("nodes", {}).values())
    odd = any(one.get(key) in ("float16", "bfloat16", "float64") for one in given for key in ("dtype_policy", "dtype"))
    return odd and str(optimizer["type"] if isinstance(optimizer, dict) else optimizer).lower() in PICKY


@explored(SENSIBLE)
@given(sensible())
def test_nothing_is_told_of_what_goes_together_and_it_trains(spec: Spec) -> None:
    report = netwright.validate(spec)
    assert not report.diagnostics, f"{report}\n{json.dumps(spec)}"
    check(spec)


@explored(ANY)
@given(any_spec())
def test_of_all_else_something_is_told_or_it_trains(spec: Spec) -> None:
    if not netwright.validate(spec).diagnostics and not excused(spec):
        check(spec)
