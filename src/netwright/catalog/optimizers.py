"""The optimizers: how gradients change variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from netwright.arguments import Fraction, NonNegativeFloat, NonNegativeInt, PositiveFloat, PositiveInt, conflict
from netwright.catalog.families.values import AboveZeroToOne, BelowOne, Patterns, RootScopeName
from netwright.objects import Argument, Entry, Family, LearningRate, ObjectOf

LEFT_OUT = {
    "Optimizer": "the base class",
    "MultiOptimizer": "its patterns are compared with the paths of variables, which only Keras knows; where two "
    "of them fit the same path, the first step of training fails",
    "OptimizerMap": "a part of `MultiOptimizer`",
}

CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")

# Keras takes 0 and negative numbers for a clip, and then does not clip; negative decay makes weights grow without end.
CLIP = PositiveFloat | None
DECAY = NonNegativeFloat | None
WEIGHT_DECAY = Argument(DECAY, None, "share of each weight that is taken away in each step, times the learning rate")
NAME = Argument(RootScopeName, None, "name of the optimizer, a part of its variables' names; null makes one up")
SHARED: dict[str, Argument] = {
    "weight_decay": WEIGHT_DECAY,
    "clipnorm": Argument(CLIP, None, "largest norm of the gradient of one variable"),
    "clipvalue": Argument(CLIP, None, "largest absolute value in a gradient"),
    "global_clipnorm": Argument(CLIP, None, "largest norm of all gradients together"),
    "use_ema": Argument(bool, False, "whether a running mean of each weight is kept, and takes its place in the end"),
    "ema_momentum": Argument(Fraction, 0.99, "share of the running mean that each step keeps"),
    "ema_overwrite_frequency": Argument(
        PositiveInt | None,
        None,
        "number of steps after which the means take the weights' place; null waits for the end",
    ),
    "loss_scale_factor": Argument(
        PositiveFloat | None, None, "factor of the loss, taken out of the gradients again; saves small float16 numbers"
    ),
    "gradient_accumulation_steps": Argument(
        Annotated[int, Field(ge=2)] | None, None, "number of batches whose mean gradient makes one step"
    ),
    "name": NAME,
}

EPSILON = Argument(NonNegativeFloat, 1e-7, "small number that keeps divisions from failing")
# With 1, what divides by 1 minus a power of it divides by zero.
BETA_1 = Argument(BelowOne, 0.9, "share of the running mean of gradients that each step keeps")
BETA_2 = Argument(BelowOne, 0.999, "share of the running mean of squared gradients that each step keeps")
AMSGRAD = Argument(bool, False, "whether the largest running mean so far is used rather than the present one")
START = Argument(NonNegativeFloat, 0.1, "where the sums of squared gradients start")
STRENGTH = "strength of the penalty on"


def _one_clip(one: Any) -> None:
    given = [name for name in CLIPS if getattr(one, name) is not None]
    if len(given) > 1:
        raise conflict(given[-1], f"only one of `{CLIPS[0]}`, `{CLIPS[1]}` and `{CLIPS[2]}` can be set")


def _optimizer(name: str, doc: str, own: Mapping[str, Argument], rate: float = 0.001, *, named: bool = True) -> Entry:
    """An optimizer with the arguments that all have; what is in `own` takes their place."""
    first = {"learning_rate": Argument(LearningRate, rate, "size of a step: a number, or a schedule")}
    aliases = (name.lower(),) if named else ()
    return Entry(name, doc, {**first, **SHARED, **own}, aliases, rule=_one_clip, named=named)


ADAM = {"beta_1": BETA_1, "beta_2": BETA_2, "epsilon": EPSILON}

FAMILY = Family(
    "optimizers",
    "optimizer",
    _optimizer(
        "Adadelta",
        "Steps scaled by the size of recent steps and gradients.",
        {"rho": Argument(Fraction, 0.95, "share of both running means that each step keeps"), "epsilon": EPSILON},
    ),
    _optimizer(
        "Adafactor",
        "Adam with little memory: for matrices, only means over rows and columns are kept.",
        {
            # Above 0, the share that a running mean keeps would be negative.
            "beta_2_decay": Argument(
                Annotated[float, Field(le=0)],
                -0.8,
                "power of the step that says how fast squared gradients are forgotten",
            ),
            "epsilon_1": Argument(NonNegativeFloat, 1e-30, "small number added to squared gradients"),
            "epsilon_2": Argument(NonNegativeFloat, 0.001, "least size of a weight, in scaling its step"),
            "clip_threshold": Argument(PositiveFloat, 1.0, "size of a step from which on it is scaled down"),
            "relative_step": Argument(bool, True, "whether the learning rate falls with the square root of the step"),
        },
    ),
    _optimizer(
        "Adagrad",
        "Smaller steps for what has had large gradients so far.",
        {"initial_accumulator_value": START, "epsilon": EPSILON},
    ),
    _optimizer("Adam", "Running means of gradients, scaled by those of their squares.", {**ADAM, "amsgrad": AMSGRAD}),
    _optimizer(
        "AdamW",
        "Adam with weight decay.",
        {
            **ADAM,
            "amsgrad": AMSGRAD,
            "weight_decay": Argument(NonNegativeFloat, 0.004, WEIGHT_DECAY.doc),
        },
    ),
    _optimizer(
        "Adamax",
        "Adam, scaled by the largest gradient rather than by a mean of squares.",
        {**ADAM, "beta_2": Argument(Fraction, 0.999, "share of the largest gradient so far that each step keeps")},
    ),
    _optimizer(
        "Ftrl",
        "Follow the regularized leader: for models with many sparse features.",
        {
            "learning_rate_power": Argument(
                Annotated[float, Field(le=0)], -0.5, "power with which steps fall over time; 0 keeps them the same"
            ),
            "initial_accumulator_value": START,
            "l1_regularization_strength": Argument(NonNegativeFloat, 0.0, f"{STRENGTH} absolute values"),
            "l2_regularization_strength": Argument(NonNegativeFloat, 0.0, f"{STRENGTH} squares"),
            "l2_shrinkage_regularization_strength": Argument(
                NonNegativeFloat, 0.0, f"{STRENGTH} squares that only shrinks weights with a gradient"
            ),
            "beta": Argument(NonNegativeFloat, 0.0, "number that makes the first steps smaller"),
        },
    ),
    # Keras has forgotten it in the table of names.
    _optimizer("Lamb", "Adam, scaled to the size of each variable: for very large batches.", ADAM, named=False),
    _optimizer(
        "Lion",
        "Steps of one size, in the direction of a running mean of gradients.",
        {
            "beta_1": Argument(AboveZeroToOne, 0.9, "share of the running mean in the direction of a step"),
            "beta_2": Argument(Fraction, 0.99, "share of the running mean that each step keeps"),
        },
    ),
    Entry(
        "LossScaleOptimizer",
        "Another optimizer, with a loss scaled as high as float16 can bear.",
        {
            "inner_optimizer": Argument(
                Annotated[Any, ObjectOf("optimizers", nullable=False, names=False)],
                ...,
                "optimizer that makes the steps",
            ),
            # A scale of 0 divides by zero.
            "initial_scale": Argument(PositiveFloat, 32768.0, "factor of the loss at first"),
            "dynamic_growth_steps": Argument(PositiveInt, 2000, "number of good steps after which the factor doubles"),
            "name": NAME,
        },
    ),
    _optimizer(
        "Muon",
        "Steps for matrices made orthogonal; for all other variables, Adam with weight decay.",
        {
            "adam_beta_1": BETA_1,
            "adam_beta_2": BETA_2,
            "adam_weight_decay": Argument(DECAY, 0.004, "weight decay of what Adam trains"),
            "adam_lr_ratio": Argument(NonNegativeFloat, 1, "learning rate of Adam, as a share of the learning rate"),
            "epsilon": EPSILON,
            "weight_decay": Argument(DECAY, 0.004, "weight decay of what Muon trains"),
            "exclude_layers": Argument(
                Annotated[Any, Patterns()], None, "regular expressions for the paths of variables that Adam trains"
            ),
            "exclude_embeddings": Argument(bool, True, "whether Adam trains what has `embedding` in its path"),
            "muon_a": Argument(float, 3.4445, "factor of the matrix in each iteration"),
            "muon_b": Argument(float, -4.775, "factor of its third power in each iteration"),
            "muon_c": Argument(float, 2.0315, "factor of its fifth power in each iteration"),
            "ns_steps": Argument(NonNegativeInt, 5, "number of iterations that make a step orthogonal"),
            "momentum": Argument(Fraction, 0.95, "share of the running sum of gradients that each step keeps"),
            "nesterov": Argument(bool, True, "whether the gradient counts once more on top of the running sum"),
            "rms_rate": Argument(
                NonNegativeFloat | None, 0.2, "factor that makes steps as large as Adam's; null is none"
            ),
        },
    ),
    _optimizer("Nadam", "Adam with Nesterov momentum.", ADAM),
    _optimizer(
        "RMSprop",
        "Gradients scaled by a running mean of their squares.",
        {
            "rho": Argument(Fraction, 0.9, "share of the running means that each step keeps"),
            # Keras takes negative numbers and ignores them; above 1, steps grow without end.
            "momentum": Argument(Fraction, 0.0, "share of the last step that each step repeats"),
            "epsilon": EPSILON,
            "centered": Argument(bool, False, "whether the variance of gradients is used rather than their squares"),
        },
    ),
    _optimizer(
        "SGD",
        "Steps down the gradient, with momentum if so wished.",
        {
            "momentum": Argument(Fraction, 0.0, "share of the last step that each step repeats"),
            "nesterov": Argument(bool, False, "whether the gradient is taken as if the momentum's step were done"),
        },
        rate=0.01,
    ),
    _optimizer(
        "ScheduleFreeAdamW",
        "Adam that averages the weights instead of lowering the learning rate.",
        {
            # Keras divides by it.
            "beta_1": Argument(AboveZeroToOne, 0.9, "share of the mean of the weights in where gradients are taken"),
            "beta_2": BETA_2,
            "epsilon": Argument(NonNegativeFloat, 1e-8, EPSILON.doc),
            "warmup_steps": Argument(NonNegativeInt, 0, "number of steps in which the learning rate rises"),
        },
        rate=0.0025,
    ),
)
