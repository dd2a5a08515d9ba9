"""Names and arguments of Keras 1, Keras 2 and tf.keras that Keras 3 refuses or ignores: what takes their place.

Loaded when there is a mistake to tell. Names that other libraries have for the same thing are here too.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import NamedTuple


class Legacy(NamedTuple):
    """What takes the place of an old name.

    `now` is the new name, or several of which the first holds that there is; `how` is what to do where a new name is
    not all, or there is none.
    """

    now: tuple[str, ...] = ()
    how: str = ""


class Successor(NamedTuple):
    """What takes the place of one old name where it was written: the new name, if there is one, and the advice."""

    name: str | None
    advice: str


def _now(*names: str) -> Legacy:
    return Legacy(names)


def _how(how: str, *names: str) -> Legacy:
    return Legacy(names, how)


NO_LAYER = "no layer takes its place"
NAMES: dict[str, dict[str, Legacy]] = {
    "layer": {
        "AbstractRNNCell": _how("an `RNN` repeats an `LSTMCell`, a `GRUCell` or a `SimpleRNNCell`"),
        "AtrousConv1D": _how("use `Conv1D` with a `dilation_rate`"),
        "AtrousConv2D": _how("use `Conv2D` with a `dilation_rate`"),
        "AtrousConvolution1D": _how("use `Conv1D` with a `dilation_rate`"),
        "AtrousConvolution2D": _how("use `Conv2D` with a `dilation_rate`"),
        "BatchNormalizationV1": _now("BatchNormalization"),
        "BatchNormalizationV2": _now("BatchNormalization"),
        "CategoryCrossing": _how("use `HashedCrossing`"),
        "CuDNNGRU": _how("use `GRU`, which runs on cuDNN where it can"),
        "CuDNNLSTM": _how("use `LSTM`, which runs on cuDNN where it can"),
        "Deconv2D": _now("Conv2DTranspose"),
        "Deconv3D": _now("Conv3DTranspose"),
        "Deconvolution2D": _now("Conv2DTranspose"),
        "Deconvolution3D": _now("Conv3DTranspose"),
        "DenseFeatures": _how("feature columns are gone: use `CategoryEncoding`, `StringLookup` or `Discretization`"),
        "Highway": _how(f"{NO_LAYER}: build it of `Dense`, `Multiply` and `Add`"),
        "LocallyConnected1D": _how(f"{NO_LAYER}: `Conv1D` has the same weights at all positions"),
        "LocallyConnected2D": _how(f"{NO_LAYER}: `Conv2D` has the same weights at all positions"),
        "MaxoutDense": _how(f"{NO_LAYER}: build it of `Dense`, `Reshape` and the op `max`"),
        "Merge": _how("use `Add`, `Multiply`, `Average`, `Maximum`, `Concatenate` or `Dot`"),
        "PeepholeLSTMCell": _how("use `LSTMCell`, which has no peepholes"),
        "RandomHeight": _how(f"{NO_LAYER}: `RandomZoom` with a `height_factor` keeps the size of the image"),
        "RandomWidth": _how(f"{NO_LAYER}: `RandomZoom` with a `width_factor` keeps the size of the image"),
        "SyncBatchNormalization": _how('use `BatchNormalization` with `"synchronized": true`'),
        "ThresholdedReLU": _how("use `ReLU` with a `threshold`"),
        "TimeDistributedDense": _how("use `Dense`, which works on the last axis whatever comes before"),
    },
    "optimizer": {
        "AdagradOptimizer": _now("Adagrad"),
        "AdamOptimizer": _now("Adam"),
        "AdamWeightDecay": _now("AdamW"),
        "GradientDescentOptimizer": _now("SGD"),
        "Momentum": _how("use `SGD` with `momentum`"),
        "MomentumOptimizer": _how("use `SGD` with `momentum`"),
        "RMSPropOptimizer": _now("RMSprop"),
        "SGDW": _how("use `SGD` with `weight_decay`"),
        "lamb": _how('Keras has no short name of it: write `{"type": "Lamb"}`'),
        "momentum": _how("use `SGD` with `momentum`"),
    },
    "loss": {
        "cosine": _now("cosine_similarity"),
        "cosine_proximity": _now("cosine_similarity"),
        "huber_loss": _now("huber"),
        "kullback_leibler_divergence": _now("kl_divergence"),
        "log_loss": _now("binary_crossentropy"),
        "logcosh": _now("log_cosh"),
        "logloss": _now("binary_crossentropy"),
    },
    "metric": {
        "auroc": _now("AUC"),
        "cosine": _now("cosine_similarity"),
        "cosine_proximity": _now("cosine_similarity"),
        "f1": _now("F1Score"),
        "f1score": _now("F1Score"),
        "f_score": _how("use `F1Score`, or `FBetaScore` with a `beta`"),
        "fbeta_score": _now("FBetaScore"),
        "fmeasure": _how("use `F1Score`, or `FBetaScore` with a `beta`"),
        "iou": _how("use `BinaryIoU`, `IoU`, `MeanIoU`, `OneHotIoU` or `OneHotMeanIoU`"),
        "kullback_leibler_divergence": _now("kl_divergence"),
        "logcosh": _now("log_cosh_error"),
        "mean_iou": _how("use `MeanIoU`, or `OneHotMeanIoU` where labels are one-hot"),
        "r2": _now("R2Score"),
        "rmse": _now("root_mean_squared_error"),
        "roc_auc": _now("AUC"),
        "top_k_accuracy": _now("top_k_categorical_accuracy"),
    },
    "initializer": {
        "const": _how('write `{"type": "Constant", "value": 0.5}`'),
        "constant": _how('write `{"type": "Constant", "value": 0.5}`'),
        "kaiming_normal": _now("he_normal"),
        "kaiming_uniform": _now("he_uniform"),
        "lecun": _how("use `lecun_normal` or `lecun_uniform`"),
        "xavier": _how("use `glorot_normal` or `glorot_uniform`"),
        "xavier_normal": _now("glorot_normal"),
        "xavier_uniform": _now("glorot_uniform"),
    },
    "regularizer": {
        "l1_l2": _now("L1L2"),
        "WeightRegularizer": _how("use `L1`, `L2` or `L1L2`"),
    },
    "constraint": {
        "maxnorm": _now("max_norm"),
        "nonneg": _now("non_neg"),
        "unitnorm": _now("unit_norm"),
    },
    "activation": {
        "prelu": _how("it has weights: make the layer `PReLU` a node of its own"),
        "thresholded_relu": _how('write `{"type": "ReLU", "threshold": 1.0}`'),
    },
}

INPUT_SHAPE = _how("the `shape` under `inputs` says it, for the whole network")
LENGTH = _how("remove it: the `shape` under `inputs` says the length")
BATCH_SIZE = _how("the `batch_size` under `inputs` says it, where it is fixed")
KERNEL_SIZE = _how("Keras 3 has one `kernel_size` for all axes: `[rows, columns]`", "kernel_size")
ALWAYS = _how("remove it: Keras 3 chooses by itself")
GONE = _how("remove it: Keras 3 has nothing like it")
NO_NESTEROV = _how("`Nadam` is Adam with it; `SGD` has it as an argument")
FALLING = _how("make the `learning_rate` a schedule: `InverseTimeDecay`, with this as `decay_rate` and `decay_steps` 1")

# Arguments by the family of what has them; with the class before a dot where only that has it.
ARGUMENTS: dict[str, dict[str, Legacy]] = {
    "layers": {
        "Attention.causal": _how('say it in `call`: `{"use_causal_mask": true}`'),
        "AdditiveAttention.causal": _how('say it in `call`: `{"use_causal_mask": true}`'),
        "BatchNormalization.fused": ALWAYS,
        "BatchNormalization.mode": GONE,
        "BatchNormalization.virtual_batch_size": GONE,
        "CategoryEncoding.max_tokens": _now("num_tokens"),
        "Embedding.input_length": LENGTH,
        "ReversibleEmbedding.input_length": LENGTH,
        "LeakyReLU.alpha": _now("negative_slope"),
        "W_constraint": _now("kernel_constraint", "embeddings_constraint"),
        "W_regularizer": _now("kernel_regularizer", "embeddings_regularizer"),
        "U_regularizer": _now("recurrent_regularizer"),
        "atrous_rate": _now("dilation_rate"),
        "b_constraint": _now("bias_constraint"),
        "b_regularizer": _now("bias_regularizer"),
        "batch_input_shape": INPUT_SHAPE,
        "batch_shape": INPUT_SHAPE,
        "batch_size": BATCH_SIZE,
        "beta_init": _now("beta_initializer"),
        "bias": _now("use_bias"),
        "border_mode": _now("padding"),
        "consume_less": ALWAYS,
        "dim_ordering": _how('write `data_format`: "tf" is "channels_last", "th" is "channels_first"', "data_format"),
        "dropout_U": _now("recurrent_dropout"),
        "dropout_W": _now("dropout"),
        "filter_length": _now("kernel_size"),
        "forget_bias_init": _how('`unit_forget_bias` is true where it was "one"', "unit_forget_bias"),
        "gamma_init": _now("gamma_initializer"),
        "implementation": ALWAYS,
        "init": _now("kernel_initializer", "embeddings_initializer"),
        "inner_activation": _now("recurrent_activation"),
        "inner_init": _now("recurrent_initializer"),
        "input_dim": INPUT_SHAPE,
        "input_dtype": _how("the `dtype` under `inputs` says it"),
        "input_length": INPUT_SHAPE,
        "input_shape": INPUT_SHAPE,
        "keep_dims": _now("keepdims"),
        "nb_filter": _now("filters"),
        "nb_col": KERNEL_SIZE,
        "nb_row": KERNEL_SIZE,
        "output_dim": _now("units"),
        "p": _now("rate"),
        "pool_length": _now("pool_size"),
        "sigma": _now("stddev"),
        "stride": _now("strides"),
        "subsample": _now("strides"),
        "subsample_length": _now("strides"),
        "time_major": _how("remove it: the batch axis is always the first"),
    },
    "optimizers": {
        "Adagrad.nesterov": GONE,
        "Adadelta.nesterov": GONE,
        "decay": FALLING,
        "lr": _now("learning_rate"),
        "momentum": _how("here `beta_1` is the momentum", "beta_1"),
        "nesterov": NO_NESTEROV,
        "schedule_decay": GONE,
    },
    "initializers": {"scale": _now("gain")},
    "regularizers": {"L1.l": _now("l1"), "L2.l": _now("l2")},
    "constraints": {"MaxNorm.m": _now("max_value")},
}

# Words that an argument once took.
VALUES: dict[str, dict[str, str]] = {
    "data_format": {"tf": "channels_last", "th": "channels_first"},
    "output_mode": {"binary": "multi_hot"},
    "reduction": {"auto": "sum_over_batch_size"},
}


def name(noun: str, written: str, choices: Container[str]) -> Successor | None:
    """What takes the place of an object or layer; `choices` are the names that there are."""
    return _successor(NAMES.get(noun, {}).get(written), choices)


def argument(family: str, owner: str, written: str, choices: Container[str]) -> Successor | None:
    """What takes the place of an argument of `owner`; `choices` are the arguments that it has."""
    known: Mapping[str, Legacy] = ARGUMENTS.get(family, {})
    return _successor(known.get(f"{owner}.{written}", known.get(written)), choices)


def value(argument: str, written: str, choices: Container[object]) -> str | None:
    """The word that takes the place of another one; `choices` are those that there are."""
    found = VALUES.get(argument, {}).get(written)
    return found if found in choices else None


def _successor(found: Legacy | None, choices: Container[str]) -> Successor | None:
    if found is None:
        return None
    now = next((one for one in found.now if one in choices), None)
    if found.now and now is None:
        return None
    return Successor(now, found.how or f"Keras 3 calls it `{now}`")
