"""The schedules: learning rates that change from step to step."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from netwright.arguments import NonNegativeFloat, PositiveFloat, conflict
from netwright.catalog.families.values import Numbers, ScopeName
from netwright.objects import Argument, Entry, Family

LEFT_OUT = {"LearningRateSchedule": "the base class, which can't be called"}

START = Argument(NonNegativeFloat, ..., "learning rate at the first step")
# Steps need not be whole: they often come from a division, and Keras computes with floats.
STEPS = Argument(PositiveFloat, ..., "number of steps of the decay")
STAIRCASE = Argument(bool, False, "whether the rate falls in steps rather than smoothly")
# Below zero, the learning rate would climb the loss.
ALPHA = Argument(NonNegativeFloat, 0.0, "share of the learning rate that is left at the end")


def _name(default: str) -> Argument:
    return Argument(ScopeName, default, "name of the schedule, seen in the graph and in traces")


def _one_value_more(one: Any) -> None:
    if len(one.values) != len(one.boundaries) + 1:
        need = f"{len(one.boundaries)} boundaries separate {len(one.boundaries) + 1} values, but there are"
        raise conflict("values", f"{need} {len(one.values)}")
    for low, high in zip(one.boundaries, one.boundaries[1:], strict=False):
        # Keras adds up the values where the ranges overlap.
        if low > high:
            raise conflict("boundaries", f"the boundaries must rise, but {high:g} follows {low:g}")


FAMILY = Family(
    "optimizers.schedules",
    "schedule",
    Entry(
        "CosineDecay",
        "Half a wave of a cosine, from the learning rate to a share of it; before that, it may rise in a line.",
        {
            "initial_learning_rate": START,
            "decay_steps": STEPS,
            "alpha": ALPHA,
            "name": _name("CosineDecay"),
            "warmup_target": Argument(
                NonNegativeFloat | None, None, "learning rate at the end of the warm-up; null is no warm-up"
            ),
            "warmup_steps": Argument(NonNegativeFloat, 0, "number of steps of the warm-up, if there is one"),
        },
    ),
    Entry(
        "CosineDecayRestarts",
        "Half waves of a cosine, one after the other, each longer and from another height if so wished.",
        {
            "initial_learning_rate": START,
            "first_decay_steps": Argument(PositiveFloat, ..., "number of steps of the first wave"),
            # Waves that become shorter end after finitely many steps: the rate is not a number from there on.
            "t_mul": Argument(Annotated[float, Field(ge=1)], 2.0, "how much longer each wave is than the one before"),
            "m_mul": Argument(NonNegativeFloat, 1.0, "how much higher each wave is than the one before"),
            "alpha": ALPHA,
            "name": _name("SGDRDecay"),
        },
    ),
    Entry(
        "ExponentialDecay",
        "Multiplied by `decay_rate` once in `decay_steps` steps.",
        {
            "initial_learning_rate": START,
            "decay_steps": Argument(PositiveFloat, ..., "number of steps in which the rate is multiplied once"),
            # The powers of a negative number are not numbers in between.
            "decay_rate": Argument(NonNegativeFloat, ..., "factor of the rate"),
            "staircase": STAIRCASE,
            "name": _name("ExponentialDecay"),
        },
    ),
    Entry(
        "InverseTimeDecay",
        "Divided by 1 + `decay_rate` times the number of steps in units of `decay_steps`.",
        {
            "initial_learning_rate": START,
            "decay_steps": Argument(PositiveFloat, ..., "number of steps in one unit of time"),
            "decay_rate": Argument(NonNegativeFloat, ..., "how fast the rate falls"),
            "staircase": STAIRCASE,
            "name": _name("InverseTimeDecay"),
        },
    ),
    Entry(
        "PiecewiseConstantDecay",
        "One value up to the first boundary, the next up to the second, and so on.",
        {
            "boundaries": Argument(
                Annotated[Any, Numbers(minimum=0, scalar=False)], ..., "last step of each value but the last, rising"
            ),
            "values": Argument(
                Annotated[Any, Numbers(minimum=0, scalar=False)], ..., "learning rates, one more than boundaries"
            ),
            "name": _name("PiecewiseConstant"),
        },
        rule=_one_value_more,
    ),
    Entry(
        "PolynomialDecay",
        "From one learning rate to another, in a line or along a power of it.",
        {
            "initial_learning_rate": START,
            "decay_steps": STEPS,
            "end_learning_rate": Argument(NonNegativeFloat, 0.0001, "learning rate after the decay"),
            # A negative power is infinite at the end.
            "power": Argument(NonNegativeFloat, 1.0, "power of what is left of the decay; 1 is a line"),
            "cycle": Argument(bool, False, "whether the decay starts again, each time longer, rather than end"),
            "name": _name("PolynomialDecay"),
        },
    ),
)
