"""The metrics: what is measured beside the loss.

The facts of a metric are named and meant as those of a loss, with some more:
    constant_without: the argument without which the metric is `constant`.
    same_rank: true if labels and output must have the same number of axes, where others add or drop one of size 1.
    as_given: true if it adds or drops no axis of labels or outputs that have more than two.
    dtype: the only type of outputs that it takes, whatever its own is.
    mixes: true if on several classes it takes each as a question of its own.
    accuracy: true if it counts right answers.
`IoU` and `MeanIoU` have no `target`: whether labels and output are class numbers or have an axis of classes is what
their arguments `sparse_y_true` and `sparse_y_pred` say.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from netwright.arguments import Fraction, Policy, PositiveFloat, PositiveInt, choice, conflict
from netwright.catalog.families.values import AboveZeroToOne, Axes, LastAxis, Numbers, OptionalAxes, Text
from netwright.objects import Argument, Entry, Family

LEFT_OUT = {
    "Metric": "the base class",
    "MeanMetricWrapper": "takes a function",
    "Mean": "a mean of values, not of labels and outputs: it fails when a model calls it",
    "Sum": "a sum of values, not of labels and outputs: it fails when a model calls it",
    "AUC.label_weights": "Keras saves a model that has it, but can't load it",
    "R2Score.num_regressors": "anything but 0 fails when a model calls it, unless it runs eagerly",
}

DTYPE = Argument(Policy, None, "type to count in; null takes the default float type")
# Smaller integers overflow after a few batches, and Keras does not say so.
COUNTS = Argument(
    Annotated[Any, choice("int", "int32", "int64", "float16", "bfloat16", "float32", "float64", None)],
    None,
    "type to count in; null takes integers",
)
LABEL = "name of the metric in logs and histories"
Name = Annotated[Any, Text(r".+", "a name")]

FROM_LOGITS = Argument(bool, False, "whether the output holds unnormalized logarithms rather than probabilities")
LABEL_SMOOTHING = Argument(Fraction, 0, "share of each label that is spread evenly over all classes")
AXIS = Argument(Axes, -1, "axis along which labels and outputs are compared")
LAST = Argument(LastAxis, -1, "axis of the classes, which must be the last")
# The result sums over this axis too, and has one axis only: Keras fails with all but the first and the last.
IOU_AXIS = Argument(Annotated[int, Field(ge=-1, le=-1)], -1, "axis of the classes, which must be the last")
IGNORE = Argument(int | None, None, "label that is left out of account; null leaves out none")
CLASSES = Argument(PositiveInt, ..., "number of classes")
TARGETS = Annotated[Any, Numbers(minimum=0, whole=True, scalar=False)]
SPARSE_TRUE = Argument(bool, True, "whether labels are class numbers rather than one-hot")
SPARSE_PRED = "whether outputs are class numbers rather than probabilities"
THRESHOLDS = Argument(
    Annotated[Any, Numbers(minimum=0, maximum=1, nullable=True)],
    None,
    "probability above which the answer is yes, or several, each counted; null is 0.5",
)
TOP_K = Argument(PositiveInt | None, None, "number of largest outputs that are taken as yes, in place of a threshold")
CLASS_ID = Argument(int | None, None, "class that is looked at alone; null looks at all")
NUM_THRESHOLDS = Argument(PositiveInt, 200, "number of thresholds that are tried")
TOP = Argument(PositiveInt, 5, "how many of the largest outputs may hold the right class")
THRESHOLD = Argument(
    AboveZeroToOne | None, None, "output above which the answer is yes; null says yes to the largest output only"
)
AVERAGE = Argument(
    Annotated[Any, choice("micro", "macro", "weighted", None)],
    None,
    "how the scores of the classes become one: from all counts together, as their mean, or as their mean weighted by "
    "frequency; null keeps them apart",
)

ELEMENTS = {"target": "elements"}
# Thresholds are numbers from 0 to 1.
ANSWERS = {**ELEMENTS, "wants": "probabilities", "strict": True}
ALONG = {"target": "elements", "constant": True}
MATRIX = {"target": "elements", "rank": 2, "most_rank": 2}
SCORES = {**MATRIX, "constant_without": "threshold", "same_rank": True}
ONE_HOT = {"target": "one_hot", "rank": 2}
CHOICE = {"target": "one_hot", "rank": 2, "constant": True}
INDICES = {"target": "indices", "rank": 2, "constant": True}

# Names for which Keras chooses: for an output with one unit, for labels of lower rank than the output, otherwise.
BY_SHAPE = dict.fromkeys(
    ("accuracy", "acc", "Accuracy"), ("BinaryAccuracy", "SparseCategoricalAccuracy", "CategoricalAccuracy")
)


def _metric(
    name: str,
    doc: str,
    *aliases: str,
    facts: dict[str, Any],
    called: str | None = "",
    dtype: Argument = DTYPE,
    rule: Any = None,
    **arguments: Argument,
) -> Entry:
    """A metric with the arguments that all have. `called` is its default name, if not the first alias."""
    label = Argument(Name, aliases[0] if called == "" else called, LABEL + ("" if called else "; null makes one up"))
    return Entry(name, doc, {**arguments, "name": label, "dtype": dtype}, aliases, facts, rule)


def _counter(name: str, doc: str, alias: str) -> Entry:
    return _metric(name, doc, alias, facts=ANSWERS, called=None, thresholds=THRESHOLDS)


def _at(name: str, doc: str, given: str) -> Entry:
    """The best of one rate among the thresholds where another is at least `given`."""
    value = Argument(Fraction, ..., f"least {given}")
    shared = {"num_thresholds": NUM_THRESHOLDS, "class_id": CLASS_ID}
    return _metric(name, doc, facts=ANSWERS, called=None, **{given: value}, **shared)


def _labels_wanted(one: Any) -> None:
    if one.num_labels is not None and not one.multi_label:
        raise conflict("num_labels", "`num_labels` needs `multi_label` to be true")


def _known_classes(one: Any) -> None:
    if max(one.target_class_ids) >= one.num_classes:
        text = f"there is no class {max(one.target_class_ids)} among {one.num_classes}, counted from 0"
        raise conflict("target_class_ids", text)


FAMILY = Family(
    "metrics",
    "metric",
    _metric(
        "AUC",
        "The area under a curve of two rates, over all thresholds: how well yes and no are told apart.",
        "auc",
        called=None,
        facts={**ANSWERS, "mixes": True},
        rule=_labels_wanted,
        num_thresholds=Argument(Annotated[int, Field(ge=2)], 200, "number of thresholds, evenly spread"),
        curve=Argument(
            Annotated[str, choice("ROC", "PR", "PRGAIN", "roc", "pr", "prgain")],
            "ROC",
            "rates of the curve: true and false positives (`ROC`), precision and recall (`PR`), or their gains",
        ),
        summation_method=Argument(
            Annotated[
                str,
                choice("interpolation", "minoring", "majoring", "Interpolation", "Minoring", "Majoring"),
            ],
            "interpolation",
            "height between two thresholds: in between, the lower or the higher",
        ),
        thresholds=Argument(
            Annotated[Any, Numbers(minimum=0, maximum=1, scalar=False, nullable=True)],
            None,
            "thresholds between 0 and 1, in place of evenly spread ones",
        ),
        multi_label=Argument(bool, False, "whether each label has an area of its own, of which the mean is taken"),
        num_labels=Argument(PositiveInt | None, None, "number of labels, with `multi_label`; null takes the output's"),
        from_logits=FROM_LOGITS,
    ),
    # As a name, `Accuracy` stands for something else: see BY_SHAPE.
    Entry(
        "Accuracy",
        "How often the output is exactly the label.",
        {"name": Argument(Name, "accuracy", LABEL), "dtype": DTYPE},
        facts=ELEMENTS,
        named=False,
    ),
    _metric(
        "BinaryAccuracy",
        "How often a yes or no is right.",
        "binary_accuracy",
        facts={**ELEMENTS, "wants": "probabilities", "mixes": True, "accuracy": True},
        threshold=Argument(float, 0.5, "output above which the answer is yes"),
    ),
    _metric(
        "BinaryCrossentropy",
        "The surprise at yes-or-no labels.",
        "binary_crossentropy",
        "bce",
        "BCE",
        facts={**ELEMENTS, "same_rank": True, "strict": True, "wants": "probabilities"},
        from_logits=FROM_LOGITS,
        label_smoothing=LABEL_SMOOTHING,
    ),
    _metric(
        "BinaryIoU",
        "The overlap of labels and answers of yes and no, divided by their union.",
        "binary_io_u",
        called=None,
        facts=ANSWERS,
        dtype=COUNTS,
        target_class_ids=Argument(
            Annotated[Any, Numbers(minimum=0, maximum=1, whole=True, scalar=False)],
            (0, 1),
            "classes of which the mean is taken: 0 is no, 1 is yes",
        ),
        threshold=Argument(float, 0.5, "output from which on the answer is yes"),
    ),
    _metric(
        "CategoricalAccuracy",
        "How often the largest output is that of the right class, the labels being one-hot.",
        "categorical_accuracy",
        facts={**CHOICE, "accuracy": True, "as_given": True},
    ),
    _metric(
        "CategoricalCrossentropy",
        "The surprise at the right class, the labels being probabilities of all classes.",
        "categorical_crossentropy",
        facts={**CHOICE, "same_rank": True, "strict": True, "wants": "probabilities"},
        from_logits=FROM_LOGITS,
        label_smoothing=LABEL_SMOOTHING,
        axis=Argument(int, -1, "axis of the classes"),
    ),
    _metric(
        "CategoricalHinge",
        "How far the right class is from leading the others by 1.",
        "categorical_hinge",
        facts={**ONE_HOT, "as_given": True},
    ),
    _metric(
        "ConcordanceCorrelation",
        "How closely labels and outputs agree, in shape, place and scale.",
        "concordance_correlation",
        facts=ALONG,
        axis=AXIS,
    ),
    _metric(
        "CosineSimilarity",
        "The cosine between label and output: 1 where they point the same way.",
        "cosine_similarity",
        facts={**ALONG, "lost": ("axis",)},
        axis=Argument(OptionalAxes, -1, "axis or axes that hold a vector; null takes the whole batch as one"),
    ),
    _metric(
        "F1Score",
        "The harmonic mean of precision and recall.",
        "f1_score",
        facts=SCORES,
        average=AVERAGE,
        threshold=THRESHOLD,
    ),
    _metric(
        "FBetaScore",
        "A mean of precision and recall, with recall `beta` times as important.",
        "f_beta_score",
        called="fbeta_score",
        facts=SCORES,
        average=AVERAGE,
        beta=Argument(PositiveFloat, 1.0, "how many times as important recall is"),
        threshold=THRESHOLD,
    ),
    _counter("FalseNegatives", "How many are yes by their label, and were answered no.", "false_negatives"),
    _counter("FalsePositives", "How many are no by their label, and were answered yes.", "false_positives"),
    _metric(
        "Hinge",
        "How far the output is from 1 on the side of the label, which is -1 or 1 (0 is read as -1).",
        "hinge",
        facts={**ELEMENTS, "as_given": True},
    ),
    _metric(
        "IoU",
        "The overlap of labels and answers of some classes, divided by their union.",
        called=None,
        facts={},
        dtype=COUNTS,
        rule=_known_classes,
        num_classes=CLASSES,
        target_class_ids=Argument(TARGETS, ..., "classes of which the mean is taken"),
        ignore_class=IGNORE,
        sparse_y_true=SPARSE_TRUE,
        sparse_y_pred=Argument(bool, True, SPARSE_PRED),
        axis=IOU_AXIS,
    ),
    _metric(
        "KLDivergence",
        "How much is lost by taking the output for the distribution in the labels.",
        "kl_divergence",
        facts={**ONE_HOT, "as_given": True},
    ),
    _metric(
        "LogCoshError",
        "Squared for small errors and straight for large ones, without a kink.",
        "log_cosh_error",
        called="logcosh",
        facts=ELEMENTS,
    ),
    _metric("MeanAbsoluteError", "The error without its sign.", "mean_absolute_error", "mae", "MAE", facts=ELEMENTS),
    _metric(
        "MeanAbsolutePercentageError",
        "The error as a percentage of the label.",
        "mean_absolute_percentage_error",
        "mape",
        "MAPE",
        facts=ELEMENTS,
    ),
    _metric(
        "MeanIoU",
        "The overlap of labels and answers, divided by their union, as a mean over all classes.",
        called=None,
        facts={},
        dtype=COUNTS,
        num_classes=CLASSES,
        ignore_class=IGNORE,
        sparse_y_true=SPARSE_TRUE,
        sparse_y_pred=Argument(bool, True, SPARSE_PRED),
        axis=IOU_AXIS,
    ),
    _metric("MeanSquaredError", "The square of the error.", "mean_squared_error", "mse", "MSE", facts=ELEMENTS),
    _metric(
        "MeanSquaredLogarithmicError",
        "The squared difference of the logarithms, after adding 1: it compares orders of magnitude.",
        "mean_squared_logarithmic_error",
        "msle",
        "MSLE",
        facts=ELEMENTS,
    ),
    _metric(
        "OneHotIoU",
        "The overlap of one-hot labels and answers of some classes, divided by their union.",
        called=None,
        facts={**CHOICE, "as_given": True},
        dtype=COUNTS,
        rule=_known_classes,
        num_classes=CLASSES,
        target_class_ids=Argument(TARGETS, ..., "classes of which the mean is taken"),
        ignore_class=IGNORE,
        sparse_y_pred=Argument(bool, False, SPARSE_PRED),
        axis=IOU_AXIS,
    ),
    _metric(
        "OneHotMeanIoU",
        "The overlap of one-hot labels and answers, divided by their union, as a mean over all classes.",
        called=None,
        facts={**CHOICE, "as_given": True},
        dtype=COUNTS,
        num_classes=CLASSES,
        ignore_class=IGNORE,
        sparse_y_pred=Argument(bool, False, SPARSE_PRED),
        axis=IOU_AXIS,
    ),
    _metric(
        "PearsonCorrelation",
        "How closely labels and outputs lie on a line, as a number from -1 to 1.",
        "pearson_correlation",
        facts=ALONG,
        axis=AXIS,
    ),
    _metric(
        "Poisson",
        "The surprise at a count, the output being the count expected.",
        "poisson",
        facts={**ELEMENTS, "as_given": True},
    ),
    _metric(
        "Precision",
        "How many of those answered yes are yes by their label.",
        "precision",
        facts=ANSWERS,
        called=None,
        thresholds=THRESHOLDS,
        top_k=TOP_K,
        class_id=CLASS_ID,
    ),
    _at("PrecisionAtRecall", "The best precision among the thresholds where the recall is high enough.", "recall"),
    _metric(
        "R2Score",
        "The share of the labels' variance that the output explains.",
        "r2_score",
        facts=MATRIX,
        class_aggregation=Argument(
            Annotated[Any, choice("uniform_average", "variance_weighted_average", None)],
            "uniform_average",
            "how the scores of the columns become one: as their mean, or weighted by variance; null keeps them apart",
        ),
    ),
    _metric(
        "Recall",
        "How many of those that are yes by their label were answered yes.",
        "recall",
        facts=ANSWERS,
        called=None,
        thresholds=THRESHOLDS,
        top_k=TOP_K,
        class_id=CLASS_ID,
    ),
    _at("RecallAtPrecision", "The best recall among the thresholds where the precision is high enough.", "precision"),
    _metric("RootMeanSquaredError", "The root of the mean squared error.", "root_mean_squared_error", facts=ELEMENTS),
    _at(
        "SensitivityAtSpecificity",
        "The best rate of true positives among the thresholds where that of true negatives is high enough.",
        "specificity",
    ),
    _metric(
        "SparseCategoricalAccuracy",
        "How often the largest output is that of the right class, the labels being class numbers.",
        "sparse_categorical_accuracy",
        facts={**INDICES, "accuracy": True},
    ),
    _metric(
        "SparseCategoricalCrossentropy",
        "The surprise at the right class, the labels being class numbers.",
        "sparse_categorical_crossentropy",
        facts={**INDICES, "wants": "probabilities"},
        from_logits=FROM_LOGITS,
        ignore_class=IGNORE,
        axis=LAST,
    ),
    _metric(
        "SparseTopKCategoricalAccuracy",
        "How often the right class is among the largest outputs, the labels being class numbers.",
        "sparse_top_k_categorical_accuracy",
        facts={**INDICES, "dtype": "float32"},
        k=TOP,
        from_sorted_ids=Argument(bool, False, "whether outputs are class numbers, the likeliest first"),
    ),
    _at(
        "SpecificityAtSensitivity",
        "The best rate of true negatives among the thresholds where that of true positives is high enough.",
        "sensitivity",
    ),
    _metric("SquaredHinge", "The square of the hinge.", "squared_hinge", facts={**ELEMENTS, "as_given": True}),
    _metric(
        "TopKCategoricalAccuracy",
        "How often the right class is among the largest outputs, the labels being one-hot.",
        "top_k_categorical_accuracy",
        facts={**CHOICE, "same_rank": True, "dtype": "float32"},
        k=TOP,
    ),
    _counter("TrueNegatives", "How many are no by their label, and were answered no.", "true_negatives"),
    _counter("TruePositives", "How many are yes by their label, and were answered yes.", "true_positives"),
    functions={
        "accuracy": "How often the output is right, in the sense that suits its shape: binary, sparse or categorical.",
        "acc": "The same as `accuracy`.",
        "Accuracy": "The same as `accuracy`: only as an object is it the class of this name.",
    },
)
