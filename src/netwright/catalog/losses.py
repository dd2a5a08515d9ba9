"""The losses: what training makes small.

Facts of a loss, for checks:
    target: how the labels relate to the output.
        `elements`: the same shape, a number for each.
        `one_hot`: the same shape, the last axis being the probabilities of the classes.
        `indices`: the shape of the output without its last axis (or with 1 there); the number of the right class.
        `labels`: one integer for each sample; samples with the same one belong together.
        `sequences`: a list of class numbers for each sample, of any length, 0 where it has ended.
    rank, most_rank: the least (1 if not said) and the largest number of axes of the output, with the batch axis.
    constant: true if the loss does not depend on an output whose last axis has size 1, or can't be computed for it.
    column: false if `indices` must not have a last axis of size 1, which Keras would broadcast without a word.
    strict: true if Keras refuses labels of other sizes than the output's, where it else broadcasts sizes of 1.
    wants: what numbers of the output make sense, unless `from_logits` is true: `probabilities`; `shares`, the
        same, though Keras only makes the best of others; or `positive` ones.
    made_by: the activation that Keras takes the output to end in.
    regression: true if labels and outputs are quantities, not classes.
    lost: the arguments that Keras leaves out of a saved model, which then has their defaults.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from netwright.arguments import Fraction, NonNegativeFloat, Policy, PositiveFloat, choice
from netwright.catalog.families.values import LastAxis, Numbers, OptionalAxes, OptionalScopeName
from netwright.objects import Argument, Entry, Family

LEFT_OUT = {
    "Loss": "the base class",
    "LossFunctionWrapper": "takes a function",
}

REDUCTIONS = ("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none", None)
REDUCTION = Argument(
    Annotated[Any, choice(*REDUCTIONS)],
    "sum_over_batch_size",
    "how the losses of a batch become one: their mean (`sum_over_batch_size`, `mean`), their sum, or the mean by "
    "sample weights; `none` or null keeps them apart, and training then follows their sum",
)
# Keras takes integer types too, and then compares rounded numbers, which have no gradient.
DTYPE = Argument(Policy, None, "type to compute in; null takes the default float type")

FROM_LOGITS = Argument(bool, False, "whether the output holds unnormalized logarithms rather than probabilities")
LABEL_SMOOTHING = Argument(Fraction, 0.0, "share of each label that is spread evenly over all classes")
MEAN_AXIS = Argument(OptionalAxes, -1, "axis or axes of which the mean is taken first; null takes all at once")
CLASS_AXIS = Argument(int, -1, "axis of the classes")
SUM_AXIS = Argument(OptionalAxes, None, "axis or axes of one overlap; null takes the whole batch as one")
# Below zero, these make the loss reward mistakes; Keras takes them.
GAMMA = Argument(NonNegativeFloat, 2.0, "how strongly predictions that are right already are left out of account")


def _loss(
    name: str,
    doc: str,
    *aliases: str,
    called: str = "",
    named: bool = True,
    facts: dict[str, Any],
    **arguments: Argument,
) -> Entry:
    """A loss with the arguments that all have. `called` is its default name, if not the first alias."""
    label = Argument(OptionalScopeName, called or aliases[0], "name of the loss, seen in the graph and in traces")
    shared = {"reduction": REDUCTION, "name": label, "dtype": DTYPE}
    lost = (*facts.get("lost", ()), "dtype")
    return Entry(name, doc, {**arguments, **shared}, aliases, {**facts, "lost": lost}, named=named)


PROBABILITIES = {"wants": "probabilities"}
EACH = {**PROBABILITIES, "made_by": "sigmoid"}
TOGETHER = {**PROBABILITIES, "made_by": "softmax"}
ELEMENTS = {"target": "elements"}
QUANTITIES = {**ELEMENTS, "regression": True}
ONE_HOT = {"target": "one_hot", "rank": 2}
CLASSES = {"target": "one_hot", "rank": 2, "constant": True, **TOGETHER}
INDICES = {"target": "indices", "rank": 2, "constant": True, **TOGETHER}

# Names for which Keras chooses: for an output with one unit, for labels of lower rank than the output, otherwise.
BY_SHAPE = dict.fromkeys(
    ("crossentropy", "ce"), ("BinaryCrossentropy", "SparseCategoricalCrossentropy", "CategoricalCrossentropy")
)

FAMILY = Family(
    "losses",
    "loss",
    _loss(
        "BinaryCrossentropy",
        "The surprise at yes-or-no labels, each with a probability of its own.",
        "binary_crossentropy",
        "bce",
        "BCE",
        facts={**ELEMENTS, **EACH, "strict": True},
        from_logits=FROM_LOGITS,
        label_smoothing=LABEL_SMOOTHING,
        axis=MEAN_AXIS,
    ),
    _loss(
        "BinaryFocalCrossentropy",
        "A binary cross-entropy in which hard samples count for more.",
        "binary_focal_crossentropy",
        facts={**ELEMENTS, **EACH, "strict": True},
        apply_class_balancing=Argument(bool, False, "whether yes and no are weighted by `alpha`"),
        alpha=Argument(Fraction, 0.25, "weight of yes; no has what is left of 1"),
        gamma=GAMMA,
        from_logits=FROM_LOGITS,
        label_smoothing=LABEL_SMOOTHING,
        axis=MEAN_AXIS,
    ),
    _loss(
        "CTC",
        "How unlikely a sequence of labels is when nobody says which step of the output each label belongs to.",
        "ctc",
        facts={"target": "sequences", "rank": 3, "most_rank": 3, "constant": True},
    ),
    _loss(
        "CategoricalCrossentropy",
        "The surprise at the right class, the labels being probabilities of all classes.",
        "categorical_crossentropy",
        facts={**CLASSES, "strict": True},
        from_logits=FROM_LOGITS,
        label_smoothing=LABEL_SMOOTHING,
        axis=CLASS_AXIS,
    ),
    _loss(
        "CategoricalFocalCrossentropy",
        "A categorical cross-entropy in which hard samples count for more.",
        "categorical_focal_crossentropy",
        facts=CLASSES,
        alpha=Argument(Annotated[Any, Numbers(minimum=0)], 0.25, "weight of every class, or one for each"),
        gamma=GAMMA,
        from_logits=FROM_LOGITS,
        label_smoothing=LABEL_SMOOTHING,
        axis=CLASS_AXIS,
    ),
    _loss(
        "CategoricalGeneralizedCrossEntropy",
        "Between cross-entropy and mean absolute error: wrong labels in the data do less harm.",
        called="categorical_generalized_cross_entropy",
        named=False,
        facts={"target": "indices", "rank": 2, "column": False, "constant": True, **TOGETHER},
        q=Argument(
            Annotated[float, Field(gt=0, lt=1)], 0.5, "near 0 it is like cross-entropy, near 1 like absolute error"
        ),
    ),
    _loss(
        "CategoricalHinge",
        "How far the right class is from leading the others by 1.",
        "categorical_hinge",
        facts=ONE_HOT,
    ),
    _loss(
        "Circle",
        "How far samples with the same label are apart, and others close, in outputs of length 1.",
        "circle",
        facts={"target": "labels", "rank": 2, "most_rank": 2},
        gamma=Argument(PositiveFloat, 80.0, "how sharply close and distant pairs are told apart"),
        margin=Argument(Fraction, 0.4, "how close a pair must be, or not be, to be left alone"),
        remove_diagonal=Argument(bool, True, "whether no sample is compared with itself"),
    ),
    _loss(
        "CosineSimilarity",
        "The cosine between label and output, negated: -1 where they point the same way.",
        "cosine_similarity",
        facts={"target": "elements", "constant": True, "lost": ("axis",)},
        axis=Argument(OptionalAxes, -1, "axis or axes that hold a vector; null takes the whole batch as one"),
    ),
    _loss(
        "Dice",
        "1 minus twice the overlap of label and output, divided by their sum.",
        "dice",
        facts={**ELEMENTS, "wants": "shares"},
        axis=SUM_AXIS,
    ),
    _loss(
        "Hinge",
        "How far the output is from 1 on the side of the label, which is -1 or 1 (0 is read as -1).",
        "hinge",
        facts=ELEMENTS,
    ),
    _loss(
        "Huber",
        "Squared for small errors and straight for large ones, so that outliers count for less.",
        "huber",
        called="huber_loss",
        facts={**QUANTITIES, "lost": ("delta",)},
        # Keras takes 0, which is a loss of zero, and negative numbers, which reward errors.
        delta=Argument(PositiveFloat, 1.0, "error from which on the loss is straight"),
    ),
    _loss(
        "KLDivergence",
        "How much is lost by taking the output for the distribution in the labels.",
        "kl_divergence",
        "kld",
        "KLD",
        facts={**ONE_HOT, "wants": "shares"},
    ),
    _loss(
        "LogCosh", "Squared for small errors and straight for large ones, without a kink.", "log_cosh", facts=QUANTITIES
    ),
    _loss("MeanAbsoluteError", "The error without its sign.", "mean_absolute_error", "mae", "MAE", facts=QUANTITIES),
    _loss(
        "MeanAbsolutePercentageError",
        "The error as a percentage of the label.",
        "mean_absolute_percentage_error",
        "mape",
        "MAPE",
        facts=QUANTITIES,
    ),
    _loss("MeanSquaredError", "The square of the error.", "mean_squared_error", "mse", "MSE", facts=QUANTITIES),
    _loss(
        "MeanSquaredLogarithmicError",
        "The squared difference of the logarithms, after adding 1: it compares orders of magnitude.",
        "mean_squared_logarithmic_error",
        "msle",
        "MSLE",
        facts=QUANTITIES,
    ),
    _loss(
        "Poisson",
        "The surprise at a count, the output being the count expected.",
        "poisson",
        facts={**QUANTITIES, "wants": "positive"},
    ),
    _loss(
        "SparseCategoricalCrossentropy",
        "The surprise at the right class, the labels being class numbers.",
        "sparse_categorical_crossentropy",
        facts={**INDICES, "lost": ("axis",)},
        from_logits=FROM_LOGITS,
        ignore_class=Argument(int | None, None, "label that is left out of account; null leaves out none"),
        axis=Argument(LastAxis, -1, "axis of the classes, which must be the last"),
    ),
    _loss("SquaredHinge", "The square of the hinge.", "squared_hinge", facts=ELEMENTS),
    _loss(
        "Tversky",
        "1 minus the overlap of label and output, with weights for what only one of them has.",
        "tversky",
        facts={**ELEMENTS, "wants": "shares"},
        alpha=Argument(NonNegativeFloat, 0.5, "weight of what only the label has"),
        beta=Argument(NonNegativeFloat, 0.5, "weight of what only the output has"),
        axis=SUM_AXIS,
    ),
    functions={
        "crossentropy": "The cross-entropy that suits the shapes of output and labels: binary, sparse or categorical.",
        "ce": "The same as `crossentropy`.",
    },
)
