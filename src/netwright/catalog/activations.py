"""The activations: functions that Keras knows by name. With arguments, an activation is written as a layer."""

from __future__ import annotations

from netwright.objects import Family

LEFT_OUT = {
    "glu": "halves the last axis, which Keras does not see: the shapes that it reports are wrong",
    "threshold": "can't be called without two more arguments",
}

# The operations for each entry that TensorFlow's profiler counts; none for the others. Asked of it by a test.
FLOPS = {
    "celu": 5,
    "gelu": 4,
    "hard_shrink": 1,
    "hard_sigmoid": 2,
    "hard_silu": 3,
    "hard_swish": 3,
    "hard_tanh": 2,
    "log_sigmoid": 2,
    "mish": 1,
    "silu": 2,
    "soft_shrink": 4,
    "softmax": 5,
    "sparse_plus": 5,
    "sparse_sigmoid": 4,
    "sparsemax": 8,
    "squareplus": 4,
    "swish": 2,
    "tanh_shrink": 1,
}

FAMILY = Family(
    "activations",
    "activation",
    functions={
        "celu": "The same as `elu`; they differ only with arguments, which a name has none of.",
        "elu": "Keeps what is positive; below zero it falls exponentially towards -1.",
        "exponential": "e to the power of the input.",
        "gelu": "The input times the share of a normal distribution that lies below it.",
        "hard_shrink": "Zero from -0.5 to 0.5, and the input itself outside.",
        "hard_sigmoid": "A sigmoid of three straight lines: 0 below -3, 1 above 3.",
        "hard_silu": "The input times its hard sigmoid.",
        "hard_swish": "The same as `hard_silu`.",
        "hard_tanh": "The input, cut off at -1 and 1.",
        "leaky_relu": "Keeps what is positive, and a fifth of what is negative.",
        "linear": "The input itself.",
        "log_sigmoid": "The logarithm of the sigmoid.",
        "log_softmax": "The logarithm of the softmax over the last axis.",
        "mish": "The input times the hyperbolic tangent of its softplus.",
        "relu": "Keeps what is positive; zero otherwise.",
        "relu6": "Keeps what is positive, up to 6; zero otherwise.",
        "selu": "An `elu` scaled so that deep chains of layers keep mean 0 and variance 1.",
        "sigmoid": "An S-shaped curve from 0 to 1: the probability of yes, from its log-odds.",
        "silu": "The input times its sigmoid.",
        "soft_shrink": "Half a unit closer to zero; zero from -0.5 to 0.5.",
        "softmax": "Probabilities that sum to 1 over the last axis, from their unnormalized logarithms.",
        "softplus": "A smooth `relu`: the logarithm of 1 + e to the power of the input.",
        "softsign": "The input divided by 1 + its absolute value.",
        "sparse_plus": "A `relu` with a quadratic bend from -1 to 1.",
        "sparse_sigmoid": "A sigmoid of straight lines: 0 below -1, 1 above 1.",
        "sparsemax": "Probabilities that sum to 1 over the last axis, many of them exactly 0.",
        "squareplus": "A smooth `relu` made of a square root.",
        "swish": "The same as `silu`.",
        "tanh": "The hyperbolic tangent: an S-shaped curve from -1 to 1.",
        "tanh_shrink": "The input minus its hyperbolic tangent.",
    },
    # `PReLU` is an activation too, but inside another layer Keras never makes its variables.
    layers=("ELU", "LeakyReLU", "ReLU", "Softmax"),
)
