"""The constraints: rules for variables, enforced after each step of training."""

from __future__ import annotations

from typing import Any

from netwright.arguments import Fraction, NonNegativeFloat, PositiveFloat, conflict
from netwright.catalog.families.values import OptionalAxes
from netwright.objects import Argument, Entry, Family

LEFT_OUT = {"Constraint": "the base class: no rule at all"}

AXIS = Argument(OptionalAxes, 0, "axis or axes along which a norm is taken; null takes one norm of all entries")


def _norms_in_order(one: Any) -> None:
    if one.min_value > one.max_value:
        raise conflict("max_value", f"`max_value`, {one.max_value}, is below `min_value`, {one.min_value}")


FAMILY = Family(
    "constraints",
    "constraint",
    Entry(
        "MaxNorm",
        "Norms at most `max_value`; what is longer is scaled down.",
        # Keras takes 0 and negative numbers too, which make every entry zero or turn its sign at each step.
        {"max_value": Argument(PositiveFloat, 2, "largest norm"), "axis": AXIS},
        ("max_norm",),
    ),
    Entry(
        "MinMaxNorm",
        "Norms from `min_value` to `max_value`; what is shorter or longer is scaled.",
        {
            "min_value": Argument(NonNegativeFloat, 0.0, "smallest norm"),
            "max_value": Argument(PositiveFloat, 1.0, "largest norm"),
            "rate": Argument(Fraction, 1.0, "how far each step goes towards the rule; 1 goes all the way"),
            "axis": AXIS,
        },
        ("min_max_norm",),
        rule=_norms_in_order,
    ),
    Entry("NonNeg", "Nothing negative: what falls below zero is set to zero.", {}, ("non_neg",)),
    Entry("UnitNorm", "Norms of 1.", {"axis": AXIS}, ("unit_norm",)),
)
