"""The initializers: how variables start.

Facts, for checks: `rank` and `most_rank` are the least and the largest number of axes that a variable may have;
`refuses` lists the dtypes that it can't have.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from netwright.arguments import NonNegativeFloat, PositiveFloat, Sizes, choice, conflict
from netwright.catalog.families.values import Array
from netwright.objects import Argument, Entry, Family

LEFT_OUT = {
    "Initializer": "the base class, which can't be called",
    "STFT": "needs SciPy, which neither Keras nor TensorFlow installs",
    "constant": "Keras fails to make it without a value: write `zeros`, or an object with `value`",
}

# TensorFlow packs the seed into 64 bits.
SEED = Argument(
    Annotated[int, Field(ge=-(2**63), lt=2**63)] | None,
    None,
    "start of the random numbers; null takes another each time",
)
AXES = Annotated[Any, Sizes(None, minimum=None, scalar=False, nullable=True)]
INPUT_AXES = Argument(AXES, None, "axes whose sizes multiply to the number of inputs of a unit; null finds them")
OUTPUT_AXES = Argument(AXES, None, "axes whose sizes multiply to the number of outputs; null finds them")
MEAN = Argument(float, 0.0, "mean of the distribution")
# Keras takes a negative deviation and mirrors the distribution, which is the same distribution: surely a slip.
STDDEV = Argument(NonNegativeFloat, 0.05, "standard deviation of the distribution")


def _both_axes(one: Any) -> None:
    """Keras looks at the axes only if both are given."""
    if (one.input_axes is None) != (one.output_axes is None):
        given = "input_axes" if one.output_axes is None else "output_axes"
        raise conflict(given, "`input_axes` and `output_axes` only work together")


def _scaled(name: str, doc: str, alias: str) -> Entry:
    """A variance scaling whose scale, mode and distribution are fixed."""
    arguments = {"seed": SEED, "input_axes": INPUT_AXES, "output_axes": OUTPUT_AXES}
    return Entry(name, doc, arguments, (alias,), rule=_both_axes)


FAMILY = Family(
    "initializers",
    "initializer",
    Entry(
        "Constant",
        "One number everywhere, or the numbers given.",
        {"value": Argument(Annotated[Any, Array()], 0.0, "number, or numbers that stretch to the variable's shape")},
        named=False,
    ),
    _scaled("GlorotNormal", "Normal, for as many inputs as outputs: variance 2 / (inputs + outputs).", "glorot_normal"),
    _scaled("GlorotUniform", "Uniform, with variance 2 / (inputs + outputs).", "glorot_uniform"),
    _scaled("HeNormal", "Normal, for units that cut off what is negative: variance 2 / inputs.", "he_normal"),
    _scaled("HeUniform", "Uniform, with variance 2 / inputs.", "he_uniform"),
    Entry(
        "Identity",
        "The identity matrix: each output starts as its input.",
        {"gain": Argument(float, 1.0, "factor of the matrix")},
        ("identity", "IdentityInitializer"),
        facts={"rank": 2, "most_rank": 2},
    ),
    _scaled("LecunNormal", "Normal, with variance 1 / inputs.", "lecun_normal"),
    _scaled("LecunUniform", "Uniform, with variance 1 / inputs.", "lecun_uniform"),
    Entry("Ones", "All ones.", {}, ("ones", "one")),
    Entry(
        "Orthogonal",
        "A random matrix whose rows or columns are orthogonal to each other.",
        {"gain": Argument(float, 1.0, "factor of the matrix"), "seed": SEED},
        ("orthogonal", "OrthogonalInitializer"),
        # The decomposition it is made with has no bfloat16.
        facts={"rank": 2, "refuses": ("bfloat16",)},
    ),
    Entry(
        "RandomNormal",
        "A normal distribution.",
        {"mean": MEAN, "stddev": STDDEV, "seed": SEED},
        ("random_normal", "normal"),
    ),
    Entry(
        "RandomUniform",
        "A uniform distribution.",
        {
            "minval": Argument(float, -0.05, "lower end of the range"),
            "maxval": Argument(float, 0.05, "upper end of the range"),
            "seed": SEED,
        },
        ("random_uniform", "uniform"),
    ),
    Entry(
        "TruncatedNormal",
        "A normal distribution, cut off two standard deviations from its mean.",
        {"mean": MEAN, "stddev": STDDEV, "seed": SEED},
        ("truncated_normal",),
    ),
    Entry(
        "VarianceScaling",
        "A random distribution whose variance is `scale` divided by the number of inputs, of outputs, or their mean.",
        {
            "scale": Argument(PositiveFloat, 1.0, "variance before it is divided"),
            "mode": Argument(
                Annotated[str, choice("fan_in", "fan_out", "fan_avg")],
                "fan_in",
                "what the variance is divided by: inputs (`fan_in`), outputs (`fan_out`) or their mean (`fan_avg`)",
            ),
            "distribution": Argument(
                Annotated[str, choice("truncated_normal", "untruncated_normal", "uniform", "normal")],
                "truncated_normal",
                "kind of distribution; `normal` is `truncated_normal`",
            ),
            "seed": SEED,
            "input_axes": INPUT_AXES,
            "output_axes": OUTPUT_AXES,
        },
        ("variance_scaling",),
        rule=_both_axes,
    ),
    Entry("Zeros", "All zeros.", {}, ("zeros", "zero")),
)
