"""Sentences about arguments that many layers have. A layer's docstring says what is its own, or different."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "activation": "function applied to the output; null applies none",
    "bias_constraint": "rule that training must keep for the bias",
    "bias_initializer": "how the bias starts",
    "bias_regularizer": "penalty on the bias, added to the loss",
    "data_format": "where the channels are: last, or right after the batch axis; null is `channels_last`",
    "depth_multiplier": "number of filters for each input channel",
    "depthwise_constraint": "rule that training must keep for the kernel of the spatial axes",
    "depthwise_initializer": "how the kernel of the spatial axes starts",
    "depthwise_regularizer": "penalty on the kernel of the spatial axes, added to the loss",
    "dilation_rate": "distance between the entries of the kernel on each spatial axis; 1 leaves no gaps",
    "filters": "number of output channels",
    "groups": "number of groups that the channels are split into, each with its own share of the filters",
    "keepdims": "whether the axes that are pooled stay, with size 1",
    "kernel_constraint": "rule that training must keep for the kernel",
    "kernel_initializer": "how the kernel starts",
    "kernel_regularizer": "penalty on the kernel, added to the loss",
    "kernel_size": "how many entries the kernel has on each spatial axis",
    "padding": "`valid` adds nothing at the borders; `same` adds so much that only `strides` change the size",
    "pointwise_constraint": "rule that training must keep for the kernel of the channels",
    "pointwise_initializer": "how the kernel of the channels starts",
    "pointwise_regularizer": "penalty on the kernel of the channels, added to the loss",
    "pool_size": "how many entries the window has on each spatial axis",
    "strides": "how far the window moves at a time on each spatial axis; for poolings, null is `pool_size`",
    "use_bias": "whether a learned number is added to each output channel",
}
