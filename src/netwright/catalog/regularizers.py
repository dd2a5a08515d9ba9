"""The regularizers: penalties on variables or outputs, added to the loss.

Facts, for checks: `rank` and `most_rank` are the least and the largest number of axes that a variable may have;
`refuses` lists the dtypes that it can't have; `compares` says that rows or columns, by `mode`, are compared in pairs,
of which the number must be known.
"""

from __future__ import annotations

from typing import Annotated

from netwright.arguments import NonNegativeFloat, choice
from netwright.objects import Argument, Entry, Family

LEFT_OUT = {"Regularizer": "the base class: a penalty of zero"}

FACTOR = NonNegativeFloat | None

FAMILY = Family(
    "regularizers",
    "regularizer",
    Entry(
        "L1",
        "The sum of the absolute values, which drives many of them to zero.",
        {"l1": Argument(FACTOR, 0.01, "factor of the penalty; null is 0.01")},
        ("l1",),
    ),
    Entry(
        "L2",
        "The sum of the squares, which keeps all of them small.",
        {"l2": Argument(FACTOR, 0.01, "factor of the penalty; null is 0.01")},
        ("l2",),
    ),
    Entry(
        "L1L2",
        "The sum of the absolute values and the sum of the squares, each with a factor of its own.",
        {
            "l1": Argument(FACTOR, 0.0, "factor of the absolute values; null is 0"),
            "l2": Argument(FACTOR, 0.0, "factor of the squares; null is 0"),
        },
        ("l1l2",),
    ),
    Entry(
        "OrthogonalRegularizer",
        "The mean cosine between different rows, or columns, of a matrix, without its sign.",
        {
            "factor": Argument(NonNegativeFloat, 0.01, "factor of the penalty"),
            "mode": Argument(
                Annotated[str, choice("rows", "columns")], "rows", "what shall become orthogonal to each other"
            ),
        },
        ("orthogonal_regularizer",),
        facts={"rank": 2, "most_rank": 2, "refuses": ("float16", "bfloat16", "float64"), "compares": True},
    ),
)
